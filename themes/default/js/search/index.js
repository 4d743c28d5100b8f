/** The whole index, whatever its layers: terms, names, places, spellings. */

import { numbersIn } from "./digits.js";
import { Layer } from "./layer.js";
import { compound, termsOf } from "./tokens.js";

/** @import {Beside, LayerManifest, Manifest, Read, Term} from "./types" */

const FORMAT = 4;

export class Index {
  /**
   * @param {Read} read
   * @param {boolean} fresh
   */
  static async open(read, fresh) {
    const manifest = JSON.parse(await read("manifest.json", fresh));
    if (manifest.format !== FORMAT) throw new Error(`search index: unknown format ${manifest.format}`);
    return new Index(manifest, read);
  }

  /**
   * @param {Manifest} manifest
   * @param {Read} read
   */
  constructor(manifest, read) {
    const { fields, layers, stopWords } = manifest;
    this.fields = fields;
    this.stopWords = new Set(stopWords.split(" "));
    this.documents = layers.reduce((sum, { documents }) => sum + documents, 0);
    this.averages = fields.map((_, i) => layers.reduce((sum, { lengths }) => sum + (lengths[i] ?? 0), 0) / this.documents);
    const numbers = numbered(manifest);
    this.layers = layers.map((layer, i) => new Layer(layer, read, numbers[i] ?? []));
    /** @type {Map<string, Term>} */
    this.known = new Map();
    /** @type {Map<string, string[]>} */
    this.read = new Map();
  }

  /**
   * The terms of a text without spaces, and of what it is written as one word. They are kept: the same words are read with every key.
   * @param {string} text
   */
  termsIn(text) {
    const { read, stopWords } = this;
    const found = read.get(text) ?? [...termsOf(`${text} ${text.replace(/[_^]/gu, "")}`, stopWords), compound(text, stopWords)];
    read.set(text, found);
    return found;
  }

  /**
   * @param {string} term
   * @returns {Promise<Term | undefined>} undefined if no paper has it
   */
  async term(term) {
    const lines = await this.each((layer) => layer.terms.find(term));
    return lines.some(Boolean) ? this.joined(term, lines) : undefined;
  }

  /**
   * The terms that start with `beginning`; none if they fill more blocks than `most`.
   * @param {string} beginning
   * @param {number} [most]
   */
  async termsBeginning(beginning, most) {
    const lines = await this.each((layer) => layer.terms.beginningWith(beginning, most));
    const byTerm = lines.map((there) => new Map(there.flatMap((line) => {
      const word = line.slice(0, line.indexOf("\t"));
      return word.includes(" ") ? [] : [[word, line]];
    })));
    const found = new Set(byTerm.flatMap((there) => [...there.keys()]));
    return [...found].map((term) => this.joined(term, byTerm.map((there) => there.get(term))));
  }

  /**
   * @param {string} term
   * @param {(string | undefined)[]} lines the line of each layer
   * @returns {Term}
   */
  joined(term, lines) {
    const known = this.known.get(term);
    if (known) return known;
    const found = this.layers.map((layer, i) => layer.postings(lines[i] ?? ""));
    const postings = this.fields.map((_, field) => found.flatMap((there) => there[field] ?? []));
    const made = { term, postings, holders: postings.reduce((sum, there) => sum + there.length / 3, 0) };
    this.known.set(term, made);
    return made;
  }

  /**
   * The papers and the label of each name that starts with `beginning` (`tag/`), by name.
   * @param {string} beginning
   */
  async names(beginning) {
    /** @type {Map<string, {papers: number[], label: string}>} */
    const found = new Map();
    await this.each(async (layer) => {
      for (const line of await layer.terms.beginningWith(`:${beginning}`)) {
        const [name = "", , label = ""] = line.split("\t");
        const known = found.get(name.slice(1)) ?? { papers: [], label };
        found.set(name.slice(1), { papers: known.papers.concat(layer.named(line).map(([paper]) => paper)), label });
      }
    });
    return found;
  }

  /**
   * The papers that have a word as it is typed, and not only another one with its term, and whether the title has it; undefined if none is
   * known to have it, or all do.
   * @param {string} term
   * @param {string} ending what makes it another word; "=" if nothing does
   * @returns {Promise<((paper: number, inTitle: boolean) => boolean) | undefined>}
   */
  async form(term, ending) {
    /** @type {Map<number, boolean>} */
    const own = new Map();
    /** @type {Map<number, boolean>} */
    const others = new Map();
    await this.each(async (layer) => {
      const lines = await (ending === "=" ? layer.terms.beginningWith(`${term} `) : layer.terms.find(`${term} ${ending}`).then((line) => line ?? []));
      for (const line of [lines].flat()) {
        const there = line.startsWith(`${term} ${ending}\t`) ? own : others;
        for (const [paper, isInTitle] of layer.named(line)) there.set(paper, isInTitle || (there.get(paper) ?? false));
      }
    });
    if (!own.size && !others.size) return undefined;
    const isOnlyOther = (/** @type {number} */ paper) => ending !== "=" || others.has(paper);
    return (paper, inTitle) => (own.has(paper) ? !inTitle || own.get(paper) === true : !isOnlyOther(paper));
  }

