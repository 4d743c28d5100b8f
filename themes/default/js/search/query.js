/**
 * What a reader typed, as clauses: word, -word, +word, word*, field:word, "words that all must be there".
 * Whatever does not fit is searched as words: no text is an error.
 */

import { term, words } from "./tokens.js";

/** @import {Clause, Language} from "./types" */

/** A longer text says nothing more, and must do no harm. */
const LONGEST_TEXT = 2000;
const MOST_CLAUSES = 32;
const SHORTEST = { open: 2, growing: 3 };

const CHUNK = /[+-]?(?:[a-z]+:)?"[^"]*"?\S*|\S+/giu;
const PARTS = /^([+-]?)(?:([a-z]{3,}):(?=.))?(.*)$/isu;

/**
 * @param {string} text
 * @param {Language} language
 * @returns {Clause[]}
 */
export function parse(text, language) {
  const start = text.slice(0, LONGEST_TEXT);
  const clauses = (start.match(CHUNK) ?? []).flatMap((chunk) => clausesOf(chunk, language));
  const last = clauses.at(-1);
  const growing = !language.asLunr && /[\p{L}\p{N}]$/u.test(start) && last?.word === words(start).at(-1);
  if (last && growing && last.presence >= 0 && last.word.length >= SHORTEST.growing) last.end = "growing";
  return clauses.slice(0, MOST_CLAUSES);
}

/**
 * @param {string} chunk what stands between two blanks, or in quotes
 * @param {Language} language
 * @returns {Clause[]}
 */
function clausesOf(chunk, { fields, stopWords, asLunr }) {
  const [, sign = "", name = "", rest = ""] = chunk.match(PARTS) ?? [];
  const field = name ? fields.findIndex((known) => known.startsWith(name.toLowerCase())) : -1;
  const body = name && field < 0 ? `${name}:${rest}` : rest;
  const demanded = !asLunr && (field >= 0 || body.startsWith('"'));
  const found = words(body).map((word) => /** @type {Clause} */ ({
    word,
    term: term(word, stopWords),
    end: "closed",
    fields: field < 0 ? [...fields.keys()] : [field],
    presence: sign === "-" ? -1 : sign === "+" || demanded ? 1 : 0,
  }));
  const last = found.at(-1);
  if (last && body.endsWith("*") && last.word.length >= SHORTEST.open) last.end = "open";
  return found.filter(({ term, end }) => term || end === "open");
}
