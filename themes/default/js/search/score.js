/** Which papers answer a query, with scores: BM25, to the bit as lunr.js 2.3.9 has it over a whole index. */

/** @import {Hit, Statistics, Term, Wanted} from "./types" */

const K1 = 1.2;
const B = 0.75;

/**
 * The papers that answer, in the order in which lunr.js meets them: sums and equal scores depend on it.
 * @param {Wanted[]} clauses
 * @param {Statistics} statistics
 * @returns {Hit[]}
 */
export function hits(clauses, statistics) {
  const { documents, lengths } = statistics;
  const { places, words, required, forbidden } = meet(clauses, statistics);
  const similarity = lengths.map((_, field) => similarities(clauses, field, statistics));
  const scores = new Float64Array(documents);
  for (const place of places) {
    const paper = place % documents;
    add(scores, paper, similarity[(place - paper) / documents]?.[paper] ?? 0);
  }
  const onlyForbids = clauses.every(({ presence }) => presence < 0);
  const requirements = clauses.filter(({ presence }) => presence > 0).length;
  return [...new Set(onlyForbids ? scores.keys() : places.map((place) => place % documents))]
    .filter((paper) => required[paper] === requirements && !forbidden[paper])
    .map((paper) => ({ paper, score: scores[paper] ?? 0, words: words[paper] ?? 0 }));
}

/**
 * Where the clauses occur. A place is a field of a paper, as a number: field × documents + paper.
 * @param {Wanted[]} clauses
 * @param {Statistics} statistics
 */
function meet(clauses, { documents }) {
  /** @type {Set<number>} */
  const places = new Set();
  const words = new Uint8Array(documents);
  const required = new Uint8Array(documents);
  const forbidden = new Uint8Array(documents);
  const latest = new Uint8Array(documents);
  clauses.forEach(({ terms, fields, presence }, i) => {
    for (const { term } of terms) {
      for (const field of fields) {
        eachPosting(term, field, (paper) => {
          if (presence < 0) forbidden[paper] = 1;
          else places.add(field * documents + paper);
          if (presence < 0 || latest[paper] === i + 1) return;
          latest[paper] = i + 1;
          add(words, paper, 1);
          add(required, paper, presence);
        });
      }
    }
  });
  return { places: [...places], words, required, forbidden };
}

/**
 * How similar a field of each paper is to the query: the weights of its terms, over the length of the query's vector.
 * @param {Wanted[]} clauses
 * @param {number} field
 * @param {Statistics} statistics
 */
function similarities(clauses, field, { documents, lengths, boosts }) {
  const vector = queryVector(clauses, field);
  const magnitude = Math.sqrt(vector.reduce((sum, { boost }) => sum + boost * boost, 0));
  const average = (lengths[field] ?? 0) / documents;
  const sums = new Float64Array(documents);
  for (const { term, boost } of vector) {
    const rarity = idf(term, documents);
    eachPosting(term, field, (paper, frequency, length) => {
      const full = (rarity * ((K1 + 1) * frequency)) / (K1 * (1 - B + B * (length / average)) + frequency);
      const weight = Math.round(full * (boosts[field] ?? 1) * 1000) / 1000;
      add(sums, paper, weight * boost);
    });
  }
  return sums.map((sum) => sum / magnitude || 0);
}

/**
 * The terms wanted in a field, in order, each with what it counts in all clauses.
 * @param {Wanted[]} clauses
 * @param {number} field
 */
function queryVector(clauses, field) {
  /** @type {Map<string, {term: Term, boost: number}>} */
  const vector = new Map();
  for (const { terms, fields, presence } of clauses) {
    if (presence < 0 || !fields.includes(field)) continue;
    for (const { term, boost } of terms) {
      vector.set(term.term, { term, boost: boost + (vector.get(term.term)?.boost ?? 0) });
    }
  }
  return [...vector.values()].sort((a, b) => (a.term.term < b.term.term ? -1 : 1));
}

/**
 * How rare a term is. lunr counts a paper once for each field that has the term.
 * @param {Term} term
 * @param {number} documents
 */
function idf({ postings }, documents) {
  const holders = postings.reduce((sum, field) => sum + field.length / 3, 0);
  return Math.log(1 + Math.abs((documents - holders + 0.5) / (holders + 0.5)));
}

/**
 * @param {Term} term
 * @param {number} field
 * @param {(paper: number, frequency: number, length: number) => void} use
 */
function eachPosting({ postings }, field, use) {
  const numbers = postings[field] ?? [];
  for (let i = 0; i < numbers.length; i += 3) use(numbers[i] ?? 0, numbers[i + 1] ?? 0, numbers[i + 2] ?? 0);
}

/**
 * @param {Float64Array | Uint8Array} numbers
 * @param {number} position
 * @param {number} value
 */
function add(numbers, position, value) {
  numbers[position] = (numbers[position] ?? 0) + value;
}
