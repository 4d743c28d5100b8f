/** Makes the browser mark a text on the page that a link leads to, if it can. */

/** @import {Answer} from "./types" */

/** The most words that are marked. Of a long text, so many at either end name it. */
const LONGEST = 50;
const ENDS = 4;

/**
 * What to add to the address of a page, so that it opens with a text marked: the longest run of words around one that matches, as the page
 * has it. "" if the page does not have it, as in a formula.
 * https://wicg.github.io/scroll-to-text-fragment/#syntax
 * @param {string} text
 * @param {Answer["partsIn"]} partsIn
 * @param {string} page the words of the page, with a space around each
 */
export function fragmentOf(text, partsIn, page) {
  const words = text.split(" ");
  const has = (/** @type {number} */ start, /** @type {number} */ end) => page.includes(` ${words.slice(start, end).join(" ")} `);
  let start = words.findIndex((word, i) => partsIn(word).length && has(i, i + 1));
  if (start < 0 || !("fragmentDirective" in document)) return "";
  let end = start + 1;
  while (end - start < LONGEST && end < words.length && has(start, end + 1)) end++;
  while (end - start < LONGEST && start > 0 && has(start - 1, end)) start--;
  const run = words.slice(start, end);
  const ends = run.length > 2 * ENDS ? [run.slice(0, ENDS), run.slice(-ENDS)] : [run];
  return `#:~:text=${ends.map(encoded).join(",")}`;
}

/** @param {string[]} words */
const encoded = (words) => encodeURIComponent(words.join(" ")).replaceAll("-", "%2D");
