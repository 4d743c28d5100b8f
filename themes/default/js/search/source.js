/** The addresses of the index and of the papers, as the search page gives them. */

import { searchOver } from "./engine.js";
import { httpRead } from "./transport.js";

/**
 * The search over the index that the search page names.
 * @param {HTMLElement} page
 */
export const searchOf = (page) => searchOver(httpRead((page.dataset.manifest ?? "").replace(/[^/]*$/, "")));

/**
 * The address of a paper, below the site's base path.
 * @param {HTMLElement} page
 * @param {{ url: string }} paper
 */
export const placeOf = (page, { url }) => (page.dataset.base ?? "").replace(/\/$/, "") + url;
