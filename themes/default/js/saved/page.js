/** The page of saved papers: what is to be read, what was read, and the ways out of this browser and into it. */

import { papersInFile } from "./bring.js";
import { Item } from "./item.js";
import { keepOffline, refreshOffline } from "./offline.js";
import { linkOf, papersInLink } from "./packed.js";
import { BASE, LIST } from "./place.js";
import { forEach, sourceOf } from "./source.js";
import { add, CannotKeep, damagedText, drop, forgetCitations, hindrance, keepCitations, keptCitations, savedPapers, update } from "./store.js";
import { takeCitations, takeFile } from "./take.js";
import { counted, filled, wordsIn } from "./words.js";

/** @import {Saved} from "./paper.js" */
/** @import {Format} from "./take.js" */

/** Characters above which some programs cut a link; titles that are named before the others are counted. */
const LONG_LINK = 8000;
const NAMED = 5;

const FILE = "saved-papers";

export class SavedPage {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    this.words = wordsIn(document);
    /** @type {Map<string, Item>} */
    this.items = new Map();
    /** @type {Map<string, Saved>} Papers that were removed here, until the page is left. */
    this.removed = new Map();
    this.byTitle = false;
    /** @type {Saved[]} What a link brings. */
    this.brought = [];
    page.hidden = false;
    this.listen();
    this.show();
    this.warn();
    this.look();
    this.catchUp(savedPapers());
  }

  /** @param {string} name */
  part(name) {
    return /** @type {HTMLElement} */ (this.page.querySelector(`[data-part=${name}]`));
  }

  listen() {
    addEventListener("storage", () => this.show());
    addEventListener("hashchange", () => this.look());
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.page.querySelectorAll("[data-take]"))) {
      button.addEventListener("click", () => this.take(/** @type {Format} */ (button.dataset.take)));
    }
    for (const name of ["by-saved", "by-title"]) this.part(name).addEventListener("click", () => this.sort(name === "by-title"));
    this.part("file").addEventListener("change", () => this.bring());
    this.part("link").addEventListener("click", () => this.link());
    this.part("accept").addEventListener("click", () => this.answer(true));
    this.part("decline").addEventListener("click", () => this.answer(false));
    this.part("persist").addEventListener("click", () => this.persist());
    this.part("rescue").addEventListener("click", () => takeFile(FILE, "json", damagedText()));
  }

  /** The papers as they are shown. */
  get papers() {
    const papers = [...savedPapers().filter(({ id }) => !this.removed.has(id)), ...this.removed.values()];
    const compare = new Intl.Collator(document.documentElement.lang).compare;
    return papers.sort((a, b) => (this.byTitle ? compare(a.title, b.title) : b.saved.localeCompare(a.saved)));
  }

  show() {
    for (const { id } of savedPapers()) this.removed.delete(id); // another tab saved it again
    const papers = this.papers;
    for (const id of this.items.keys()) if (!papers.some((paper) => paper.id === id)) this.items.delete(id);
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    this.list("unread", papers.filter(({ read }) => !read));
    this.list("read", papers.filter(({ read }) => read));
    if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    this.part("empty").hidden = papers.length > 0;
    this.part("sort").hidden = papers.length < 2;
    this.part("takeaways").hidden = this.part("elsewhere").hidden = !savedPapers().length;
  }

  /**
   * @param {string} name
   * @param {Saved[]} papers
   */
  list(name, papers) {
    const section = this.part(name);
    const list = /** @type {HTMLElement} */ (section.querySelector("ol"));
    const items = papers.map((paper) => this.item(paper).whole);
    if (items.length !== list.children.length || items.some((item, i) => item !== list.children[i])) list.replaceChildren(...items);
    section.hidden = !items.length;
    /** @type {HTMLElement} */ (section.querySelector(".count")).textContent = `${papers.filter(({ id }) => !this.removed.has(id)).length}`;
  }

  /** @param {Saved} paper */
  item(paper) {
    const template = /** @type {HTMLTemplateElement} */ (this.part("paper"));
    const item = this.items.get(paper.id) ?? new Item(template, paper, this.words, this);
    this.items.set(paper.id, item);
    item.show(paper, this.removed.has(paper.id));
    return item;
  }

  /**
   * @param {string} id
   * @param {boolean} read
   */
  mark(id, read) {
    this.try(() => update(id, { read }));
  }

  /**
   * @param {string} id
   * @param {string} note
   */
  write(id, note) {
    this.try(() => update(id, { note }));
  }

  /** @param {string} id */
  remove(id) {
    const paper = savedPapers().find((one) => one.id === id);
    if (!paper) return;
    this.removed.set(id, paper);
    if (!this.try(() => drop(id))) this.removed.delete(id);
    this.show();
    this.items.get(id)?.part("undo").focus();
  }

  /** @param {string} id */
  restore(id) {
    const paper = this.removed.get(id);
    if (!paper || !this.try(() => add([paper]))) return;
    this.items.get(id)?.part("mark").focus();
  }

  /** @param {boolean} byTitle */
  sort(byTitle) {
    this.byTitle = byTitle;
    this.part("by-title").ariaPressed = `${byTitle}`;
    this.part("by-saved").ariaPressed = `${!byTitle}`;
    this.show();
  }

  /**
   * Do what the browser may refuse, and tell if it does.
   * @param {() => void} act
   */
  try(act) {
    try {
      act();
      return true;
    } catch (error) {
      if (!(error instanceof CannotKeep)) throw error;
      this.say(this.words[error.message] ?? "");
      return false;
    }
  }

  /** @param {string} text */
  say(text) {
    this.part("said").textContent = text;
  }

  /** Tell what threatens the list: the browser keeps nothing, or what it kept cannot be read. */
  async warn() {
    const hindered = hindrance();
    if (hindered) this.say(this.words[hindered] ?? "");
    this.part("damaged").hidden = !damagedText();
    this.part("persist").hidden = !navigator.storage?.persist || (await navigator.storage.persisted());
  }

  async persist() {
    const granted = await navigator.storage.persist();
    this.part("persist").hidden = granted;
    this.say((granted ? this.words.persisted : this.words.not_persisted) ?? "");
  }

  /** @param {Format} format */
  async take(format) {
    const papers = this.papers.filter(({ id }) => !this.removed.has(id));
    if (format === "json") return takeFile(FILE, "json", `${JSON.stringify({ version: 1, archive: new URL(BASE, location.href).href, papers }, null, 1)}\n`);
    const missing = await takeCitations(papers, format, FILE, (done) => this.say(filled(this.words.taking, { done: `${done}`, all: `${papers.length}` })));
    this.say(missing.length ? `${this.words.no_citation} ${missing.join("; ")}` : "");
  }

  async bring() {
    const field = /** @type {HTMLInputElement} */ (this.part("file"));
    const [file] = field.files ?? [];
    if (!file) return;
    this.say(this.words.reading ?? "");
    const found = await papersInFile(file, () => this.search()).catch(() => undefined);
    field.value = "";
    if (!found) return this.say(this.words.unreadable ?? "");
    const before = savedPapers().length;
    if (!this.try(() => add(found.papers))) return;
    const told = counted(this.words, "added", savedPapers().length - before);
    this.say(found.unknown.length ? `${told} ${this.words.not_here} ${found.unknown.join("; ")}` : told);
    this.catchUp(found.papers);
  }

  /** @returns {Promise<import("./bring.js").Find>} the search of this archive */
  async search() {
    const { module = "" } = /** @type {HTMLElement} */ (document.querySelector("script[data-module]")).dataset;
    return (await import(module)).searchIn(this.page);
  }

  async link() {
    const field = /** @type {HTMLInputElement} */ (this.part("address"));
    const link = await linkOf(savedPapers());
    field.value = link;
    field.hidden = false;
    field.select();
    const copied = await navigator.clipboard?.writeText(link).then(() => true, () => false);
    const told = copied ? this.words.link_copied : this.words.link_here;
    this.say([told, link.length > LONG_LINK && this.words.link_long].filter(Boolean).join(" "));
  }

  /** Look whether the address brings a list; nothing is added without being asked. */
  async look() {
    const papers = await papersInLink(location.hash);
    if (papers && !papers.length) this.say(this.words.link_damaged ?? "");
    this.brought = papers ?? [];
    this.part("offer").hidden = !this.brought.length;
    if (!this.brought.length) return;
    const [titles, more] = [this.brought.slice(0, NAMED), this.brought.length - NAMED];
    this.part("titles").replaceChildren(...titles.map(({ title }) => this.line(title)), ...(more > 0 ? [this.line(counted(this.words, "more", more))] : []));
    this.part("offered").textContent = counted(this.words, "offered", this.brought.length);
  }

  /** @param {string} text */
  line(text) {
    const line = document.createElement("li");
    line.dir = "auto";
    line.textContent = text;
    return line;
  }

  /** @param {boolean} accepted */
  answer(accepted) {
    const before = savedPapers().length;
    if (accepted && !this.try(() => add(this.brought))) return;
    if (accepted) this.say(counted(this.words, "added", savedPapers().length - before));
    this.catchUp(accepted ? this.brought : []);
    history.replaceState(history.state, "", LIST);
    this.part("offer").hidden = true;
  }

  /**
   * Learn what is not known yet of some papers, and keep the pages of all.
   * @param {Saved[]} papers
   */
  async catchUp(papers) {
    await learn(papers.filter(({ id }) => !keptCitations(id).bibtex)).catch(() => {});
    const ids = savedPapers().map(({ id }) => id);
    forgetCitations([...ids, ...this.removed.keys()]);
    await refreshOffline(ids);
  }
}

/**
 * Read what the pages of saved papers say of them.
 * @param {{ id: string }[]} papers
 */
export async function learn(papers) {
  await forEach(papers, async ({ id }) => {
    const source = await sourceOf(id);
    if (!source) return;
    keepCitations(id, source.citations);
    update(id, { about: source.about, ...(source.title ? { title: source.title } : {}) });
  });
}

/**
 * Save a paper, or remove it, and learn what its page says.
 * @param {string} id
 * @param {Saved} paper
 */
export async function save(id, paper) {
  add([paper]);
  await learn([{ id }]).catch(() => {});
  await keepOffline([id]);
}
