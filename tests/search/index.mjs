/** What the tests of the search share: the index and the cases that tests/search/test_index.py has written. */

import { json, read } from "./reading.mjs";

export { read };

/** Texts with their terms, papers in the order of their numbers, and words that queries are made of. */
export const cases = json("cases.json");

export const manifest = json("search/manifest.json");

/** The index in one file, as the build writes it on demand. */
export const whole = () => json("lunr.json");

export const stopWords = new Set(manifest.stopWords.split(" "));

/** Numbers from 0 to 1 that are the same in every run. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
