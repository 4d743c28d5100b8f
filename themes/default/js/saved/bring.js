/** Finds the papers of a file that a reader brings: a list of ours, or BibTeX. */

import { entriesIn } from "./bibtex.js";
import { newPaper, papersOf } from "./paper.js";
import { BASE } from "./place.js";
import { forEach, sourceOf } from "./source.js";

/** @import {Saved} from "./paper.js" */
/** @import {Entry} from "./bibtex.js" */

/** The most bytes of a file, and the most entries of BibTeX, each of which is searched for. */
const LARGEST_FILE = 5_000_000;
const MOST_ENTRIES = 1000;

/** What a search is asked, and what it answers: js/search/types.d.ts. */
/** @typedef {(asked: { text: string, count: number, isWhole: boolean }) => Promise<{ total: number, papers: { url: string, title: string }[] }>} Find */

/**
 * The papers that a file names, and what it names that is not in this archive; undefined if it cannot be read.
 * @param {File} file
 * @param {() => Promise<Find>} search returns the archive's search
 * @returns {Promise<{ papers: Saved[], unknown: string[] } | undefined>}
 */
export async function papersInFile(file, search) {
  if (file.size > LARGEST_FILE) return undefined;
  const text = await file.text();
  const papers = ownList(text);
  if (papers) return { papers, unknown: [] };
  const entries = entriesIn(text).slice(0, MOST_ENTRIES);
  return entries.length ? lookedUp(entries, await search()) : undefined;
}

/** @param {string} text */
function ownList(text) {
  try {
    return papersOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * @param {Entry[]} entries
 * @param {Find} find
 */
async function lookedUp(entries, find) {
  /** @type {Map<Entry, Saved>} */
  const known = new Map();
  await forEach(entries, async (entry) => {
    const paper = (await byAddress(entry)) ?? (await bySearch(entry, find).catch(() => undefined));
    if (paper) known.set(entry, paper);
  });
  const unknown = entries.filter((entry) => !known.has(entry)).map(({ title, key }) => title || key);
  return { papers: [...known.values()], unknown };
}

/**
 * The paper whose page here an entry names.
 * @param {Entry} entry
 */
async function byAddress({ addresses }) {
  const here = `${location.host}${BASE}papers/`;
  const [id] = addresses.split(here)[1]?.match(/^[\w.-]+/) ?? [];
  const source = id ? await sourceOf(id).catch(() => undefined) : undefined;
  return id && source ? newPaper(id, source.title) : undefined;
}

/**
 * The paper with the title of an entry, or with its key.
 * @param {Entry} entry
 * @param {Find} find
 */
async function bySearch({ key, title }, find) {
  const named = title ? await find({ text: title, count: 5, isWhole: true }) : { papers: [] };
  const same = named.papers.find((paper) => letters(paper.title) === letters(title));
  if (same) return found(same);
  const [keyed] = (await find({ text: key, count: 1, isWhole: true })).papers;
  const paper = keyed && found(keyed);
  const source = paper && (await sourceOf(paper.id));
  return source?.citations.bibtex?.includes(`{${key},`) ? paper : undefined;
}

/** @param {{ url: string, title: string }} paper */
const found = ({ url, title }) => newPaper(url.split("/")[2] ?? "", title);

/** @param {string} text */
const letters = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
