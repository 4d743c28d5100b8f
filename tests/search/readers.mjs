/** Queries as readers type them: the wanted paper is among the first five. The queries that miss are printed. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { searchOver } from "../../themes/default/js/search/engine.js";
import { Gone } from "../../themes/default/js/search/transport.js";

const folder = process.env.REGESTA_SEARCH ?? "";
const search = searchOver(async (name) => {
  try {
    return readFileSync(join(folder, "search", name), "utf8");
  } catch {
    throw new Gone(name);
  }
});

test("the wanted paper is among the first five", async () => {
  const missed = [];
  for (const [text, wanted] of JSON.parse(readFileSync(join(folder, "readers.json"), "utf8"))) {
    const { papers } = await search({ text, count: 5, isWhole: true });
    if (!papers.some(({ url }) => url === `/papers/${wanted}/`)) missed.push(`${text} | ${wanted}: ${papers.map(({ url }) => url)}`);
  }
  assert.deepEqual(missed, []);
});
