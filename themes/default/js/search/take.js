/** Takes the papers that were found as a file of citations, by a module that is fetched only then. */

import { searchOf } from "./source.js";
import { counted, partOf } from "./texts.js";

/** @import {Answer, Asked} from "./types" */

/** The most papers of a file: the page of each is fetched. */
const MOST_TAKEN = 300;

export class Take {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    this.whole = page.querySelector("[data-part=take]"); // none if the archive lets nothing be saved
    /** @type {Asked} */
    this.asked = { text: "", count: 0 };
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-take]"))) {
      button.addEventListener("click", () => this.take(button.dataset.take ?? ""));
    }
  }

  /**
   * @param {Answer} answer
   * @param {Asked} asked
   */
  show({ total }, asked) {
    if (!this.whole) return;
    this.asked = asked;
    /** @type {HTMLElement} */ (this.whole).hidden = !total;
    const { takeAll = "" } = this.page.dataset;
    partOf(this.page, "take-what").textContent = total > MOST_TAKEN ? counted(this.page.dataset, "takeFirst", MOST_TAKEN) : takeAll;
    this.say("");
  }

  /** @param {string} format */
  async take(format) {
    const { takeReading = "", takeMissing, failed = "" } = this.page.dataset;
    try {
      const { papers, total } = await searchOf(this.page)({ ...this.asked, count: MOST_TAKEN });
      const wanted = papers.slice(0, total).map(({ url, title }) => ({ id: url.split("/")[2], title }));
      const { take } = await import(/** @type {HTMLElement} */ (document.querySelector("script[data-code]")).dataset.code ?? "");
      const tell = (/** @type {number} */ done) => this.say(takeReading.replace("{done}", `${done}`).replace("{all}", `${wanted.length}`));
      const missing = await take(wanted, format, "papers", tell);
      this.say(missing.length ? `${takeMissing} ${missing.join("; ")}` : "");
    } catch {
      this.say(failed);
    }
  }

  /** @param {string} text */
  say(text) {
    partOf(this.page, "take-said").textContent = text;
  }
}
