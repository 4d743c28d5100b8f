/** What is said about an answer, in the theme's words, which stand in the attributes of the search page. */

/** @import {Answer} from "./types" */

/** Milliseconds without a change after which a screen reader is told: not with every key. */
const QUIET = 600;

const language = document.documentElement.lang || "en";

/** @param {number} n */
export const written = (n) => n.toLocaleString(language);

/**
 * The part of a page or a pop-up that changes with the query.
 * @param {ParentNode} whole
 * @param {string} name
 */
export const partOf = (whole, name) => /** @type {HTMLElement} */ (whole.querySelector(`[data-part=${name}]`));

/**
 * How many papers were found, or why none.
 * @param {Answer} answer
 * @param {DOMStringMap} texts
 */
export function findings({ asked, tooCommon, total, near }, texts) {
  if (tooCommon) return texts.tooCommon ?? "";
  if (!asked) return "";
  if (!total && !near) return texts.none ?? "";
  const found = total ? counted(texts, "found", total) : texts.noneWhole;
  return near ? `${found}; ${counted(texts, "near", near)}` : (found ?? "");
}

/**
 * Which words were searched for others that no paper has.
 * @param {Answer} answer
 * @param {DOMStringMap} texts
 */
export function replacements({ instead }, texts) {
  const list = new Intl.ListFormat(language, { type: "disjunction" });
  const tell = (/** @type {Answer["instead"][number]} */ { word, by }) =>
    texts.instead?.replace("{word}", () => word).replace("{by}", () => list.format(by)) ?? "";
  return instead.map(tell).join(" ");
}

/**
 * A text in the form for a number, which takes the place of its `{n}`.
 * @param {DOMStringMap} texts
 * @param {string} name
 * @param {number} n
 */
export function counted(texts, name, n) {
  const form = new Intl.PluralRules(language).select(n) === "one" ? "One" : "Other";
  return (texts[name + form] ?? "").replace("{n}", written(n));
}

/**
 * A way to tell a screen reader what has changed, once it stays so.
 * @param {HTMLElement} status
 */
export function politely(status) {
  let timer = 0;
  return (/** @type {string} */ text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = text), QUIET);
  };
}
