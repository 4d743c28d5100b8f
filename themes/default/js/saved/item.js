/** One paper of the list: its title, what is known of it, what can be done with it, and the reader's note. */

import { addressOf } from "./place.js";
import { dayOf, filled } from "./words.js";

/** @import {Saved} from "./paper.js" */
/** @import {Words} from "./words.js" */

/**
 * What a reader can do with a paper.
 * @typedef {{ mark: (id: string, read: boolean) => void, write: (id: string, note: string) => void, remove: (id: string) => void, restore: (id: string) => void }} Actions
 */

/** Milliseconds without a key before a note is kept. */
const PAUSE = 300;

export class Item {
  /**
   * @param {HTMLTemplateElement} template
   * @param {Saved} paper
   * @param {Words} words
   * @param {Actions} actions
   */
  constructor(template, paper, words, actions) {
    this.whole = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
    this.id = paper.id;
    this.words = words;
    this.note = /** @type {HTMLTextAreaElement} */ (this.part("note"));
    this.timer = 0;
    this.unwritten = false;
    this.title = paper.title;
    this.isRead = paper.read;
    this.part("mark").addEventListener("click", () => actions.mark(this.id, !this.isRead));
    this.part("remove").addEventListener("click", () => actions.remove(this.id));
    this.part("undo").addEventListener("click", () => actions.restore(this.id));
    this.part("write").addEventListener("click", () => {
      this.note.hidden = false;
      this.fit();
      this.note.focus();
    });
    const write = () => {
      clearTimeout(this.timer);
      if (this.unwritten) actions.write(this.id, this.note.value);
      this.unwritten = false;
    };
    this.note.addEventListener("input", () => {
      this.unwritten = true;
      this.fit();
      clearTimeout(this.timer);
      this.timer = setTimeout(write, PAUSE);
    });
    this.note.addEventListener("blur", write);
    addEventListener("pagehide", write);
  }

  /** @param {string} name */
  part(name) {
    return /** @type {HTMLElement} */ (this.whole.querySelector(`[data-do=${name}]`));
  }

  /**
   * @param {Saved} paper
   * @param {boolean} isRemoved
   */
  show(paper, isRemoved) {
    this.isRead = paper.read;
    const link = /** @type {HTMLAnchorElement} */ (this.part("title"));
    link.href = addressOf(paper.id);
    link.textContent = paper.title;
    this.part("day").textContent = filled(this.words.on, { day: dayOf(this.words, paper.saved) });
    this.part("about").textContent = paper.about;
    this.part("about").hidden = !paper.about;
    this.name("mark", paper.read ? "mark_unread" : "mark_read", paper.title);
    this.name("write", "note", paper.title);
    this.name("remove", "remove", paper.title);
    this.name("undo", "undo", paper.title);
    this.note.ariaLabel = filled(this.words.note_on, { title: paper.title });
    if (!this.unwritten && this.note.value !== paper.note) this.note.value = paper.note;
    this.note.hidden = !this.note.value && document.activeElement !== this.note;
    this.part("removed").textContent = this.words.removed ?? "";
    this.whole.toggleAttribute("data-removed", isRemoved);
    requestAnimationFrame(() => this.fit()); // once it is on the page
  }

  /** Make the field as high as the note. */
  fit() {
    this.part("printed").textContent = this.note.value;
    this.note.style.height = "auto";
    this.note.style.height = `${this.note.scrollHeight}px`;
  }

  /**
   * @param {string} part
   * @param {string} word
   * @param {string} title
   */
  name(part, word, title) {
    const button = this.part(part);
    button.textContent = this.words[word] ?? "";
    button.ariaLabel = `${button.textContent}: ${title}`;
  }
}
