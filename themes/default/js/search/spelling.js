/** Corrections of a misspelt word. */

/** @import {Index} from "./index.js" */

const SHORTEST_SPELLED = 5;

/** In words shorter than this, a correction should keep the first letter. */
const LONG = 7;
const MOST_SPELLED = 16;

/**
 * The words of the archive that differ from a word by one letter: added, missing, changed, or two letters swapped.
 * @param {string} word
 * @param {Index} index
 */
export async function spelledLike(word, index) {
  const letters = [...word];
  if (letters.length < SHORTEST_SPELLED) return [];
  const half = (letters.length - 1) >> 1; // a mistake after it leaves the beginning intact, any other the end
  const backwards = letters.slice(half + 1).reverse().join("");
  const [beginning, ending] = await Promise.all([
    index.spelled("words", letters.slice(0, half).join(""), MOST_SPELLED),
    index.spelled("endings", backwards, MOST_SPELLED),
  ]);
  const found = new Set([...beginning, ...ending.map((other) => [...other].reverse().join(""))]);
  const like = [...found].filter((other) => isOneApart(letters, [...other]));
  const likely = like.filter((other) => letters.length >= LONG || other[0] === letters[0]);
  return likely.length ? likely : like;
}

/**
 * @param {string[]} a
 * @param {string[]} b
 */
function isOneApart(a, b) {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return Math.max(x.length, y.length) === 1 || (x.length === 2 && x[0] === y[1] && x[1] === y[0] && y.length === 2);
}
