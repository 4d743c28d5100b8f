/** Keeps the query in the address, and the reader's place in the browser's history. */

/** The number of papers shown at first, and added each time. */
export const AT_ONCE = 10;

/** Milliseconds; browsers refuse to change the address with every key. */
const DELAY = 300;

/** Where facets are beside the results, as in the style sheet, they are open. */
const BESIDE = "not all and (max-width: 62rem)";

/**
 * The query, whether it is complete, and what is shown: the number of papers, the scroll position (undefined: leave it), the facets.
 * @typedef {{ text: string, byDate: boolean, isWhole: boolean, count: number, top?: number, facets: boolean }} View
 */

/**
 * The address of a query, relative to the search page's.
 * @param {string} text
 * @param {boolean} byDate
 */
export function addressOf(text, byDate) {
  const parameters = new URLSearchParams();
  if (text) parameters.set("q", text);
  if (byDate) parameters.set("sort", "date");
  return `?${parameters}`;
}

/**
 * The query in an address.
 * @param {string} search
 */
export function askedIn(search) {
  const parameters = new URLSearchParams(search);
  return { text: parameters.get("q") ?? "", byDate: parameters.get("sort") === "date" };
}

/**
 * The view that the address and its history entry describe.
 * @returns {View}
 */
export function viewed() {
  const { count = AT_ONCE, top, facets = matchMedia(BESIDE).matches, isWhole = true } = history.state ?? {};
  return { ...askedIn(location.search), isWhole, count, top, facets };
}

/** Keeps address and history in step with the page. Queries that were only passed while typing leave no entry in the history. */
export class Address {
  /** @param {() => View} look returns the current view */
  constructor(look) {
    this.look = look;
    this.timer = 0;
    /** Whether the reader may come back to the query, so that the next one gets its own entry. */
    this.settled = location.search !== "";
  }

  /** Write once nothing has changed for a while. */
  writeSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), DELAY);
  }

  /** Write what has changed. */
  write() {
    clearTimeout(this.timer);
    const { text, byDate, isWhole, count, facets } = this.look();
    const url = new URL(location.href);
    url.search = addressOf(text, byDate);
    const moves = url.search !== new URL(location.href).search;
    history[moves && this.settled ? "pushState" : "replaceState"]({ count, facets, isWhole, top: scrollY }, "", url);
    if (moves) this.settled = false;
  }

  /** Mark the query as one to come back to. */
  settle() {
    this.write();
    this.settled = true;
  }
}
