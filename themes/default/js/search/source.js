/** The addresses of the index and of the papers, as the search page gives them. */

import { searchOver } from "./engine.js";
import { filtersFirst } from "./facets.js";
import { httpRead } from "./transport.js";

/** @import {Asked} from "./types" */

/**
 * The search over the index that the search page names.
 * @param {HTMLElement} page
 */
export function searchOf(page) {
  const search = searchOver(httpRead((page.dataset.manifest ?? "").replace(/[^/]*$/, "")));
  return (/** @type {Asked} */ asked) => search({ ...asked, text: filtersFirst(asked.text) });
}

/**
 * The address of a paper, below the site's base path.
 * @param {HTMLElement} page
 * @param {{ url: string }} paper
 */
export const placeOf = (page, { url }) => (page.dataset.base ?? "").replace(/\/$/, "") + url;
