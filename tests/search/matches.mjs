/** Which papers match which query, compared with Python's results in matches.json, except where the page corrects a misspelt word. */

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

test("the same papers match here as in Python", async () => {
  let compared = 0;
  for (const [text, expected] of Object.entries(JSON.parse(readFileSync(join(folder, "matches.json"), "utf8")))) {
    const { papers, total, instead } = await search({ text, count: 50 });
    if (instead.length) continue;
    assert.deepEqual(papers.slice(0, total).map(({ url }) => url.split("/")[2]).sort(), expected.sort(), text);
    compared += 1;
  }
  assert.ok(compared > 1000, `only ${compared} queries were compared`);
});
