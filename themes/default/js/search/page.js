/** The search page: results while typing, the query in the address, everything within reach of the keyboard. */

import { Address, askedIn, AT_ONCE, viewed } from "./address.js";
import { Listing } from "./listing.js";
import { newestFirst } from "./newest.js";
import { searchOf } from "./source.js";

/** @import {View} from "./address.js" */

export class SearchPage {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    this.field = /** @type {HTMLInputElement} */ (page.querySelector("input[name=q]"));
    this.listing = new Listing(page);
    this.facets = this.listing.facets.whole;
    this.answer = newestFirst(searchOf(page), this.listing);
    this.view = viewed();
    this.address = new Address(() => ({ ...this.view, facets: this.facets.open }));
    history.scrollRestoration = "manual"; // the position is restored once the results are shown
    this.listen();
    this.restore();
    if (!this.field.value) this.field.focus();
  }

  listen() {
    this.field.addEventListener("input", () => {
      this.ask({ text: this.field.value, isWhole: false, count: AT_ONCE });
      this.address.writeSoon();
    });
    this.field.form?.addEventListener("submit", (event) => this.onSubmit(event));
    this.listing.more.addEventListener("click", () => this.showMore());
    this.facets.addEventListener("toggle", () => {
      this.listing.facets.fill();
      this.address.writeSoon();
    });
    document.addEventListener("click", (event) => this.onClick(event), true);
    document.addEventListener("keydown", (event) => this.onKey(event));
    addEventListener("scroll", () => this.address.writeSoon(), { passive: true });
    addEventListener("popstate", () => this.restore());
  }

  /**
   * @param {Partial<View>} changes to the current view
   * @param {() => void} [then] called once the answer is shown
   */
  ask(changes, then = () => {}) {
    this.view = { ...this.view, ...changes };
    this.listing.then = then;
    const { text, count, byDate, isWhole } = this.view;
    this.answer({ text, count, byDate, isWhole });
  }

  /** Show what the address and the history say. */
  restore() {
    const view = viewed();
    this.field.value = view.text;
    this.facets.open = view.facets;
    this.ask(view, () => view.top === undefined || scrollTo(0, view.top));
  }

  showMore() {
    const shown = this.listing.links.length;
    this.listing.reserve();
    this.ask({ count: this.view.count + AT_ONCE }, () => this.listing.links[shown]?.focus());
  }

  /** @param {SubmitEvent} event */
  onSubmit(event) {
    event.preventDefault();
    this.ask({ isWhole: true });
    this.address.settle();
    import(this.page.dataset.offers ?? "").then(({ remember }) => remember(this.page, this.view.text));
    if (matchMedia("(pointer: coarse)").matches) this.field.blur(); // the keyboard no longer hides the results
  }

  /**
   * Follow links to other queries without leaving the page.
   * @param {MouseEvent} event
   */
  onClick(event) {
    this.address.write(); // before a link is followed
    const link = /** @type {Element} */ (event.target).closest("a");
    const stays = link?.getAttribute("href")?.startsWith("?");
    if (!link || !stays || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.address.settle();
    const asked = askedIn(link.search);
    this.field.value = asked.text;
    this.ask({ ...asked, count: AT_ONCE });
    this.address.settle();
  }

  /**
   * Down and up move through the results; Escape moves back to the field.
   * @param {KeyboardEvent} event
   */
  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const stops = [this.field, ...this.listing.links];
    const position = stops.indexOf(target);
    const places = /** @type {Record<string, number>} */ ({ ArrowDown: position + 1, ArrowUp: position - 1, Escape: 0 });
    const next = position < 0 ? undefined : stops[places[event.key] ?? -1];
    if (!next || next === target) return;
    event.preventDefault();
    next.focus();
    if (next === this.field) this.field.select();
  }
}
