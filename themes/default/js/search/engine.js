/** From a query to the papers that answer it. Knows nothing of the page, nor of where the files come from. */

import { parse } from "./query.js";
import { expansionOrder, plain, ranked } from "./score.js";
import { Terms } from "./terms.js";
import { terms as termsOf } from "./tokens.js";
import { Gone, remembered } from "./transport.js";

/** @import {Answer, Clause, Hit, Manifest, Options, Paper, Read, Search, Wanted} from "./types" */

const FORMAT = 1;
const TITLE_BOOST = 3;

/** What a term counts that only begins like the word that is being typed. */
const EXPANSION_BOOST = 0.25;

/** A beginning that more blocks hold says too little to be worth their bytes. */
const MOST_BLOCKS = 6;

/**
 * A search in the index that `read` reads, from the first query on. An answer rejects if the index cannot be read.
 * @param {Read} read
 * @returns {Search}
 */
export function searchOver(read) {
  /** @type {Promise<Index> | undefined} */
  let index;
  const open = (fresh = false) => {
    index = Index.open(read, fresh);
    index.catch(() => (index = undefined));
    return index;
  };
  return async (text, options = {}) => {
    try {
      return await (await (index ?? open())).answer(text, options);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      return (await open(true)).answer(text, options); // the site was published anew since the manifest was read
    }
  };
}

class Index {
  /**
   * @param {Read} read
   * @param {boolean} fresh
   */
  static async open(read, fresh) {
    const manifest = JSON.parse(await read("manifest.json", fresh));
    if (manifest.format !== FORMAT) throw new Error(`search index: unknown format ${manifest.format}`);
    return new Index(manifest, remembered(read));
  }

  /**
   * @param {Manifest} manifest
   * @param {Read} read
   */
  constructor(manifest, read) {
    this.manifest = manifest;
    this.read = read;
    this.terms = new Terms(manifest, read);
    this.stopWords = new Set(manifest.stopWords);
  }

  /**
   * @param {string} text
   * @param {Options} options
   * @returns {Promise<Answer>}
   */
  async answer(text, { count = 10, asLunr = false }) {
    const { fields } = this.manifest;
    const clauses = parse(text, { fields, stopWords: this.stopWords, asLunr });
    const wanted = await Promise.all(
      asLunr ? clauses.map((clause) => this.lunrWants(clause)) : distinct(clauses).map((clause) => this.wants(clause)),
    );
    const boosts = fields.map((field) => (field === "title" && !asLunr ? TITLE_BOOST : 1));
    const found = clauses.length ? (asLunr ? plain : ranked)(wanted, { ...this.manifest, boosts }) : [];
    const searched = new Set(wanted.flatMap(({ terms, presence }) => (presence < 0 ? [] : terms.map(({ term }) => term.term))));
    return {
      asked: clauses.length > 0,
      total: found.length,
      papers: await Promise.all(found.slice(0, count).map((hit) => this.paper(hit))),
      matches: (part) => termsOf(part, this.stopWords).some((term) => searched.has(term)),
    };
  }

  /**
   * What the index has for a clause: its term, and of less weight, those that begin like its word.
   * @param {Clause} clause
   * @returns {Promise<Wanted>}
   */
  async wants({ word, term, end, fields, presence }) {
    const [exact, longer] = await Promise.all([
      this.terms.find(term),
      end === "closed" ? [] : this.terms.beginningWith(word, end === "growing" ? MOST_BLOCKS : Infinity),
    ]);
    const shorter = end === "growing" && !exact ? await this.terms.longestWithin(word) : undefined; // "generati": "gener"
    const others = [...longer, ...(shorter ? [shorter] : [])].filter((other) => other.term !== term);
    const expansions = others.map((other) => ({ term: other, boost: EXPANSION_BOOST }));
    return { fields, presence, terms: exact ? [{ term: exact, boost: 1 }, ...expansions] : expansions };
  }

  /**
   * What lunr.js takes a clause for: its term or, with a star, all that begin so.
   * @param {Clause} clause
   * @returns {Promise<Wanted>}
   */
  async lunrWants({ word, term, end, fields, presence }) {
    const found = end === "open" ? await this.terms.beginningWith(word) : [await this.terms.find(term)];
    const known = found.filter((one) => one !== undefined).sort((a, b) => expansionOrder(a.term, b.term));
    return { fields, presence, terms: known.map((one) => ({ term: one, boost: 1 })) };
  }

  /**
   * @param {Hit} hit
   * @returns {Promise<Paper>}
   */
  async paper({ paper, score }) {
    const { shards, shardSize } = this.manifest;
    const place = paper % shardSize;
    const shard = JSON.parse(await this.read(`${shards[(paper - place) / shardSize]}.json`));
    const [url, title, year, date, tags, snippet] = shard[place];
    return { url, title, year, date, tags, snippet, score };
  }
}

/**
 * The clauses without repetitions; of two that are equal, the last, which may still be growing.
 * @param {Clause[]} clauses
 */
function distinct(clauses) {
  return [...new Map(clauses.map((clause) => [[clause.term, clause.presence, ...clause.fields].join("/"), clause])).values()];
}
