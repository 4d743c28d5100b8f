/** What the list says, in the theme's words. They stand on its page; other pages fetch it when they have something to say. */

import { LIST } from "./place.js";
import { pageAt } from "./source.js";

/** @typedef {Record<string, string>} Words */

const language = document.documentElement.lang || "en";

/** @type {Promise<Words> | undefined} */
let fetched;

/** The words; on other pages they are fetched once. */
export function words() {
  if (document.querySelector("[data-part=words]")) return Promise.resolve(wordsIn(document));
  return (fetched ??= pageAt(LIST).then((page) => (page ? wordsIn(page) : {})));
}

/**
 * @param {Document} page
 * @returns {Words}
 */
export function wordsIn(page) {
  const template = /** @type {HTMLTemplateElement | null} */ (page.querySelector("[data-part=words]"));
  return JSON.parse(template?.content.textContent ?? "{}");
}

/**
 * A text with a number in it, in the form for that number.
 * @param {Words} words
 * @param {string} name
 * @param {number} n
 */
export function counted(words, name, n) {
  const form = new Intl.PluralRules(language).select(n) === "one" ? "one" : "other";
  return filled(words[`${name}_${form}`], { n: n.toLocaleString(language) });
}

/**
 * A text with values in place of the names in braces.
 * @param {string | undefined} text
 * @param {Record<string, string>} values
 */
export const filled = (text, values) => (text ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/**
 * The day of a moment; its year is said if it is not this one.
 * @param {Words} words
 * @param {string} moment
 */
export function dayOf(words, moment) {
  const date = new Date(moment);
  const year = date.getFullYear();
  const form = year === new Date().getFullYear() ? words.day : words.day_with_year;
  return filled(form, { day: `${date.getDate()}`, month: words.months?.split("|")[date.getMonth()] ?? "", year: `${year}` });
}
