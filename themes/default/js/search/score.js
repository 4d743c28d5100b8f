/**
 * Finds the papers that match and scores them: BM25 as in lunr, multiplied by the squares of the numbers of query parts in the
 * paper and in its title. So papers with all parts come first even in large archives, where a rare word outweighs three common ones.
 */

/** @import {Found, Statistics, Term, Wanted, Weighted} from "./types" */

const K1 = 1.2;
const B = 0.75;

/** The weight of another word with the stem of the one that was typed. */
const OTHER_WORD = 0.05;

/** The weight of a query part in the title, compared with one anywhere in the paper. */
const IN_TITLE = 3;

/**
 * The papers that match the whole query, and those that have at least half of the words, unordered.
 * @param {Wanted[]} wanted
 * @param {Statistics} statistics
 * @returns {Found}
 */
export function search(wanted, statistics) {
  const asked = wanted.filter(({ sign }) => sign >= 0);
  const required = asked.filter(({ sign }) => sign > 0).length;
  const tally = new Tally(statistics);
  for (const one of wanted) tally.count(one);
  const { met, inTitle, scores } = tally;
  /** @type {Found} */
  const found = { answers: [], near: [], scores };
  for (const paper of asked.length ? met.papers : scores.keys()) {
    if (tally.forbidden.of(paper) || tally.required.of(paper) < required) continue;
    if (met.of(paper) === asked.length) found.answers.push(paper);
    else if (met.of(paper) > required && 2 * (met.of(paper) - required) >= asked.length - required) found.near.push(paper);
    scores[paper] = (scores[paper] ?? 0) * (met.of(paper) ** 2 + IN_TITLE * inTitle.of(paper) ** 2);
    if (wanted.some(({ together }) => together?.has(paper))) scores[paper] *= TOGETHER;
  }
  return found;
}

/** The weight of a paper that has two words of the query in one person's name. */
const TOGETHER = 4;

/** Counts the query parts that each paper has; a part counts once, however often it occurs. */
class Count {
  /** @param {number} documents */
  constructor(documents) {
    this.counts = new Uint16Array(documents);
    this.latest = new Uint16Array(documents);
    /** @type {number[]} */
    this.papers = [];
  }

  /**
   * @param {number} paper
   * @param {number} part from 1
   */
  add(paper, part) {
    if (this.latest[paper] === part) return;
    if (!this.latest[paper]) this.papers.push(paper);
    this.latest[paper] = part;
    this.counts[paper] = this.of(paper) + 1;
  }

  /** @param {number} paper */
  of(paper) {
    return this.counts[paper] ?? 0;
  }
}

/** Collects scores and counts of each paper, one query part after the other. */
class Tally {
  /** @param {Statistics} statistics */
  constructor(statistics) {
    const { documents } = statistics;
    this.statistics = statistics;
    this.scores = new Float64Array(documents);
    this.met = new Count(documents);
    this.required = new Count(documents);
    this.forbidden = new Count(documents);
    this.inTitle = new Count(documents);
    this.parts = 0;
  }

  /** @param {Wanted} wanted */
  count(wanted) {
    this.parts++;
    for (const one of wanted.any ?? [wanted]) this.countOne(one);
  }

  /** @param {Wanted} wanted */
  countOne({ sign, fields, terms, papers, within }) {
    for (const one of terms) {
      for (const field of fields) this.countIn(field, one, sign, within?.field === field ? within.papers : papers);
    }
    if (!terms.length) for (const paper of papers ?? []) this.meet(paper, sign);
  }

  /**
   * @param {number} field
   * @param {Weighted} weighted
   * @param {number} sign
   * @param {Set<number> | undefined} papers the only ones that count
   */
  countIn(field, { term, boost, isTyped }, sign, papers) {
    const { documents, averages, title } = this.statistics;
    const numbers = term.postings[field] ?? [];
    const rarity = idf(term, documents) * boost * (field === title.field ? title.boost : 1);
    for (let i = 0; i < numbers.length; i += 3) {
      const paper = numbers[i] ?? 0;
      if (papers && !papers.has(paper)) continue;
      const inTitle = field === title.field;
      const share = !isTyped || isTyped(paper, inTitle) ? 1 : OTHER_WORD;
      this.scores[paper] = (this.scores[paper] ?? 0) + share * weight(rarity, numbers[i + 1] ?? 0, numbers[i + 2] ?? 0, averages[field] ?? 1);
      if (inTitle && share === 1) this.inTitle.add(paper, this.parts);
      this.meet(paper, sign);
    }
  }

  /**
   * Note that a paper has the current query part.
   * @param {number} paper
   * @param {number} sign
   */
  meet(paper, sign) {
    if (sign < 0) return this.forbidden.add(paper, this.parts);
    this.met.add(paper, this.parts);
    if (sign > 0) this.required.add(paper, this.parts);
  }
}

/**
 * How rare a term is. Like lunr, it counts a paper once for each field that has the term.
 * @param {Term} term
 * @param {number} documents
 */
export function idf({ holders }, documents) {
  return Math.log(1 + Math.abs((documents - holders + 0.5) / (holders + 0.5)));
}

/**
 * The weight of a term in a field of a paper.
 * @param {number} rarity
 * @param {number} frequency
 * @param {number} length terms in the field; 0 if unknown, which counts as average
 * @param {number} average
 */
export function weight(rarity, frequency, length, average) {
  const share = length ? length / average : 1;
  return (rarity * ((K1 + 1) * frequency)) / (K1 * (1 - B + B * share) + frequency);
}
