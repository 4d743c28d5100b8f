/** Shows answers in the order of the queries, whatever the network does. */

/** @import {Answer, Asked, Search} from "./types" */

/** Milliseconds before the reader is asked to wait. */
const SLOW = 400;

/**
 * What to do with an answer, after a failure, and while waiting.
 * @typedef {{ show: (answer: Answer, asked: Asked) => void, fail: () => void, wait: () => void }} Teller
 */

/**
 * Queries that arrive while another is being answered are dropped, except the newest.
 * @param {Search} search
 * @param {Teller} teller
 */
export function newestFirst(search, teller) {
  /** @type {Asked | undefined} */
  let newest;
  let busy = false;
  return async (/** @type {Asked} */ asked) => {
    newest = asked;
    if (busy) return;
    busy = true;
    const timer = setTimeout(() => teller.wait(), SLOW);
    for (let current; current !== newest; ) {
      current = newest;
      const answer = await search(current).catch(() => undefined);
      if (current !== newest) continue;
      clearTimeout(timer);
      if (answer) teller.show(answer, current);
      else teller.fail();
    }
    busy = false;
  };
}
