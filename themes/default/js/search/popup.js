/** The search as a dialog on any page: a combobox with options that link to papers. */

import { newestFirst } from "./newest.js";
import { Results } from "./result.js";
import { searchOf } from "./source.js";
import { findings, partOf, politely, replacements } from "./texts.js";

/** @import {Answer} from "./types" */

const MOST = 8;

export class PopUp {
  /** @param {HTMLElement} page the content of the search page */
  constructor(page) {
    const { content } = /** @type {HTMLTemplateElement} */ (partOf(page, "popup"));
    this.page = page;
    this.dialog = /** @type {HTMLDialogElement} */ (document.importNode(content, true).firstElementChild);
    this.field = /** @type {HTMLInputElement} */ (this.dialog.querySelector("input"));
    this.list = partOf(this.dialog, "options");
    this.results = new Results(page, "option", 20); // an option has one line of it
    this.all = /** @type {HTMLAnchorElement} */ (partOf(this.dialog, "all"));
    this.say = politely(partOf(this.dialog, "said"));
    /** @type {(typed: string) => HTMLElement[]} */
    this.offers = () => [];
    /** @type {(page: HTMLElement, query: string) => void} */
    this.remember = () => {};
    this.listen(newestFirst(searchOf(page), this));
    document.body.append(this.dialog);
    this.prepare();
  }

  /** Fetch what it offers besides papers; without it, it finds papers all the same. */
  async prepare() {
    const { offers, remember } = await import(this.page.dataset.offers ?? "");
    const start = () => this.field.value || this.fill([], []);
    this.offers = offers(this.page, this.dialog, start);
    this.remember = remember;
    start();
  }

  /**
   * Open it, or focus its field if it is open. When it closes, the browser returns the focus to where it was.
   * @param {string} typed what the reader typed while it was fetched
   */
  open(typed) {
    if (!this.dialog.open) this.dialog.showModal();
    this.field.focus();
    this.field.select();
    if (!typed) return;
    this.field.value = typed;
    this.field.dispatchEvent(new Event("input"));
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([...this.list.children]);
  }

  /** The position of the chosen option; -1 if there is none. */
  get chosen() {
    return this.options.findIndex((option) => option.ariaSelected === "true");
  }

  /** @param {ReturnType<typeof newestFirst>} answer */
  listen(answer) {
    this.field.addEventListener("input", () => answer({ text: this.field.value, count: MOST }));
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.dialog.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      const option = /** @type {HTMLElement | null} */ (target.closest("[role=option]"));
      if (option) this.follow(option, event);
      else if (target === this.all) this.keep(this.field.value);
      else if (target === this.dialog || target === partOf(this.dialog, "close")) this.dialog.close();
    });
    this.dialog.addEventListener("submit", () => this.keep(this.field.value));
    this.dialog.addEventListener("close", () => this.keep(undefined));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing || event.altKey || event.shiftKey) return;
    const { chosen, options } = this;
    if (event.key === "Enter" && chosen >= 0) this.follow(/** @type {HTMLElement} */ (options[chosen]), event);
    const last = options.length - 1;
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: chosen < last ? chosen + 1 : -1, ArrowUp: chosen < 0 ? last : chosen - 1 };
    if (chosen >= 0) Object.assign(steps, { Home: 0, End: last }); // without a choice these keys belong to the field
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.choose(next);
  }

  /** @param {number} place the position of an option; -1 for none */
  choose(place) {
    this.options.forEach((option, i) => (option.ariaSelected = String(i === place)));
    const option = this.options[place];
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    (option ?? this.options[0])?.scrollIntoView({ block: "nearest" });
  }

  /**
   * Follow an option, or open it in a second tab, as browsers do with links.
   * @param {HTMLElement} option
   * @param {MouseEvent | KeyboardEvent} event
   */
  follow({ dataset: { href = "" } }, event) {
    event.preventDefault();
    const isElsewhere = event.ctrlKey || event.metaKey;
    if (isElsewhere) open(href, "_blank", "noopener");
    else if (href.startsWith(`${location.pathname}#`)) this.dialog.close(); // the browser stays on the page
    else this.keep(this.field.value);
    if (!isElsewhere) location.assign(href);
  }

  /**
   * Note what it shows when the reader comes back to the page: `shortcut.js` opens it then.
   * @param {string | undefined} words undefined if it is closed
   */
  keep(words) {
    this.remember(this.page, words ?? "");
    history.replaceState({ ...history.state, words: words || undefined }, "");
  }

  /** @param {Answer} answer papers that match only a part are shown only if there are no others */
  show(answer) {
    const options = this.results.of(answer.papers.slice(0, answer.total || MOST), answer.partsIn);
    const texts = this.page.dataset;
    this.fill(options, [replacements(answer, texts), findings(answer, texts)]);
  }

  fail() {
    this.fill([], [this.page.dataset.failed ?? ""]);
  }

  wait() {
    partOf(this.dialog, "count").textContent = this.page.dataset.searching ?? "";
  }

  /**
   * @param {HTMLElement[]} papers
   * @param {string[]} told
   */
  fill(papers, told) {
    const text = told.filter(Boolean).join(" ");
    const options = [...this.offers(this.field.value), ...papers];
    options.forEach((option, i) => (option.id = `${this.list.id}-${i}`));
    this.list.replaceChildren(...options);
    this.list.hidden = !options.length;
    this.all.hidden = !this.field.value;
    this.all.search = `?${new URLSearchParams({ q: this.field.value })}`;
    this.field.ariaExpanded = String(options.length > 0);
    partOf(this.dialog, "count").textContent = text;
    this.say(text);
    this.choose(-1);
  }
}
