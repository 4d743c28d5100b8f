/** The counts of the found papers by tag, year and so on; each links to the query with this filter, or without it if it is set. */

import { addressOf } from "./address.js";
import { partOf, written } from "./texts.js";
import { words } from "./tokens.js";

/** @import {Answer, Asked, Facet} from "./types" */

/** How many of a kind are shown at once. */
const FIRST = 6;

/** A part of a query: a word or quoted words, with their prefix. */
const PART = /[+-]?(?:[a-z]+:\s*)?(?:"[^"]*"|\S+)/giu;

/** A filter, as facets write it. */
const FILTER = /^(?:tag|year|collection|has):\S+$/u;

/** What belongs to the part after it. */
const OPEN = /^(?:OR|NOT|[+-]|[+-]?[a-z]+:)$/iu;

export class Facets {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.whole = /** @type {HTMLDetailsElement} */ (partOf(page, "facets"));
    this.failure = partOf(page, "facets-failure");
    this.template = /** @type {HTMLTemplateElement} */ (partOf(page, "facet"));
    this.texts = page.dataset;
    /** @type {[Answer, Asked] | undefined} */
    this.shown = undefined;
  }

  /**
   * Offer an answer's facets; they are counted only if the reader opens them.
   * @param {Answer} answer
   * @param {Asked} asked
   */
  async show(answer, asked) {
    this.shown = [answer, asked];
    this.whole.hidden = !answer.papers.length;
    await this.fill();
  }

  /** Fill in the newest facets if they are visible. */
  async fill() {
    const shown = this.shown;
    if (!shown || !this.whole.open || this.whole.hidden) return;
    const facets = await shown[0].facets().catch(() => undefined);
    if (shown !== this.shown) return;
    this.failure.hidden = Boolean(facets);
    const focused = document.activeElement?.getAttribute("data-facet");
    for (const section of this.whole.querySelectorAll("section")) {
      const wanted = (facets ?? []).filter(({ field }) => field === section.dataset.field);
      this.list(section, wanted.map((facet) => this.item(facet, shown[1])));
    }
    if (!focused) return;
    const links = [...this.whole.querySelectorAll("a")];
    (links.find((link) => link.dataset.facet === focused) ?? this.whole.querySelector("summary"))?.focus();
  }

  /**
   * Each answer has sections of its own, as its results: the last ones do not move to other places.
   * @param {HTMLElement} last
   * @param {HTMLElement[]} items
   */
  list(last, items) {
    const section = /** @type {HTMLElement} */ (last.cloneNode(true));
    const rest = partOf(section, "rest");
    section.hidden = !items.length;
    partOf(section, "first").replaceChildren(...items.slice(0, FIRST));
    partOf(rest, "others").replaceChildren(...items.slice(FIRST));
    partOf(rest, "how-many").textContent = (this.texts.more ?? "").replace("{n}", written(items.length - FIRST));
    rest.hidden = items.length <= FIRST;
    last.replaceWith(section);
  }

  /**
   * @param {Facet} facet
   * @param {Asked} asked
   */
  item({ field, value, label, count }, { text, byDate = false }) {
    const item = /** @type {HTMLElement} */ (document.importNode(this.template.content, true).firstElementChild);
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    const part = `${field}:${value}`;
    const parts = partsOf(text);
    const others = parts.filter((other) => normal(other) !== part);
    const active = others.length < parts.length;
    link.textContent = link.title = label;
    link.dataset.facet = part;
    const chosen = active ? [] : [part];
    const isOpen = OPEN.test(others.at(-1) ?? "");
    link.href = addressOf((isOpen ? [...chosen, ...others] : [...others, ...chosen]).join(" "), byDate);
    if (active) link.setAttribute("aria-current", "true");
    item.querySelector("span")?.append(written(count));
    return item;
  }
}

/**
 * A query with the filters at its end before its words, of which the last may be incomplete.
 * @param {string} text
 */
export function filtersFirst(text) {
  const parts = partsOf(text);
  let words = parts.length;
  while (FILTER.test(parts[words - 1] ?? "")) words--;
  const isFixed = /\s$/u.test(text) || OPEN.test(parts[words - 1] ?? "");
  return isFixed ? text : [...parts.slice(words), ...parts.slice(0, words)].join(" ");
}

/** @param {string} text */
const partsOf = (text) => text.replace(/[“”„«»]/gu, '"').match(PART) ?? [];

/**
 * A filter as facets write it: `Tag: "Slow Rivers"` is `tag:slow-rivers`.
 * @param {string} part
 */
function normal(part) {
  const [, field = "", value = ""] = part.match(/^\+?([a-z]+):(.*)$/isu) ?? [];
  return `${field.toLowerCase()}:${words(value).join("-")}`;
}
