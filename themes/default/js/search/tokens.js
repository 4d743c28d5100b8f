/** From text to search terms, character by character as generator/regesta/tokens.py does it. */

import { stem } from "./stem.js";

// Marks on letters, variation selectors, and characters that have no width.
const DROPPED = /[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]/gu;

// Letters that normalization leaves whole but a reader may type otherwise, and the shapes of an apostrophe.
/** @type {Record<string, string>} */
const FOLDED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ", "‘": "'", "’": "'", ʼ: "'" };
const FOLDABLE = new RegExp(`[${Object.keys(FOLDED).join("")}]`, "gu");

// Han, kana and emoji are written without spaces: each character is a word.
const ALONE =
  "\\u3005-\\u3007\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{1f000}-\\u{1faff}\\u{20000}-\\u{3ffff}";
const SEPARATORS = "\\x00-\\x20\\x7f-\\xa0\\/\\-\\u2010-\\u2015\\u2028\\u2029\\u2212";

/** A text in pieces: words as they are written, and what stands between them. */
export const PIECE = new RegExp(`[${ALONE}]|[^${ALONE}${SEPARATORS}]+|[${SEPARATORS}]+`, "gu");

// Punctuation and symbols: a word keeps those inside and loses those around it.
const SYMBOLS =
  "\\x00-\\/:-@\\[-\\^`\\{-\\xbf\\xd7\\xf7\\u2000-\\u2bff\\u2e00-\\u2e7f\\u3000-\\u3004\\u3008-\\u303f\\ufe10-\\ufe6f\\uff00-\\uffef\\ufffd";
export const CORE = new RegExp(`[^${SYMBOLS}](?:.*[^${SYMBOLS}])?`, "su");

/**
 * The search terms of a text, in reading order.
 * @param {string} text
 * @param {Set<string>} stopWords
 */
export function terms(text, stopWords) {
  return words(text).map((word) => term(word, stopWords)).filter(Boolean);
}

/**
 * A text folded to lower case without marks, trimmed and split at blanks, dashes and slashes; not yet stemmed.
 * @param {string} text
 */
export function words(text) {
  const letters = text.normalize("NFKD").replace(DROPPED, "").normalize("NFC").toLowerCase();
  const folded = letters.replace(FOLDABLE, (letter) => FOLDED[letter] ?? letter);
  return (folded.match(PIECE) ?? []).map(core).filter(Boolean);
}

/** @param {string} word */
const core = (word) => (word.match(CORE)?.[0] ?? "").replace(/'s$/, "");

/**
 * The term of one of `words`; "" for a stop word.
 * @param {string} word
 * @param {Set<string>} stopWords
 */
export const term = (word, stopWords) => (stopWords.has(word) ? "" : stem(word));
