/**
 * The order of results: lunr's score times the square of the number of matched words, so that papers with all of them
 * lead in large archives too. A title counts more, and a last word stands for longer ones: it may be unfinished.
 */

/** @import {Clause, Hit, Ranking, Wanted} from "./types" */
/** @import {Terms} from "./terms.js" */

/** What a term counts that only begins like the word. */
const EXPANSION_BOOST = 0.25;

/** A beginning that fills more blocks says too little to be worth their bytes. */
const MOST_BLOCKS = 6;

/** @type {Ranking} */
export const byMatchedWords = { asLunr: false, titleBoost: 3, wants, sort };

/**
 * @param {Clause[]} clauses
 * @param {Terms} terms
 */
function wants(clauses, terms) {
  return Promise.all(distinct(clauses).map((clause) => wanted(clause, terms)));
}

/**
 * The clauses without repetitions; of two that are equal, the last, which may still be growing.
 * @param {Clause[]} clauses
 */
function distinct(clauses) {
  const keys = clauses.map(({ term, word, fields, presence }) => [term || word, presence, ...fields].join("/"));
  return [...new Map(clauses.map((clause, i) => [keys[i], clause])).values()];
}

/**
 * @param {Clause} clause
 * @param {Terms} terms
 * @returns {Promise<Wanted>}
 */
async function wanted({ word, term, end, fields, presence }, terms) {
  const growing = end === "growing";
  const [exact, longer] = await Promise.all([
    terms.find(term),
    end === "closed" ? [] : terms.beginningWith(word, growing ? MOST_BLOCKS : Infinity),
  ]);
  const shorter = growing && !exact ? await terms.within(word) : []; // "generati": "gener"
  const found = [exact, ...longer.filter((other) => other.term !== term), ...shorter].filter((one) => one !== undefined);
  return { fields, presence, terms: found.map((one) => ({ term: one, boost: one === exact ? 1 : EXPANSION_BOOST })) };
}

/**
 * Best first; among equals the newer paper, which has the higher number.
 * @param {Hit[]} hits
 */
function sort(hits) {
  for (const hit of hits) hit.score *= hit.words ** 2;
  return hits.sort((a, b) => b.score - a.score || b.paper - a.paper);
}
