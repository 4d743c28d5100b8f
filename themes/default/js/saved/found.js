/** Takes the papers that a search found as a file of citations. */

import { takeCitations } from "./take.js";
import { counted, filled, words } from "./words.js";

/** @import {Format} from "./take.js" */

/** The most papers of a file: the page of each is fetched. */
const MOST_TAKEN = 300;

/**
 * @param {HTMLElement} button with the format in its `data-take`; beside it is a place to tell what is done
 * @param {(count: number) => Promise<{ total: number, papers: { url: string, title: string }[] }>} found returns the first papers that were found
 */
export async function fileOfFound(button, found) {
  const status = /** @type {HTMLElement} */ (button.parentElement?.querySelector("[role=status]"));
  const text = await words();
  const { papers, total } = await found(MOST_TAKEN);
  const wanted = papers.slice(0, total).map(({ url, title }) => ({ id: url.split("/")[2] ?? "", title }));
  const tell = (/** @type {number} */ done) => (status.textContent = filled(text.taking, { done: `${done}`, all: `${wanted.length}` }));
  const missing = await takeCitations(wanted, /** @type {Format} */ (button.dataset.take), "papers", tell);
  const cut = total > wanted.length ? counted(text, "cut", wanted.length) : "";
  status.textContent = [cut, missing.length && `${text.no_citation} ${missing.join("; ")}`].filter(Boolean).join(" ");
}
