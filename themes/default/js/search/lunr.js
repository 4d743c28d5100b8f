/** Answers as those of lunr.js 2.3.9 over a whole index. No page loads this: it holds our scores to lunr's in the tests. */

/** @import {Clause, Hit, Ranking, Wanted} from "./types" */
/** @import {Terms} from "./terms.js" */

/** @type {Ranking} */
export const asLunr = { asLunr: true, titleBoost: 1, wants, sort };

/**
 * What lunr.js takes clauses for: a term each or, with a star, all that begin so.
 * @param {Clause[]} clauses
 * @param {Terms} terms
 * @returns {Promise<Wanted[]>}
 */
function wants(clauses, terms) {
  return Promise.all(
    clauses.map(async ({ word, term, end, fields, presence }) => {
      const found = end === "open" ? await terms.beginningWith(word) : [await terms.find(term)];
      const known = found.filter((one) => one !== undefined).sort((a, b) => expansionOrder(a.term, b.term));
      return { fields, presence, terms: known.map((one) => ({ term: one, boost: 1 })) };
    }),
  );
}

/**
 * Compare terms as lunr.js lists those with a common beginning, on which its order of equal scores depends.
 * @param {string} a
 * @param {string} b
 */
function expansionOrder(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const [x = "", y = ""] = [a[i], b[i]];
  if (!x || !y) return x.length - y.length;
  return Number(/\d/.test(x)) - Number(/\d/.test(y)) || (x < y ? 1 : -1);
}

/** @param {Hit[]} hits in the order in which lunr.js meets them */
function sort(hits) {
  return hits.sort((a, b) => b.score - a.score);
}
