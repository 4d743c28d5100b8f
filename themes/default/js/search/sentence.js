/** Finds the sentence of a text that matches a query best, and marks the words that match. */

import { CORE, PIECE } from "./tokens.js";

/** @import {Answer} from "./types" */

/** A sentence ends with a mark and a space, and not before a small letter or after such abbreviations; in Chinese and Japanese with its mark. */
const SENTENCE = /(?:\b(?:al|cf|e\.g|Eqs?|Figs?|i\.e|vs)\.|[^.!?。！？]|[.!?](?!["'”’)\]]*\s+[^\sa-z]))+[.!?。！？]*["'”’)\]]*/gu;

/**
 * The sentence that has most parts of the query, and rather side by side; of equal ones the first.
 * @param {string} text
 * @param {Answer["partsIn"]} partsIn
 */
export function bestSentence(text, partsIn) {
  let [best, most] = ["", -1];
  for (const [sentence] of text.matchAll(SENTENCE)) {
    const worth = worthOf(sentence, partsIn);
    if (worth > most) [best, most] = [sentence.trim(), worth];
  }
  return best;
}

/**
 * @param {string} sentence
 * @param {Answer["partsIn"]} partsIn
 */
function worthOf(sentence, partsIn) {
  const parts = (sentence.match(/\S+/gu) ?? []).map(partsIn);
  const areSideBySide = parts.some((own, i) => own.some((part) => parts[i + 1]?.some((next) => next !== part)));
  return new Set(parts.flat()).size + (areSideBySide ? 0.5 : 0);
}

/**
 * A sentence without its beginning, if the first word that matches comes late.
 * @param {string} sentence
 * @param {Answer["partsIn"]} partsIn
 * @param {number} room how many characters may come before that word; there is room for half as many again
 */
export function cut(sentence, partsIn, room) {
  const words = sentence.split(" ");
  const first = Math.max(0, words.findIndex((word) => partsIn(word).length));
  const from = (/** @type {number} */ start, end = words.length) => words.slice(start, end).join(" ");
  let start = from(0, first).length > room ? first : 0;
  while (start && (from(start - 1, first).length < room / 2 || from(start - 1).length < room * 1.5)) start--;
  return start ? `… ${from(start)}` : sentence;
}

/**
 * A text with `<mark>` around the words that match; around both of two joined by a hyphen that are one word in the query.
 * @param {string} text
 * @param {Answer["partsIn"]} partsIn
 */
export function marked(text, partsIn) {
  return (text.match(/\s+|\S+/gu) ?? []).flatMap((chunk) => {
    const pieces = chunk.match(PIECE) ?? [];
    const isOne = partsIn(chunk).length && !pieces.some((piece) => partsIn(piece).length);
    return (isOne ? [chunk] : pieces).flatMap((piece) => {
      const word = partsIn(piece).length ? piece.match(CORE) : null;
      if (!word) return piece;
      const mark = document.createElement("mark");
      mark.textContent = word[0];
      return [piece.slice(0, word.index), mark, piece.slice((word.index ?? 0) + word[0].length)];
    });
  });
}
