/** The query in the address, and in the browser's history what else brings a reader back to where they were. */

/** How many papers are shown at first, and how many more at a time. */
export const AT_ONCE = 10;

/** Milliseconds; browsers refuse an address that changes with every key. */
const DELAY = 300;

/**
 * What is asked, whether to its end, and how much of it is seen: papers, the place on the page (undefined: wherever it is), the facets.
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
 * What an address asks for.
 * @param {string} search
 */
export function askedIn(search) {
  const parameters = new URLSearchParams(search);
  return { text: parameters.get("q") ?? "", byDate: parameters.get("sort") === "date" };
}

/**
 * What the address and its entry in the history say.
 * @returns {View}
 */
export function viewed() {
  const { count = AT_ONCE, top, facets = false, isWhole = true } = history.state ?? {};
  return { ...askedIn(location.search), isWhole, count, top, facets };
}

/** Keeps address and history as the page is. What was only passed while typing leaves no entry in the history. */
export class Address {
  /** @param {() => View} look tells how the page is */
  constructor(look) {
    this.look = look;
    this.timer = 0;
    /** Whether the query is one to come back to, so that the next one gets an entry of its own. */
    this.settled = location.search !== "";
  }

  /** Write soon, when nothing has changed for a while. */
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

  /** The query is one to come back to. */
  settle() {
    this.write();
    this.settled = true;
  }
}
