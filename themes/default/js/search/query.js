/**
 * Parses a query into clauses: word, -word, +word, word*, "words side by side", field:word, year:2024..2025, has:code.
 * Anything that is not valid syntax is searched as words; no query is an error.
 */

import { compound, termOf, words } from "./tokens.js";

/** @import {Clause, Language, Sign, WordClause} from "./types" */

/** Longer queries are cut: more text finds nothing better, and must do no harm. */
const LONGEST_TEXT = 2000;
const MOST_CLAUSES = 32;
const SHORTEST = { open: 2, growing: 3 };

const QUOTES = /[“”„«»]/gu;
const CHUNK = /([+-]?)(?:([a-z]+):\s*(?=\S))?(?:"([^"]*)"|(\S+))/giu;
const YEARS = /^(\d{4})?(?:(\.\.|-|–)(\d{4})?)?$/u;

/** The names before a colon: the field of the index to search, "/", the kind of name. */
const FIELDS = new Map(Object.entries({
  title: "title", abstract: "abstract", author: "authors", authors: "authors", org: "organization", organization: "organization", venue: "venue",
  tag: "tags/tag", tags: "tags/tag", keyword: "tags", keywords: "tags", year: "/year", years: "/year", collection: "/collection",
  collections: "/collection", has: "/has",
}));

/**
 * @param {string} text
 * @param {Language} language
 * @returns {Clause[]}
 */
export function parse(text, language) {
  const start = text.slice(0, LONGEST_TEXT).replace(QUOTES, '"');
  const clauses = [...start.matchAll(CHUNK)].flatMap(([, sign, name = "", phrase, word]) =>
    clausesOf(sign === "-" ? -1 : sign ? 1 : 0, name.toLowerCase(), phrase ?? word ?? "", phrase !== undefined, language),
  );
  const last = clauses.at(-1);
  if (last?.kind === "word" && isGrowing(start, last)) last.end = "growing";
  const keys = clauses.map(keyOf);
  return [...new Map(clauses.map((clause, i) => [keys[i], clause])).values()].slice(0, MOST_CLAUSES);
}

/**
 * The same text for clauses that ask for the same thing.
 * @param {Clause} clause
 */
function keyOf(clause) {
  const isOpen = clause.kind === "word" && clause.end === "open";
  return JSON.stringify(isOpen ? clause : { ...clause, word: "", end: "" });
}

/**
 * @param {string} text
 * @param {WordClause} last
 */
function isGrowing(text, { sign, word, end }) {
  return sign >= 0 && end === "closed" && word.length >= SHORTEST.growing && /[\p{L}\p{N}]$/u.test(text) && words(text).at(-1) === word;
}

/**
 * @param {Sign} sign
 * @param {string} name of a field, as typed
 * @param {string} value
 * @param {boolean} isQuoted
 * @param {Language} language
 * @returns {Clause[]}
 */
function clausesOf(sign, name, value, isQuoted, language) {
  const [within, named = ""] = FIELDS.get(name)?.split("/") ?? [];
  const field = language.fields.indexOf(within ?? "");
  const fields = field < 0 ? [...language.fields.keys()] : [field];
  const demanded = sign || (field >= 0 || isQuoted ? 1 : 0);
  const text = name && !FIELDS.has(name) ? `${name} ${value}` : value;
  const inText = isQuoted || sign < 0 ? phrase(demanded, text, fields, language) : wordClauses(demanded, text, fields, language);
  const key = words(value).join("-");
  const { from, to } = named === "year" ? years(value) : { from: key, to: key };
  if (!named || !to) return inText;
  return [{ kind: "name", sign: sign || 1, field: named, from, to, otherwise: named === "tag" ? inText.slice(0, MOST_CLAUSES) : [] }];
}

/**
 * The first and the last year of `2024`, `2024..2025`, `2024..`, `..2025`; "" for anything else.
 * @param {string} text
 */
function years(text) {
  const [, first = "", range = "", last = ""] = text.match(YEARS) ?? [];
  return first || last ? { from: first, to: last || (range ? "9999" : first) } : { from: "", to: "" };
}

/**
 * A clause for each word except stop words.
 * @param {Sign} sign
 * @param {string} text
 * @param {number[]} fields
 * @param {Language} language
 * @returns {WordClause[]}
 */
function wordClauses(sign, text, fields, { stopWords }) {
  const joined = compound(text, stopWords);
  const found = words(text).map((word) => /** @type {WordClause} */ ({
    kind: "word", sign, fields, word, end: "closed", terms: [termOf(word, stopWords), joined].filter(Boolean),
  }));
  const last = found.at(-1);
  if (last && text.endsWith("*") && last.word.length >= SHORTEST.open) last.end = "open";
  return found.filter(({ terms, end }) => terms.length || end === "open");
}

/**
 * A phrase; a single word is a word clause.
 * @param {Sign} sign
 * @param {string} text
 * @param {number[]} fields
 * @param {Language} language
 * @returns {Clause[]}
 */
function phrase(sign, text, fields, language) {
  const terms = words(text).map((word, offset) => ({ term: termOf(word, language.stopWords), offset })).filter(({ term }) => term);
  return terms.length > 1 ? [{ kind: "phrase", sign, terms, fields }] : wordClauses(sign, text, fields, language);
}
