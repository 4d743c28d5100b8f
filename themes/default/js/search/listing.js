/** Shows an answer on the search page: the papers, their number, and what else a reader may try. */

import { addressOf } from "./address.js";
import { Facets } from "./facets.js";
import { Results } from "./result.js";
import { searchOf } from "./source.js";
import { findings, partOf, politely, replacements } from "./texts.js";

/** @import {Answer, Asked} from "./types" */

export class Listing {
  /** @param {HTMLElement} page */
  constructor(page) {
    const part = (/** @type {string} */ name) => partOf(page, name);
    this.page = page;
    this.found = /** @type {HTMLElement} */ (page.querySelector(".search-found"));
    this.answers = part("results");
    this.near = part("near");
    this.nearby = part("near-results");
    this.more = part("more");
    this.results = new Results(page, "result", 70); // less than a phone has room for
    this.facets = new Facets(page);
    this.say = politely(part("said"));
    /** Called when the answer is shown. */
    this.then = () => {};
  }

  /** The titles, which link to the papers. */
  get links() {
    return /** @type {HTMLElement[]} */ ([...this.page.querySelectorAll("[data-part$=results] [data-fill=title]")]);
  }

  /**
   * @param {Answer} answer
   * @param {Asked} asked
   */
  async show(answer, asked) {
    const { total, near, papers } = answer;
    this.found.style.minHeight = "";
    const items = this.results.of(papers, answer.partsIn);
    this.answers.replaceChildren(...items.slice(0, total));
    this.nearby.replaceChildren(...items.slice(total));
    this.near.hidden = items.length <= total;
    this.more.hidden = items.length >= total + near;
    this.tell(findings(answer, this.page.dataset), replacements(answer, this.page.dataset));
    this.offer({ hint: !papers.length, ways: answer.asked && !papers.length, sort: total + near > 1 });
    this.sorting(asked);
    this.offerFile(total, asked);
    await this.facets.show(answer, asked);
    const { then } = this;
    this.then = () => {};
    then();
  }

  /**
   * Offer all that was found as a file of citations, which another module makes.
   * @param {number} total
   * @param {Asked} asked
   */
  offerFile(total, asked) {
    const take = partOf(this.page, "take");
    if (!take) return; // the archive has no such module: `saved: false`
    const found = (/** @type {number} */ count) => searchOf(this.page)({ ...asked, count });
    take.hidden = !total;
    take.onclick = async ({ target }) => {
      const button = /** @type {HTMLElement} */ (target);
      if (button.dataset.take) (await import(take.dataset.code ?? "")).takeFound(button, found);
    };
  }

  /** Say that the index cannot be read, and where else to look. */
  fail() {
    this.answers.replaceChildren();
    this.nearby.replaceChildren();
    this.near.hidden = this.more.hidden = this.facets.whole.hidden = true;
    this.tell("", "");
    this.offer({ failure: true, ways: true });
  }

  /** Make room for more results at once, so that what is below them does not move when they come. */
  reserve() {
    this.found.style.minHeight = `${this.found.offsetHeight + innerHeight}px`;
    this.more.hidden = true;
  }

  wait() {
    this.tell(this.page.dataset.searching ?? "", "");
  }

  /**
   * @param {string} count
   * @param {string} instead
   */
  tell(count, instead) {
    partOf(this.page, "count").textContent = count;
    partOf(this.page, "instead").textContent = instead;
    this.say([instead, count].filter(Boolean).join(" "));
  }

  /** @param {Record<string, boolean>} parts */
  offer({ hint = false, ways = false, failure = false, sort = false }) {
    for (const [name, wanted] of Object.entries({ hint, ways, failure, sort })) partOf(this.page, name).hidden = !wanted;
  }

  /** @param {Asked} asked */
  sorting({ text, byDate = false }) {
    for (const link of partOf(this.page, "sort").querySelectorAll("a")) {
      const own = link.dataset.sort === "date";
      link.href = addressOf(text, own);
      if (own === byDate) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}
