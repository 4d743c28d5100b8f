/** The search, of which the theme makes one file: the search page starts here, the pop-up of all other pages is made here. */

import { SearchPage } from "./page.js";
import { PopUp } from "./popup.js";

const searchPage = /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"));
if (searchPage) new SearchPage(searchPage);

/** @param {HTMLElement} page what the search page holds: its template, its texts, its index */
export const popUp = (page) => new PopUp(page);
