/** What the browser keeps: the saved papers as one list, and apart from it each one's citations. */

import { LIST } from "./place.js";
import { merged, papersOf } from "./paper.js";

/** @import {Saved} from "./paper.js" */

const KEY = `regesta ${LIST}`;

/** Where a list goes that could not be read; no id of a paper has a slash. */
const DAMAGED = `${KEY} /damaged`;

/** The browser does not keep it: it is "full", or this is "blocked" as in some private windows. */
export class CannotKeep extends Error {}

/** @param {string} key */
function stored(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {string} key
 * @param {string} text
 */
function store(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch (error) {
    throw new CannotKeep(/** @type {Error} */ (error).name === "QuotaExceededError" ? "full" : "blocked");
  }
}

/** @param {string} text */
function read(text) {
  try {
    return papersOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The saved papers. */
export const savedPapers = () => read(stored(KEY)) ?? [];

/** What is stored and cannot be read, as it is; "" if all is well. */
export function damagedText() {
  const text = stored(KEY);
  return text && !read(text) ? text : stored(DAMAGED);
}

/** Whether the browser keeps anything: "", "full" or "blocked". */
export function hindrance() {
  try {
    store(`${KEY} /try`, "1");
    localStorage.removeItem(`${KEY} /try`);
    return "";
  } catch (error) {
    return error instanceof CannotKeep ? error.message : "";
  }
}

/**
 * Change the saved papers, as they are now: another tab may have changed them, too.
 * @param {(papers: Saved[]) => Saved[]} edit
 * @throws {CannotKeep}
 */
export function change(edit) {
  const text = stored(KEY);
  const papers = read(text);
  if (text && !papers) store(DAMAGED, text);
  const written = JSON.stringify({ version: 1, papers: edit(papers ?? []) });
  try {
    store(KEY, written);
  } catch (error) {
    if (!(error instanceof CannotKeep) || error.message !== "full") throw error;
    forgetCitations(); // they can be fetched again
    store(KEY, written);
  }
  dispatchEvent(new Event("storage")); // which the browser itself sends to other tabs only
}

/**
 * Add papers; of one that is saved already, nothing is lost.
 * @param {Saved[]} others
 */
export const add = (others) => change((papers) => merged(papers, others));

/** @param {string} id */
export const drop = (id) => change((papers) => papers.filter((paper) => paper.id !== id));

/**
 * Change one paper, if it is saved.
 * @param {string} id
 * @param {Partial<Saved>} changes
 */
export const update = (id, changes) => change((papers) => papers.map((paper) => (paper.id === id ? { ...paper, ...changes } : paper)));

/**
 * The citations that were kept, by format.
 * @param {string} id
 * @returns {Record<string, string>}
 */
export function keptCitations(id) {
  try {
    return Object.fromEntries(Object.entries(JSON.parse(stored(`${KEY} ${id}`))).filter(([, text]) => typeof text === "string"));
  } catch {
    return {};
  }
}

/**
 * @param {string} id
 * @param {Record<string, string>} citations
 */
export function keepCitations(id, citations) {
  try {
    store(`${KEY} ${id}`, JSON.stringify(citations));
  } catch {
    // they can be fetched again
  }
}

/** @param {string[]} [but] the ids whose citations stay */
export function forgetCitations(but = []) {
  const stay = new Set(but.map((id) => `${KEY} ${id}`));
  try {
    const own = Object.keys(localStorage).filter((key) => key.startsWith(`${KEY} `) && !key.startsWith(`${KEY} /`));
    for (const key of own) if (!stay.has(key)) localStorage.removeItem(key);
  } catch {
    // the browser keeps nothing
  }
}
