/**
 * The searches that are compared, each as a function from a text to the addresses of the papers it finds, best first.
 * Every one has its usual best settings.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import lunrjs from "lunr";
import MiniSearch from "minisearch";

const FIELDS = ["title", "abstract", "authors", "organization", "tags", "venue", "year"];
const TITLE_BOOST = 2;

/** @typedef {{work: string, site: string, client: string, count: number}} Options folders, and how many papers are wanted */

export const ENGINES = { regesta, minisearch, pagefind, lunr };

/** Regesta's own client over the files of a built site. */
async function regesta({ site, client, count }) {
  const { searchOver } = await import(pathToFileURL(join(client, "engine.js")).href);
  const search = searchOver(async (name) => readFileSync(join(site, "search", name), "utf8"));
  return async (text) => (await search({ text, count })).papers.map(({ url }) => url);
}

function minisearch({ work, count }) {
  const searching = { boost: { title: TITLE_BOOST }, fuzzy: 0.2, prefix: true };
  const options = { idField: "url", fields: FIELDS, searchOptions: searching };
  const path = join(work, "minisearch.json");
  if (!existsSync(path)) {
    const index = new MiniSearch(options);
    index.addAll(documents(work));
    writeFileSync(path, JSON.stringify(index));
  }
  const index = MiniSearch.loadJSON(readFileSync(path, "utf8"), options);
  return (text) => index.search(text).slice(0, count).map(({ id }) => id);
}

/** lunr.js with its own pipeline and all of its index, which numbers the papers: it repeats their names for every field. */
function lunr({ work, count }) {
  const path = join(work, "lunr.json");
  const papers = documents(work);
  if (!existsSync(path)) {
    const index = lunrjs(function () {
      this.ref("number");
      for (const field of FIELDS) this.field(field, field === "title" ? { boost: TITLE_BOOST } : {});
      papers.forEach((paper, number) => this.add({ ...paper, number }));
    });
    writeFileSync(path, JSON.stringify(index));
  }
  const index = lunrjs.Index.load(JSON.parse(readFileSync(path, "utf8")));
  return (text) => index.query((query) => query.term(lunrjs.tokenizer(text), {})).slice(0, count).map(({ ref }) => papers[ref].url);
}

function documents(work) {
  const papers = JSON.parse(readFileSync(join(work, "papers.json"), "utf8"));
  return papers.map((paper) => ({ ...paper, authors: paper.authors.join(" "), tags: paper.tags.join(" ") }));
}

/** Pagefind's own module over its own files, which `fetch` reads from the disk; the addresses are those in its fragments. */
async function pagefind({ work, count }) {
  const folder = join(work, "pagefind");
  globalThis.fetch = async (address) => new Response(readFileSync(fileURLToPath(String(address).replace(/[?#].*$/, ""))));
  const search = await import(pathToFileURL(join(folder, "pagefind.js")).href);
  const urls = new Map(readdirSync(join(folder, "fragment")).map((name) => [name.replace(/\..*$/, ""), urlIn(join(folder, "fragment", name))]));
  return async (text) => (await search.search(text)).results.slice(0, count).map(({ id }) => urls.get(id));
}

function urlIn(path) {
  const text = gunzipSync(readFileSync(path)).toString();
  return JSON.parse(text.slice(text.indexOf("{"))).url;
}
