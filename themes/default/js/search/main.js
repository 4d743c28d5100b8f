/** The search, published as one file: it starts the search page, and makes the pop-up of all other pages. */

import { SearchPage } from "./page.js";
import { PopUp } from "./popup.js";
import { searchOf } from "./source.js";

const searchPage = /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"));
if (searchPage) new SearchPage(searchPage);

/** @param {HTMLElement} page the content of the search page: template, texts, address of the index */
export const popUp = (page) => new PopUp(page);

/** @param {HTMLElement} page an element with the addresses of the index and of the site, as that of the search page */
export const searchIn = (page) => searchOf(page);
