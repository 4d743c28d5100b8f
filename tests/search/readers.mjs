/** Queries as readers type them: the wanted paper is among the first five. The queries that miss are printed. */

import assert from "node:assert/strict";
import test from "node:test";
import { searchOver } from "../../themes/default/js/search/engine.js";
import { json, read } from "./reading.mjs";

const search = searchOver(read);

test("the wanted paper is among the first five", async () => {
  const missed = [];
  for (const [text, wanted] of json("readers.json")) {
    const { papers } = await search({ text, count: 5, isWhole: true });
    if (!papers.some(({ url }) => url === `/papers/${wanted}/`)) missed.push(`${text} | ${wanted}: ${papers.map(({ url }) => url)}`);
  }
  assert.deepEqual(missed, []);
});
