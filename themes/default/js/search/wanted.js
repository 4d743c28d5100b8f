/** Finds the terms for the clauses of a query: exact terms, longer words for an incomplete one, corrections for a misspelt one. */

import { spelledLike } from "./spelling.js";
import { cutTerms, endingOf, termOf } from "./tokens.js";

/** @import {Clause, NameClause, PhraseClause, Term, Wanted, Weighted, WordClause} from "./types" */
/** @import {Index} from "./index.js" */

/** The weights of longer words and of corrections. */
const LONGER = 0.25;
const LIKE = 0.5;

/** A beginning that fills more blocks is too short to be worth their bytes. */
const MOST_BLOCKS = 4;
const SHORTEST_PART = 3;

/** The most corrections of one word. */
const MOST_INSTEAD = 6;

/** A word may be misspelt if at most `papers` papers have it, plus one for every `share` papers of the archive. */
const RARE = { papers: 2, share: 5000 };

/**
 * @param {Clause[]} clauses
 * @param {Index} index
 * @returns {Promise<Wanted[]>}
 */
export async function wanted(clauses, index) {
  return (await Promise.all(clauses.map((clause) => ofClause(clause, index)))).flat();
}

/**
 * @param {Clause} clause
 * @param {Index} index
 * @returns {Promise<Wanted | Wanted[]>}
 */
async function ofClause(clause, index) {
  if (clause.kind === "any") return { sign: clause.sign, fields: [], terms: [], any: await wanted(clause.clauses, index) };
  if (clause.kind === "word") return { ...(await ofWord(clause, index)), ...(clause.initial ? { initial: clause.initial } : {}) };
  return clause.kind === "phrase" ? ofPhrase(clause, index) : ofName(clause, index);
}

/**
 * A term, and which papers have the word as typed.
 * @param {Term} term
 * @param {WordClause} clause
 * @param {Index} index
 * @returns {Promise<Weighted>}
 */
async function asTyped(term, { sign, word, terms }, index) {
  const isStem = term.term === terms[0] && sign >= 0;
  return { term, boost: 1, isTyped: isStem ? await index.form(term.term, endingOf(word)) : undefined };
}

/**
 * A word, and longer ones if it may be incomplete: the reader is still typing, it has a star, or it is unknown.
 * @param {WordClause} clause
 * @param {Index} index
 * @returns {Promise<Wanted>}
 */
async function ofWord(clause, index) {
  const { sign, fields, word, terms, end } = clause;
  const [exact, longer] = await Promise.all([known(terms, index), end === "closed" ? [] : beginning(clause, index)]);
  const isPart = end === "closed" && sign >= 0 && !exact.length;
  const others = (isPart ? await beginning(clause, index) : longer).filter(({ term }) => !terms.includes(term));
  const found = [...(await Promise.all(exact.map((term) => asTyped(term, clause, index)))), ...others.map((term) => ({ term, boost: LONGER }))];
  if (!found.length) return corrected(clause, index);
  if (isPart) return { sign, fields, terms: found, instead: { word, by: [`${word}…`] } };
  const isRare = found.every(({ term }) => term.holders <= RARE.papers + index.documents / RARE.share);
  return { sign, fields, terms: found, ...(isRare && sign >= 0 ? { doubtful: clause } : {}) };
}

/**
 * The terms of words that start with this one; a term may be shorter: generati, generative, gener.
 * @param {WordClause} clause
 * @param {Index} index
 */
async function beginning({ word, end }, index) {
  if (word.length < SHORTEST_PART && end !== "open") return [];
  const most = end === "open" ? Infinity : MOST_BLOCKS;
  const found = await Promise.all([index.termsBeginning(word, most), known(cutTerms(word), index)]);
  return [...new Set(found.flat())];
}

/**
 * Corrections of a word that no paper has, or so few that it may be misspelt.
 * @param {WordClause} clause
 * @param {Index} index
 * @returns {Promise<Wanted>}
 */
export async function corrected({ sign, fields, word, terms }, index) {
  const like = sign < 0 || /\d/u.test(word) ? [] : await spelledLike(word, index);
  const others = new Map(like.reverse().map((other) => [termOf(other, index.stopWords), other]));
  for (const term of terms) others.delete(term);
  const found = (await known([...others.keys()], index)).filter(({ postings }) => fields.some((field) => postings[field]?.length));
  const best = found.sort((a, b) => b.holders - a.holders).slice(0, MOST_INSTEAD);
  const by = best.map(({ term }) => others.get(term) ?? term);
  return {
    sign, fields,
    terms: best.map((term) => ({ term, boost: LIKE })),
    ...(by.length ? { instead: { word, by } } : {}),
  };
}

/**
 * @param {PhraseClause} clause
 * @param {Index} index
 * @returns {Promise<Wanted>}
 */
async function ofPhrase({ sign, terms, fields }, index) {
  const [found, papers] = await Promise.all([known(terms.map(({ term }) => term), index), index.side(terms, fields)]);
  return { sign, fields, papers, terms: papers.size ? found.map((term) => ({ term, boost: 1 })) : [] };
}

/**
 * @param {NameClause} clause
 * @param {Index} index
 * @returns {Promise<Wanted | Wanted[]>}
 */
async function ofName({ sign, field, from, to, otherwise }, index) {
  const names = await index.names(from === to ? `${field}/${from}` : `${field}/`);
  const meant = [...names].filter(([name]) => name >= `${field}/${from}` && name <= `${field}/${to}`);
  if (!meant.length && otherwise.length) return wanted(otherwise, index);
  return { sign, fields: [], terms: [], papers: new Set(meant.flatMap(([, { papers }]) => papers)) };
}

/**
 * @param {string[]} terms
 * @param {Index} index
 * @returns {Promise<Term[]>}
 */
async function known(terms, index) {
  return (await Promise.all(terms.map((term) => index.term(term)))).filter((term) => term !== undefined);
}
