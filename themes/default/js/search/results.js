/** The list of results, and what is said about it. */

import { CORE, PIECE } from "./tokens.js";

/** @import {Answer, Paper} from "./types" */

/** The parts of the search page that change with the query. */
export class Results {
  /** @param {HTMLElement} page */
  constructor(page) {
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (page.querySelector(`[data-part=${name}]`));
    this.list = part("results");
    this.status = part("status");
    this.more = part("more");
    this.hint = part("hint");
    this.failure = part("failure");
    this.template = /** @type {HTMLTemplateElement} */ (part("result"));
    this.texts = page.dataset;
  }

  /** The titles, which lead to the papers. */
  get links() {
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[data-fill=title]")]);
  }

  /** @param {Answer} answer */
  show({ asked, total, papers, matches }) {
    this.list.replaceChildren(...papers.map((paper) => this.item(paper, matches)));
    this.status.textContent = asked ? this.message(total) : "";
    this.more.hidden = papers.length === total;
    this.hint.hidden = asked && total > 0;
    this.failure.hidden = true;
  }

  /** Say that the index cannot be read, and where else to look. */
  fail() {
    this.list.replaceChildren();
    this.status.textContent = "";
    this.more.hidden = this.hint.hidden = true;
    this.failure.hidden = false;
  }

  /**
   * A result, made from the theme's template.
   * @param {Paper} paper
   * @param {Answer["matches"]} matches
   */
  item({ url, title, year, date, tags, snippet }, matches) {
    const node = /** @type {DocumentFragment} */ (this.template.content.cloneNode(true));
    const fill = (/** @type {string} */ name, /** @type {(string | Node)[]} */ content) => {
      const element = /** @type {HTMLElement} */ (node.querySelector(`[data-fill=${name}]`));
      element.append(...content);
      if (!element.textContent) element.remove();
      return element;
    };
    const base = (this.texts.base ?? "").replace(/\/$/, "");
    fill("title", marked(title, matches)).setAttribute("href", base + url);
    fill("year", [year]);
    fill("facts", [[date, ...tags].filter(Boolean).join(" · ")]);
    fill("snippet", marked(snippet, matches));
    return node;
  }

  /** @param {number} total */
  message(total) {
    const { none, countOne, countOther } = this.texts;
    const language = document.documentElement.lang || "en";
    const many = new Intl.PluralRules(language).select(total) === "one" ? countOne : countOther;
    return (total ? many : none)?.replace("{n}", total.toLocaleString(language)) ?? "";
  }
}

/**
 * A text with `<mark>` around the words that match.
 * @param {string} text
 * @param {Answer["matches"]} matches
 */
function marked(text, matches) {
  return (text.match(PIECE) ?? []).flatMap((piece) => {
    const word = matches(piece) ? piece.match(CORE) : null;
    if (!word) return piece;
    const mark = document.createElement("mark");
    mark.textContent = word[0];
    return [piece.slice(0, word.index), mark, piece.slice((word.index ?? 0) + word[0].length)];
  });
}
