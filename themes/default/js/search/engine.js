/** From a query to the papers that match it. Knows nothing about the page, or about where the files come from. */

import { best } from "./best.js";
import { facetsOf } from "./counting.js";
import { Index } from "./index.js";
import { nearestFirst } from "./nearness.js";
import { inNames } from "./people.js";
import { parse } from "./query.js";
import { search } from "./score.js";
import { words } from "./tokens.js";
import { Gone, remembered } from "./transport.js";
import { corrected, wanted } from "./wanted.js";

/** @import {Answer, Asked, Clause, Found, Paper, Read, Search, Wanted} from "./types" */

/** The weight of a term in the title. */
const TITLE = 6;

/**
 * A search in the index that `read` fetches; nothing is read before the first query. It rejects if the index cannot be read.
 * @param {Read} read
 * @returns {Search}
 */
export function searchOver(read) {
  /** @type {Promise<Index> | undefined} */
  let index;
  const open = (fresh = false) => {
    index = Index.open(remembered(read), fresh);
    index.catch(() => (index = undefined));
    return index;
  };
  /** @type {<T>(use: (index: Index) => Promise<T>) => Promise<T>} */
  const attempt = async (use) => {
    try {
      return await use(await (index ?? open()));
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      return use(await open(true)); // the site was published again since the manifest was read
    }
  };
  return async (asked) => {
    const found = await attempt((index) => answer(asked, index));
    return { ...found, facets: () => attempt(async (index) => (await answer({ ...asked, count: 0 }, index)).facets()) };
  };
}

/**
 * @param {Asked} asked
 * @param {Index} index
 * @returns {Promise<Answer>}
 */
async function answer({ text, count, byDate = false, isWhole = false }, index) {
  const clauses = parse(isWhole ? `${text} ` : text, index);
  const [known, found] = await find(clauses, index);
  const papers = [...best(found.answers, byDate ? undefined : found.scores, count), ...best(found.near, found.scores, count)].slice(0, count);
  const listed = await Promise.all(papers.map((paper) => shown(paper, found, index)));
  const isTooCommon = !found.answers.length && clauses.every(isOfStopWords);
  const every = known.flatMap((one) => one.any ?? one);
  const parts = byTerm(every);
  return {
    asked: !isTooCommon,
    tooCommon: isTooCommon && words(text).length > 0,
    total: found.answers.length,
    near: found.near.length,
    papers: byDate ? listed : nearestFirst(text, listed, found.answers.length, known, index),
    instead: every.flatMap(({ instead }) => instead ?? []),
    partsIn: (text) => index.termsIn(text).flatMap((term) => parts.get(term) ?? []),
    facets: () => facetsOf(found.answers.length ? found.answers : found.near, index),
  };
}

/**
 * The number of the part of the query that searches for a term. Each word of a phrase is a part.
 * @param {Wanted[]} wanted
 */
function byTerm(wanted) {
  /** @type {Map<string, number>} */
  const parts = new Map();
  let part = 0;
  for (const { sign, terms, papers } of wanted) {
    part++;
    if (sign >= 0) for (const { term } of terms) parts.set(term.term, papers ? part++ : part);
  }
  return parts;
}

/** @param {Clause} clause */
const isOfStopWords = (clause) => clause.kind === "phrase" && (clause.terms[0]?.term.startsWith(" ") ?? false);

/**
 * @param {Clause[]} clauses
 * @param {Index} index
 * @returns {Promise<[Wanted[], Found]>}
 */
async function find(clauses, index) {
  const { documents, averages, fields } = index;
  const statistics = { documents, averages, title: { field: fields.indexOf("title"), boost: TITLE } };
  const known = clauses.length ? await inNames(await wanted(clauses, index), index) : [];
  /** @type {Found} */
  const found = known.length ? search(known, statistics) : { answers: [], near: [], scores: new Float64Array() };
  if (found.answers.length || !known.some(({ doubtful }) => doubtful) || !known.every(mayBeFound)) return [known, found];
  const mended = await Promise.all(known.map((one) => mend(one, index)));
  return [mended, search(mended, statistics)];
}

/**
 * Whether any paper has a part of the query. If none has one part, the others are not the cause that no paper matches.
 * @param {Wanted} wanted
 */
const mayBeFound = ({ sign, terms, papers, any }) => sign < 0 || terms.length > 0 || papers !== undefined || any !== undefined;

/**
 * Add corrections of a word that few papers have, because no paper matches.
 * @param {Wanted} wanted
 * @param {Index} index
 */
async function mend(wanted, index) {
  if (!wanted.doubtful) return wanted;
  const { terms, instead } = await corrected(wanted.doubtful, index);
  return { ...wanted, terms: [...wanted.terms, ...terms], ...(instead ? { instead: { ...instead, isKnown: true } } : {}) };
}

/**
 * @param {number} paper
 * @param {Found} found
 * @param {Index} index
 * @returns {Promise<Paper>}
 */
async function shown(paper, { scores }, index) {
  const [id, title, year, date, people, tags, status, snippet] = await index.shown(paper);
  return { url: `/papers/${id}/`, title, year, date, people, tags, status, snippet, score: scores[paper] ?? 0 };
}
