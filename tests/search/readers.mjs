/** Queries as readers type them: the wanted paper is among the first five, or the first so many. The queries that miss are printed. */

import assert from "node:assert/strict";
import test from "node:test";
import { searchOver } from "../../themes/default/js/search/engine.js";
import { json, read } from "./reading.mjs";

/** The share of queries that may miss. */
const MISSES = 0.03;

const search = searchOver(read);

test("the wanted paper is among the first", async () => {
  const queries = json("readers.json");
  const missed = [];
  for (const [text, wanted, within = 5] of queries) {
    const papers = (await search({ text, count: 10, isWhole: true })).papers.slice(0, within);
    if (!papers.some(({ url }) => url === `/papers/${wanted}/`)) missed.push(`${text} | ${wanted}: ${papers.map(({ url }) => url)}`);
  }
  assert.ok(missed.length <= MISSES * queries.length, missed.join("\n"));
});
