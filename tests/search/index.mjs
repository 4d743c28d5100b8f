/** What the tests of the search share: the index and the cases that tests/search/test_index.py has written. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Gone } from "../../themes/default/js/search/transport.js";

const folder = process.env.REGESTA_SEARCH ?? "";

/** Texts with their terms, papers in the order of their numbers, and words that queries are made of. */
export const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));

export const manifest = JSON.parse(readFileSync(join(folder, "search/manifest.json"), "utf8"));

/** The index in one file, as the build writes it on demand. */
export const whole = () => JSON.parse(readFileSync(join(folder, "lunr.json"), "utf8"));

export const stopWords = new Set(manifest.stopWords.split(" "));

/** Read the index from its folder, as a page reads it over the network. */
export async function read(name) {
  try {
    return readFileSync(join(folder, "search", name), "utf8");
  } catch {
    throw new Gone(name);
  }
}

/** Numbers from 0 to 1 that are the same in every run. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
