/** Words of a query that stand in one person's name. An initial means the person with the name beside it: J. Smith is no Alice Smith. */

import { initialTerm } from "./tokens.js";

/** @import {Wanted} from "./types" */
/** @import {Index} from "./index.js" */

/** How many words before a name an initial may stand: the first one, or one that is written in the middle; and a given name. */
const FAR = 4;
const MIDDLE = 2; // O'Brien, typed as two words, is both in one place

/**
 * The parts of a query, after finding which papers have two of them in the name of one author.
 * @param {Wanted[]} wanted
 * @param {Index} index
 * @returns {Promise<Wanted[]>}
 */
export async function inNames(wanted, index) {
  const words = wanted.filter(({ sign, papers, any }) => sign >= 0 && !papers && !any);
  const names = words.filter(({ initial }) => !initial);
  return Promise.all(wanted.map((one) => {
    if (one.initial) return names.length ? ofOnePerson(one, names, index) : one;
    const before = names[names.indexOf(one) - 1];
    return before ? besideName(one, before, index) : one;
  }));
}

/**
 * An initial: among authors it counts only in a name with another word of the query.
 * @param {Wanted} wanted
 * @param {Wanted[]} names
 * @param {Index} index
 * @returns {Promise<Wanted>}
 */
async function ofOnePerson(wanted, names, index) {
  const field = index.fields.indexOf("authors");
  const first = initialTerm(wanted.initial ?? "");
  const letters = [{ term: first, least: 1, most: FAR }, ...wanted.terms.map(({ term: { term } }) => ({ term, least: term.includes("'") ? 0 : 1, most: MIDDLE }))];
  const papers = await index.beside(letters, names.flatMap(termsIn), field);
  const known = await index.term(first);
  return { ...wanted, terms: [...wanted.terms, ...(known ? [{ term: known, boost: 1 }] : [])], within: { field, papers }, together: papers };
}

/**
 * A word that may be part of a name, with the word before it.
 * @param {Wanted} wanted
 * @param {Wanted} before
 * @param {Index} index
 * @returns {Promise<Wanted>}
 */
async function besideName(wanted, before, index) {
  const most = (/** @type {string} */ term) => ({ term, least: 1, most: MIDDLE });
  const together = await index.beside(termsIn(before).map(most), termsIn(wanted), index.fields.indexOf("authors"));
  return together.size ? { ...wanted, together } : wanted;
}

/** @param {Wanted} wanted */
const termsIn = ({ terms }) => terms.map(({ term }) => term.term);
