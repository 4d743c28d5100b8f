/**
 * Parses a query into clauses: word, -word, +word, word*, "words side by side", field:word, year:2024..2025, has:code.
 * NOT word is -word; of parts with OR between them, one is enough. Anything that is not valid syntax is searched as words; no query is an
 * error.
 */

import { compound, INITIAL, joinedTerm, spots, termOf, words } from "./tokens.js";
import { asQuery } from "./typed.js";
import { variant } from "./variants.js";

/** @import {Chunk, Clause, Language, Sign, WordClause} from "./types" */

/** Longer queries are cut: more text finds nothing better, and must do no harm. */
const LONGEST_TEXT = 2000;
const MOST_CLAUSES = 32;
const SHORTEST = { open: 2, growing: 3 };

const QUOTES = /[“”„«»]/gu;
const CHUNK = /([+-]|NOT\s+(?=\S))?(?:([A-Za-z]+):\s*(?=\S))?(?:"([^"]*)"|(\S+))/gu;

/** Too common a word, unless written as the initial of a name. */
const INITIAL_WRITTEN = /^[AI]\.,?$/u;

/** A noun and its particles are one word: 언어 finds 언어모델의. */
const HANGUL = /^[\uac00-\ud7a3]{2,}$/u;
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
  const start = asQuery(text.slice(0, LONGEST_TEXT)).replace(QUOTES, '"');
  const parts = groups(start);
  const every = parts.flatMap(([first, ...others], i) => {
    if (!first) return [];
    if (!others.length) return joining(clausesOf(first, false, language), parts, i, language);
    const found = [first, ...others].flatMap((chunk) => clausesOf({ ...chunk, sign: first.sign }, true, language));
    if (!found[0]) return found;
    const { sign } = found[0];
    return [/** @type {Clause} */ ({ kind: "any", sign, clauses: found.map((clause) => ({ ...clause, sign })) })];
  });
  const hasName = every.some((clause) => clause.kind === "word" && clause.sign >= 0 && !clause.initial);
  const clauses = every.filter((clause) => hasName || clause.kind !== "word" || clause.terms.length || clause.end === "open");
  const last = clauses.at(-1);
  if (last?.kind === "word" && isGrowing(start, last)) last.end = "growing";
  if (!clauses.length) return /[-+:"]/u.test(start) ? [] : stopWordsOf(1, start, [language.fields.indexOf("title")], language);
  const keys = clauses.map(keyOf);
  return [...new Map(clauses.map((clause, i) => [keys[i], clause])).values()].slice(0, MOST_CLAUSES);
}

/**
 * The clauses of a part of a query; a word may also be written as one with the word before it or behind it: fine tuning, finetuning.
 * @param {Clause[]} clauses
 * @param {Chunk[][]} parts
 * @param {number} place of the part
 * @param {Language} language
 */
function joining(clauses, parts, place, { stopWords }) {
  const [before = "", own = "", after = ""] = [-1, 0, 1].map((step) => plainWord(parts[place + step]));
  const joined = [joinedTerm(before, own, stopWords), joinedTerm(own, after, stopWords)].filter(Boolean);
  return joined.length ? clauses.map((clause) => (clause.kind === "word" ? { ...clause, terms: [...new Set([...clause.terms, ...joined])] } : clause)) : clauses;
}

/** @param {Chunk[]} [part] */
function plainWord([chunk, ...others] = []) {
  if (!chunk || others.length || chunk.sign || chunk.name || chunk.isQuoted || chunk.value.endsWith("*")) return "";
  const [word = "", ...more] = words(chunk.value);
  return more.length ? "" : word;
}

/**
 * The parts of a query; those with OR between them are in one list.
 * @param {string} text
 * @returns {Chunk[][]}
 */
function groups(text) {
  /** @type {Chunk[][]} */
  const found = [];
  let joins = false;
  for (const [whole, sign, name = "", phrase, word] of text.matchAll(CHUNK)) {
    const isOr = whole === "OR";
    const chunk = { sign: toSign(sign), name: name.toLowerCase(), value: phrase ?? word ?? "", isQuoted: phrase !== undefined };
    if (!isOr && joins && found.length) found.at(-1)?.push(chunk);
    else if (!isOr) found.push([chunk]);
    joins = isOr;
  }
  return found;
}

/**
 * @param {string} [sign]
 * @returns {Sign}
 */
