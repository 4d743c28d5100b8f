/** The search page: results while typing, the query in the address, everything within reach of the keyboard. */

import { searchOver } from "./engine.js";
import { Results } from "./results.js";
import { httpRead } from "./transport.js";

/** @import {Search} from "./types" */

const AT_ONCE = 10;

/** Milliseconds; browsers refuse an address that changes with every key. */
const ADDRESS_DELAY = 300;

/** @param {HTMLElement} page */
function start(page) {
  const field = /** @type {HTMLInputElement} */ (page.querySelector("input[name=q]"));
  const results = new Results(page);
  const answer = newestFirst(searchOver(httpRead((page.dataset.manifest ?? "").replace(/[^/]*$/, ""))), results);
  const ask = (count = AT_ONCE) => answer(field.value, count);
  const restore = () => {
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    ask();
  };
  field.addEventListener("input", () => ask());
  results.more.addEventListener("click", async () => {
    const shown = results.links.length;
    await ask(shown + AT_ONCE);
    results.links[shown]?.focus();
  });
  keepAddress(field);
  addKeys(field, results);
  addEventListener("popstate", restore);
  restore();
  if (!field.value) field.focus();
}

/**
 * Of the queries that come while another is being answered, only the newest is answered.
 * @param {Search} search
 * @param {Results} results
 */
function newestFirst(search, results) {
  /** @type {{text: string, count: number} | undefined} */
  let newest;
  let busy = false;
  return async (/** @type {string} */ text, /** @type {number} */ count) => {
    newest = { text, count };
    if (busy) return;
    busy = true;
    for (let current; current !== newest; ) {
      current = newest;
      const answer = await search(current.text, current.count).catch(() => undefined);
      if (current !== newest) continue;
      if (answer) results.show(answer);
      else results.fail();
    }
    busy = false;
  };
}

/**
 * Keep the query in the address. A submitted query stays in the history; what was only passed while typing does not.
 * @param {HTMLInputElement} field
 */
function keepAddress(field) {
  let submitted = false;
  let timer = 0;
  const write = () => {
    clearTimeout(timer);
    const url = new URL(location.href);
    url.search = field.value && `?${new URLSearchParams({ q: field.value })}`;
    if (url.href === location.href) return;
    history[submitted ? "pushState" : "replaceState"](null, "", url);
    submitted = false;
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(write, ADDRESS_DELAY);
  });
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    write();
    submitted = true;
  });
  document.addEventListener("click", write, true); // before a link is followed
}

/**
 * Down and up walk through the results; Escape and a slash lead back to the field.
 * @param {HTMLInputElement} field
 * @param {Results} results
 */
function addKeys(field, results) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const stops = [field, ...results.links];
    const position = stops.indexOf(target);
    /** @type {HTMLElement | undefined} */
    let next;
    if (event.key === "/" && !target.closest("input, textarea, select, [contenteditable]")) next = field;
    else if (event.key === "Escape" && position > 0) next = field;
    else if (event.key === "ArrowDown" && position >= 0) next = stops[position + 1];
    else if (event.key === "ArrowUp" && position > 0) next = stops[position - 1];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next === field) field.select();
  });
}

const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"));
if (page) start(page);
