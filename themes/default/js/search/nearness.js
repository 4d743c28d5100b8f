/** Puts papers first whose titles have words of the query side by side, as they were typed. It looks only at what is fetched in any case. */

import { spots, termOf, words } from "./tokens.js";

/** @import {Paper, Wanted} from "./types" */

/** So many papers are put in order at a time, so that more results never change the order of those that are shown. */
const AT_A_TIME = 10;

/** How much more a paper counts if the title has all words of the query side by side. */
const SIDE_BY_SIDE = 1;

/**
 * @param {string} text the query
 * @param {Paper[]} papers in the order of their scores
 * @param {number} whole how many of them match the whole query; the others stay behind them
 * @param {Wanted[]} wanted
 * @param {{stopWords: Set<string>}} language
 */
export function nearestFirst(text, papers, whole, wanted, language) {
  const asked = wanted.filter(({ sign, papers, any }) => sign >= 0 && !papers && !any).map(({ terms }) => new Set(terms.map(({ term }) => term.term)));
  if (asked.length < 2) return papers;
  const typed = asWords(text);
  const worth = papers.map(({ title, score }) => score * (1 + SIDE_BY_SIDE * (asWords(title).includes(typed) ? 1 : shareOfPairs(asked, title, language))));
  const order = papers.map((_, i) => i).sort((a, b) => group(a, whole) - group(b, whole) || (worth[b] ?? 0) - (worth[a] ?? 0) || a - b);
  return order.flatMap((i) => papers[i] ?? []);
}

/**
 * A text as words with spaces around them.
 * @param {string} text
 */
const asWords = (text) => ` ${words(text).join(" ")} `;

/**
 * Where a paper stays.
 * @param {number} place
 * @param {number} whole
 */
const group = (place, whole) => 2 * Math.floor(place / AT_A_TIME) + (place < whole ? 0 : 1);

/**
 * The share of words, except the last, that stand beside the next one in a title.
 * @param {Set<string>[]} asked the terms of each word
 * @param {string} title
 * @param {{stopWords: Set<string>}} language
 */
function shareOfPairs(asked, title, { stopWords }) {
  const there = words(title).flatMap(spots).map((forms) => forms.map((form) => termOf(form, stopWords)));
  const isAt = (/** @type {number} */ place, /** @type {Set<string>} */ terms) => there[place]?.some((term) => terms.has(term)) ?? false;
  const pairs = asked.slice(1).filter((terms, i) => there.some((_, place) => isAt(place, asked[i] ?? new Set()) && isAt(place + 1, terms)));
  return pairs.length / (asked.length - 1);
}
