/** Makes files of papers' citations, for reference managers. */

import { forEach, sourceOf } from "./source.js";
import { keepCitations, keptCitations } from "./store.js";

/** @typedef {{ id: string, title: string }} Wanted */

/** What files of each format are called, and what they are. */
const FILES = {
  bibtex: { end: "bib", type: "application/x-bibtex" },
  ris: { end: "ris", type: "application/x-research-info-systems" },
  "csl-json": { end: "csl.json", type: "application/vnd.citationstyles.csl+json" },
  json: { end: "json", type: "application/json" },
};

/** @typedef {keyof typeof FILES} Format */

/**
 * The citations of papers as one file, taken from their pages as they are now, else as they were when the papers were saved.
 * @param {Wanted[]} papers
 * @param {Format} format
 * @param {string} name of the file, without an ending
 * @param {(done: number) => void} tell told how many pages have been read
 * @returns {Promise<string[]>} the titles of those that have no citation any more
 */
export async function takeCitations(papers, format, name, tell) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  let done = 0;
  await forEach(papers, async ({ id }) => {
    const text = (await freshCitations(id))[format];
    if (text) texts.set(id, text);
    tell(++done);
  });
  const found = papers.flatMap(({ id }) => texts.get(id) ?? []);
  if (found.length) takeFile(name, format, format === "csl-json" ? oneList(found) : `${found.join("\n\n")}\n`);
  return papers.filter(({ id }) => !texts.has(id)).map(({ title }) => title);
}

/** @param {string} id */
async function freshCitations(id) {
  const kept = keptCitations(id);
  const source = await sourceOf(id).catch(() => undefined);
  if (!source) return kept;
  if (Object.keys(kept).length) keepCitations(id, source.citations);
  return source.citations;
}

/** @param {string[]} texts each one item of CSL-JSON, or a list of them */
const oneList = (texts) => `${JSON.stringify(texts.flatMap((text) => JSON.parse(text)), null, 1)}\n`;

/**
 * Give the reader a file.
 * @param {string} name
 * @param {Format} format
 * @param {string} text
 */
export function takeFile(name, format, text) {
  const { end, type } = FILES[format];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = `${name}.${end}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
