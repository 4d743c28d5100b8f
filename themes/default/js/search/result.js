/** Shows papers in the results, each with the sentence that matches, which comes from its page once the reader sees it. */

import { fragmentOf } from "./fragment.js";
import { knownPage, paperPage } from "./paper_page.js";
import { bestSentence, cut, marked } from "./sentence.js";
import { placeOf } from "./source.js";
import { partOf } from "./texts.js";

/** @import {Answer, Paper} from "./types" */
/** @import {PaperPage} from "./paper_page.js" */

/** Milliseconds without another answer before pages are fetched, so not with every key. */
const PAUSE = 200;

/** How far below the screen a result counts as seen. */
const NEAR = "200px";

export class Results {
  /**
   * @param {HTMLElement} page the content of the search page
   * @param {string} template the name of the template in it
   * @param {number} room how many characters of a sentence may come before the first word that matches
   */
  constructor(page, template, room) {
    this.page = page;
    this.template = /** @type {HTMLTemplateElement} */ (partOf(page, template));
    this.room = room;
    this.timer = 0;
    /** @type {Map<Element, () => void>} */
    this.awaited = new Map();
    this.seen = new IntersectionObserver((entries) => this.onSeen(entries), { rootMargin: NEAR });
  }

  /**
   * Make a result of each paper, instead of the last ones.
   * @param {Paper[]} papers
   * @param {Answer["partsIn"]} partsIn
   */
  of(papers, partsIn) {
    this.seen.disconnect();
    this.awaited.clear();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => [...this.awaited.keys()].forEach((result) => this.seen.observe(result)), PAUSE);
    return papers.map((paper) => this.result(paper, partsIn));
  }

  /**
   * A result; missing fields leave no empty element.
   * @param {Paper} paper
   * @param {Answer["partsIn"]} partsIn
   */
  result(paper, partsIn) {
    const { title, year, date, people, status, tags, snippet } = paper;
    const result = /** @type {HTMLElement} */ (document.importNode(this.template.content, true).firstElementChild);
    const filled = {
      title: marked(title, partsIn),
      year: [year],
      date: [date],
      status: [status],
      people: people ? [isolated(marked(people, partsIn))] : [],
      tags: [tags.slice(0, 3).join(", "), tags.length > 3 ? ` +${tags.length - 3}` : ""],
      snippet: marked(snippet, partsIn),
    };
    for (const [name, content] of Object.entries(filled)) {
      const element = result.querySelector(`[data-fill=${name}]`);
      element?.append(...content);
      if (!element?.textContent) element?.remove();
    }
    const address = placeOf(this.page, paper);
    lead(result, address);
    const complete = (/** @type {PaperPage} */ page) => this.complete(result, paper, partsIn, page);
    const known = knownPage(address);
    if (known) known.then(complete, () => {});
    else this.awaited.set(result, () => paperPage(address).then(complete, () => {}));
    return result;
  }

  /** @param {IntersectionObserverEntry[]} entries */
  onSeen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.seen.unobserve(target);
      this.awaited.get(target)?.();
    }
  }

  /**
   * Show the sentence instead of the beginning of the abstract, which stays if the page cannot be read.
   * @param {HTMLElement} result
   * @param {Paper} paper
   * @param {Answer["partsIn"]} partsIn
   * @param {PaperPage} page
   */
  complete(result, { title, snippet, ...paper }, partsIn, { words, abstract }) {
    const sentence = bestSentence(abstract || snippet, partsIn);
    const shown = marked(cut(sentence, partsIn, this.room), partsIn);
    result.querySelector("[data-fill=snippet]")?.replaceChildren(...shown);
    lead(result, placeOf(this.page, paper) + (fragmentOf(sentence, partsIn, words) || fragmentOf(title, partsIn, words)));
  }
}

/**
 * Names in a script of the other direction, which move nothing beside them.
 * @param {(string | Node)[]} content
 */
function isolated(content) {
  const names = document.createElement("bdi");
  names.append(...content);
  return names;
}

/**
 * Make a result lead to an address: its link, or itself, which a script follows.
 * @param {HTMLElement} result
 * @param {string} address
 */
function lead(result, address) {
  const link = result.querySelector("a");
  if (link) link.href = address;
  else result.dataset.href = address;
}
