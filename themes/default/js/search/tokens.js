/** From text to search terms, in exactly the same way as generator/regesta/search/tokens.py. */

import { stem, uninflected } from "./stem.js";

// Diacritics, variation selectors, and characters without width.
const DROPPED = /[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]/gu;

// Letters that normalization does not split but a reader may type differently, and the forms of the apostrophe.
/** @type {Record<string, string>} */
const FOLDED = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ", "‘": "'", "’": "'", ʼ: "'", "♯": "#", "∆": "δ", "∑": "σ", "∏": "π",
};
const FOLDABLE = new RegExp(`[${Object.keys(FOLDED).join("")}]`, "gu");

// A Greek letter by itself is found by its name, and its name by the letter.
export const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega".split(" ");
const LETTERS = "αβγδεζηθικλμνξοπρστυφχψω";

// Han, kana and emoji are written without spaces: each character is a word.
const ALONE =
  "\\u3005-\\u3007\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{1f000}-\\u{1faff}\\u{20000}-\\u{3ffff}";
const DASHES = "\\-\\u2010-\\u2015\\u2212";
const SEPARATORS = `\\x00-\\x20\\x7f-\\xa0\\/:()\\[\\]\\{\\}${DASHES}\\u2028\\u2029`;

/** The pieces of a text: words as they are written, and the separators between them. */
export const PIECE = new RegExp(`[${ALONE}]|[^${ALONE}${SEPARATORS}]+|[${SEPARATORS}]+`, "gu");

// Punctuation and symbols: a word keeps them inside and loses them at both ends, except ++ and # (C++, C#). ∞, ∀, ∃, ∅, ∇ and ∂ are words.
const SYMBOLS =
  "\\x00-\\/:-@\\[-`\\{-\\xbf\\xd7\\xf7\\u2000-\\u21ff\\u2201\\u2204\\u2206\\u2208-\\u221d\\u221f-\\u2bff\\u2e00-\\u2e7f\\u3000-\\u3004\\u3008-\\u303f\\ufe10-\\ufe6f\\uff00-\\uffef\\ufffd";
export const CORE = new RegExp(`(?=[^${SYMBOLS}])(?:.*[A-Za-z](?:\\+\\+|#)(?=[${SYMBOLS}]*$)|.*[^${SYMBOLS}])`, "su");

// A version of a paper on arXiv, which all have the number: 2506.01234v2.
const VERSION = /^([0-9]{4}\.[0-9]{4,5})v[0-9]+$/;

// A name with a number, which others write apart: Qwen2.5, DeBERTaV3. A v before the number may belong to either.
const NUMBERED = /^([a-z]{2,}?)(v?)([0-9].*)$/s;

// Two words with a hyphen between them that others write as one: pre-training, GPT-4; not 10-12.
const COMPOUND = new RegExp(`^[^${ALONE}${SEPARATORS}]+[\\-\\u2010\\u2011][^${ALONE}${SEPARATORS}]+$`, "u");

/** J., and J.R.R. without spaces. */
export const INITIAL = /^([a-z])(?:\.[a-z])*$/;

/** What others may write as one. */
const LETTERS_ONLY = /^[a-z]{2,}$/;
const ELIDED = /^[dlo]$/; // O'Brien