function toSign(sign) {
  if (!sign) return 0;
  return sign === "+" ? 1 : -1;
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
 * @param {Chunk} chunk
 * @param {boolean} isOne whether several words in it are a phrase
 * @param {Language} language
 * @returns {Clause[]}
 */
function clausesOf({ sign, name, value, isQuoted }, isOne, language) {
  const [within, named = ""] = FIELDS.get(name)?.split("/") ?? [];
  const field = language.fields.indexOf(within ?? "");
  const fields = field < 0 ? [...language.fields.keys()] : [field];
  const demanded = sign || (field >= 0 || isQuoted ? 1 : 0);
  const text = name && !FIELDS.has(name) ? `${name} ${value}` : value;
  const inText = isQuoted || isOne || sign < 0 ? phrase(demanded, text, fields, isQuoted, language) : wordClauses(demanded, text, fields, language);
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
function wordClauses(sign, text, fields, { fields: names, stopWords }) {
  const authors = names.indexOf("authors");
  const joined = compound(text, stopWords);
  const own = words(text);
  const isOpen = text.endsWith("*") && (own.at(-1)?.length ?? 0) >= SHORTEST.open;
  const found = own.flatMap((word, i) => {
    const parts = isOpen && i === own.length - 1 ? [[word]] : spots(word);
    const whole = parts.length > 1 ? [word.replaceAll("_", "").replaceAll("^", "")] : [];
    return parts.map((forms) => /** @type {WordClause} */ ({
      kind: "word", sign, fields, word: parts.length > 1 ? (forms[0] ?? "") : word, end: HANGUL.test(word) ? "open" : "closed",
      terms: termsFor([...forms, ...(isOpen ? [] : forms.map(variant)), ...whole], joined, stopWords),
      ...initialOf(word, text, sign, fields.length > 1 || fields[0] === authors, stopWords),
    }));
  });
  const last = found.at(-1);
  if (last && isOpen) last.end = "open";
  return found.filter(({ terms, end, initial }) => terms.length || end === "open" || initial);
}

/**
 * The first letter of the initials that a word may be: J., J.R.R.
 * @param {string} word
 * @param {string} text
 * @param {Sign} sign
 * @param {boolean} isOfPeople whether authors are searched
 * @param {Set<string>} stopWords
 */
function initialOf(word, text, sign, isOfPeople, stopWords) {
  const [, initial] = (sign >= 0 && isOfPeople && word.match(INITIAL)) || [];
  return initial && (!stopWords.has(word) || INITIAL_WRITTEN.test(text)) ? { initial } : {};
}

/**
 * The terms of which one is enough.
 * @param {string[]} forms of a word
 * @param {string} joined
 * @param {Set<string>} stopWords
 */
const termsFor = (forms, joined, stopWords) => [...new Set([...forms.map((form) => termOf(form, stopWords)), joined])].filter(Boolean);

/**
 * A phrase; a single word is a word clause.
 * @param {Sign} sign
 * @param {string} text
 * @param {number[]} fields
 * @param {boolean} isQuoted
 * @param {Language} language
 * @returns {Clause[]}
 */
function phrase(sign, text, fields, isQuoted, language) {
  const every = words(text).flatMap(spots);
  const terms = every.map(([word = ""], offset) => ({ term: termOf(word, language.stopWords), offset })).filter(({ term }) => term);
  if (!terms.length && isQuoted) return stopWordsOf(sign, text, fields, language);
  return terms.length > 1 ? [{ kind: "phrase", sign, terms, fields }] : wordClauses(sign, text, fields, language);
}

/**
 * Words that are too common to be searched, side by side; the index has them in titles and abstracts, with a space before each.
 * @param {Sign} sign
 * @param {string} text
 * @param {number[]} fields
 * @param {Language} language
 * @returns {Clause[]} none if there are other words, or none
 */
function stopWordsOf(sign, text, fields, language) {
  const within = fields.filter((field) => ["title", "abstract"].includes(language.fields[field] ?? ""));
  const every = words(text).flatMap(spots).slice(0, MOST_CLAUSES);
  if (!every.length || !within.length || every.some(([word = ""]) => termOf(word, language.stopWords))) return [];
  return [{ kind: "phrase", sign, terms: every.map(([word = ""], offset) => ({ term: ` ${word}`, offset })), fields: within }];
}
