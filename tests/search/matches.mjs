/** Which papers match which query, compared with Python's results in matches.json, except where the page corrects a misspelt word. */

import assert from "node:assert/strict";
import test from "node:test";
import { searchOver } from "../../themes/default/js/search/engine.js";
import { json, read } from "./reading.mjs";

const search = searchOver(read);

test("the same papers match here as in Python", async () => {
  let compared = 0;
  for (const [text, expected] of Object.entries(json("matches.json"))) {
    const { papers, total, instead } = await search({ text, count: 50 });
    if (instead.length) continue;
    assert.deepEqual(papers.slice(0, total).map(({ url }) => url.split("/")[2]).sort(), expected.sort(), text);
    compared += 1;
  }
  assert.ok(compared > 1000, `only ${compared} queries were compared`);
});