  /**
   * The papers that have the terms at the given distances, in one of the fields.
   * @param {{term: string, offset: number}[]} terms
   * @param {number[]} fields
   */
  async side(terms, fields) {
    const found = await this.each(async (layer) => {
      const table = await layer.table("places");
      const lines = await Promise.all(terms.flatMap(({ term }) => [layer.terms.find(term), table.find(term)]));
      return fields.flatMap((field) => {
        const places = terms.map(({ offset }, i) => placesIn(layer.postings(lines[2 * i] ?? "")[field], lines[2 * i + 1], field, offset));
        return [...(places[0] ?? [])].filter(([paper, starts]) =>
          starts.some((start) => places.every((there) => there.get(paper)?.includes(start))),
        );
      });
    });
    return new Set(found.flat().map(([paper]) => paper));
  }

  /**
   * The papers in which one of some terms stands before one of others, not too far from it, or directly behind it.
   * @param {Beside[]} terms
   * @param {string[]} others
   * @param {number} field
   */
  async beside(terms, others, field) {
    const sides = await Promise.all([terms.map(({ term }) => term), others].map((own) => this.holding(own, field)));
    const [here, there] = sides.map((side) => new Set(side.flatMap(([, papers]) => papers)));
    const shared = new Set([...(here ?? [])].filter((paper) => there?.has(paper)));
    const [some = [], rest = []] = sides.map((side) => side.filter(([, papers]) => papers.some((paper) => shared.has(paper))).map(([term]) => term));
    if (!shared.size) return shared;
    const found = await this.each(async (layer) => {
      const [first, second] = await Promise.all([some, rest].map((own) => Promise.all(own.map((term) => placesOf(term, layer, field)))));
      return [...shared].filter((paper) => first?.some((own, i) => own.get(paper)?.some((place) => {
        const { least = 1, most = 1 } = terms.find(({ term }) => term === some[i]) ?? {};
        return second?.some((other) => other.get(paper)?.some((name) => name - place === -1 || (name - place >= least && name - place <= most)));
      })));
    });
    return new Set(found.flat());
  }

  /**
   * The papers that have each term in a field.
   * @param {string[]} terms
   * @param {number} field
   * @returns {Promise<[term: string, papers: number[]][]>}
   */
  async holding(terms, field) {
    const known = await Promise.all(terms.map((term) => this.term(term)));
    return known.map((one, i) => [terms[i] ?? "", (one?.postings[field] ?? []).filter((_, at) => at % 3 === 0)]);
  }

  /**
   * Words as they are written that start with `beginning`; in the table `endings`, words are written backwards.
   * @param {"words" | "endings"} table
   * @param {string} beginning
   * @param {number} [most] blocks
   */
  async spelled(table, beginning, most) {
    const found = await this.each(async (layer) => (await layer.table(table)).beginningWith(beginning, most));
    return found.flat();
  }

  /**
   * What a result shows of a paper.
   * @param {number} paper
   */
  shown(paper) {
    const layer = this.layers.find(({ numbers }) => numbers.includes(paper));
    return layer?.shown(layer.numbers.indexOf(paper));
  }

  /**
   * @template T
   * @param {(layer: Layer) => Promise<T>} ask
   */
  each(ask) {
    return Promise.all(this.layers.map(ask));
  }
}

/**
 * For each layer, the numbers that its papers have in the whole index, by their numbers in the layer.
 * @param {Manifest} manifest
 */
function numbered({ layers, between }) {
  const [base = [], recent = []] = layers.map(ownNumbers);
  /** @type {number[]} */
  const inBase = [];
  /** @type {number[]} */
  const inRecent = [];
  let [next, passed] = [0, 0];
  numbersIn(between).forEach((count, i) => {
    for (const number of base.slice(passed, (passed += count))) inBase[number] = next++;
    inRecent[recent[i] ?? 0] = next++;
  });
  for (const number of base.slice(passed)) inBase[number] = next++;
  return [inBase, inRecent];
}

/**
 * The numbers of the papers of a layer: each run of numbers starts at a multiple of `group`.
 * @param {LayerManifest} manifest
 */
function ownNumbers({ runs, group }) {
  const found = [];
  let next = 0;
  for (const length of numbersIn(runs)) {
    for (const end = next + length; next < end; next++) found.push(next);
    next = Math.ceil(next / group) * group;
  }
  return found;
}

/**
 * The positions of a term in the papers of a layer.
 * @param {string} term
 * @param {Layer} layer
 * @param {number} field
 */
async function placesOf(term, layer, field) {
  const [line, places] = await Promise.all([layer.terms.find(term), layer.table("places").then((table) => table.find(term))]);
  return placesIn(layer.postings(line ?? "")[field], places, field, 0);
}

/**
 * The positions of a term in the papers that have it, minus an offset.
 * @param {number[]} postings
 * @param {string} line
 * @param {number} field
 * @param {number} offset
 * @returns {Map<number, number[]>}
 */
function placesIn(postings = [], line = "", field, offset) {
  const steps = numbersIn(line.split("\t")[field + 1] ?? "");
  const found = new Map();
  let next = 0;
  for (let i = 0; i < postings.length; i += 3) {
    let place = -offset;
    found.set(postings[i], steps.slice(next, (next += postings[i + 1] ?? 1)).map((step) => (place += step)));
  }
  return found;
}