const AROUND = /^[.,;:()[\]{}'"]+|[.,;:()[\]{}'"]+$/gu;

// Endings that stemming removes; an incomplete word may end within one of these.
const ENDINGS =
  "ational ations ative ators ances ancy ences ency ings ed es ively ivity ivities ization izers izing ized ability ables ibly ally ments ness " +
  "ously ers ions ically ity ies";
const SHORTEST_CUT = 3;

/**
 * The search terms of a text, in reading order.
 * @param {string} text
 * @param {Set<string>} stopWords
 */
export function termsOf(text, stopWords) {
  return words(text).flatMap(spots).flat().map((word) => termOf(word, stopWords)).filter(Boolean);
}

/**
 * The words of a text in lower case without diacritics, split at spaces, dashes, slashes and colons, and trimmed; not stemmed.
 * @param {string} text
 */
export function words(text) {
  return (folded(text).match(PIECE) ?? []).map(core).filter(Boolean);
}

/**
 * The joined term of two words with a hyphen between them; "" for any other text.
 * @param {string} text
 * @param {Set<string>} stopWords
 */
export function compound(text, stopWords) {
  const found = COMPOUND.test(folded(text).replace(AROUND, "")) ? words(text) : [];
  const isOne = found.length === 2 && found.every((word) => termOf(word, stopWords)) && !/^[\d.,]+$/.test(found.join(""));
  return isOne ? termOf(found.join(""), stopWords) : "";
}

/**
 * The term of two words written as one; "" if nobody would write them so.
 * @param {string} before
 * @param {string} after
 * @param {Set<string>} stopWords
 */
export function joinedTerm(before, after, stopWords) {
  if (ELIDED.test(before) && LETTERS_ONLY.test(after)) return termOf(`${before}'${after}`, stopWords);
  return [before, after].every((word) => LETTERS_ONLY.test(word) && !stopWords.has(word)) ? termOf(before + after, stopWords) : "";
}

/**
 * What the index calls the first letter of a name.
 * @param {string} letter
 */
export const initialTerm = (letter) => stem(`${letter}.initial`);

/**
 * What stands at each position of one of `words`: mostly just the word. An identifier is split at `_`, a power at `^`, and a name from its number; there may
 * be two ways to do this.
 * @param {string} word
 * @returns {string[][]}
 */
export function spots(word) {
  return word.split(/[_^]/u).map(core).filter(Boolean).flatMap((part) => {
    const [, name = "", v, number = ""] = part.match(NUMBERED) ?? [];
    if (!name) return [[part]];
    return v ? [[name, name + v], [v + number, number]] : [[name], [number]];
  });
}

/**
 * Stems of the words that start with `beginning`, where the stem is shorter than it: `generati` gives `gener`, from generation; `minin` gives `mine`, from mining.
 * @param {string} beginning
 */
export function cutTerms(beginning) {
  const found = ENDINGS.split(" ").flatMap((ending) => [...ending].map((_, i) => stem(beginning + ending.slice(i))));
  return [...new Set(found)].filter((term) => term.length >= SHORTEST_CUT && beginning.startsWith(term.replace(/e$/, "")));
}

/** Of new, mean, good, arm. */
const NO_PLURALS = ["news", "means", "goods", "arms"];

/**
 * What makes a word another one than others with its term: general, generic. That is its end without inflection; "=" if the term has no less
 * than the word.
 * @param {string} word
 */
export function endingOf(word) {
  const term = stem(word);
  if ([...word].length < 3) return "=";
  const light = NO_PLURALS.includes(word) ? word : uninflected(word);
  let shared = 0;
  while (shared < term.length && term[shared] === light[shared]) shared++;
  const isAdverb = light.endsWith("ly") && light.length > shared + 1;
  const ending = isAdverb ? light.slice(shared, -2) : light.slice(shared).replace(/[iy]$/, "");
  return ["", "e", term.at(-1)].includes(ending) ? "=" : ending; // modelling: British spelling doubles the l
}

/** @param {string} text */
function folded(text) {
  const letters = text.normalize("NFKD").replace(DROPPED, "").normalize("NFC").toLowerCase();
  return letters.replace(FOLDABLE, (letter) => FOLDED[letter] ?? letter);
}

/** @param {string} word */
function core(word) {
  const found = (word.match(CORE)?.[0] ?? "").replace(/'s$/, "").replace(VERSION, "$1");
  return GREEK[found.length === 1 ? LETTERS.indexOf(found) : -1] ?? found;
}

/**
 * The term of one of `words`; "" for a stop word.
 * @param {string} word
 * @param {Set<string>} stopWords
 */
export const termOf = (word, stopWords) => (stopWords.has(word) ? "" : stem(word));
