/** Answers that come in the order of the questions, whatever the network does. */

/** @import {Answer, Asked, Search} from "./types" */

/** Milliseconds after which a reader is told to wait. */
const SLOW = 400;

/**
 * What is done with an answer, with a failure, and while there is neither.
 * @typedef {{ show: (answer: Answer, asked: Asked) => void, fail: () => void, wait: () => void }} Teller
 */

/**
 * Of the queries that come while another is being answered, only the newest is answered.
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
