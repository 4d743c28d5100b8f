/** Texts about an answer, in the theme's words, which are in the attributes of the search page. */

/** @import {Answer} from "./types" */

/** Milliseconds without a change before a screen reader announces it, so not with every key. */
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
 * The number of papers that were found, or why there are none.
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
 * Which words were searched for instead of words that no paper has.
 * @param {Answer} answer
 * @param {DOMStringMap} texts
 */
export function replacements({ instead }, texts) {
  const list = new Intl.ListFormat(language, { type: "disjunction" });
  const tell = (/** @type {Answer["instead"][number]} */ { word, by, isKnown }) =>
    (isKnown ? texts.also : texts.instead)?.replace("{word}", () => word).replace("{by}", () => list.format(by)) ?? "";
  return instead.map(tell).join(" ");
}

/**
 * A text in the form for a number, with the number in place of `{n}`.
 * @param {DOMStringMap} texts
 * @param {string} name
 * @param {number} n
 */
export function counted(texts, name, n) {
  const form = new Intl.PluralRules(language).select(n) === "one" ? "One" : "Other";
  return (texts[name + form] ?? "").replace("{n}", written(n));
}

/**
 * Returns a function that announces a change to a screen reader, once the text stays the same for a while.
 * @param {HTMLElement} status
 */
export function politely(status) {
  let timer = 0;
  return (/** @type {string} */ text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = text), QUIET);
  };
}
