/** Shows a paper in the results. */

import { CORE, PIECE } from "./tokens.js";

/** @import {Answer, Paper} from "./types" */

/**
 * A result, made from a template of the theme; missing fields leave no empty element.
 * @param {HTMLElement} template
 * @param {Paper} paper
 * @param {Answer["matches"]} matches
 */
export function resultOf(template, { title, year, date, people, status, tags, snippet }, matches) {
  const { content } = /** @type {HTMLTemplateElement} */ (template);
  const node = /** @type {HTMLElement} */ (document.importNode(content, true).firstElementChild);
  const filled = {
    title: marked(title, matches),
    year: [year],
    date: [date],
    status: [status],
    people: marked(people, matches),
    tags: [tags.join(", ")],
    snippet: marked(snippet, matches),
  };
  for (const [name, content] of Object.entries(filled)) {
    const element = node.querySelector(`[data-fill=${name}]`);
    element?.append(...content);
    if (!element?.textContent) element?.remove();
  }
  return node;
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
