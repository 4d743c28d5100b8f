/** The list of saved papers, published as one file: its page, the buttons of other pages, and citations as files. */

import { fileOfFound } from "./found.js";
import { newPaper } from "./paper.js";
import { refreshOffline } from "./offline.js";
import { save, SavedPage } from "./page.js";
import { drop, CannotKeep, savedPapers } from "./store.js";
import { words } from "./words.js";

/** @import {Saved} from "./paper.js" */

const savedPage = /** @type {HTMLElement | null} */ (document.querySelector("[data-saved-list]"));
if (savedPage) new SavedPage(savedPage);

/** @type {Map<string, Saved>} Papers that were removed on this page: saved again, they have their notes. */
const removedHere = new Map();

/**
 * Save a paper, or remove it if it is saved; what a browser does not allow is told beside the button.
 * @param {HTMLElement} button
 * @param {string} id
 * @param {string} title
 */
export async function toggle(button, id, title) {
  const paper = savedPapers().find((one) => one.id === id);
  try {
    if (!paper) return await save(id, removedHere.get(id) ?? newPaper(id, title));
    removedHere.set(id, paper);
    drop(id);
    if (paper.note) tell(button, (await words()).removed_note);
    await refreshOffline(savedPapers().map((one) => one.id));
  } catch (error) {
    if (!(error instanceof CannotKeep)) throw error;
    tell(button, (await words())[error.message]);
  }
}

/**
 * @param {HTMLElement} button
 * @param {string} [text]
 */
function tell(button, text = "") {
  const line = document.createElement("p");
  line.className = "save-said";
  line.setAttribute("role", "alert");
  line.textContent = text;
  (button.closest(".entry-line") ?? button.closest("ul") ?? button).after(line);
}

/** For the page of the search. */
export const takeFound = fileOfFound;
