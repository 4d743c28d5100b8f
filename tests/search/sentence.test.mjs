/** Which sentence of a text is shown for a query, and how much of it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { bestSentence, cut } from "../../themes/default/js/search/sentence.js";

const partsIn = (word) => ["slow", "river"].flatMap((part, i) => (word.toLowerCase().includes(part) ? [i] : []));

test("a text is cut into sentences where one ends, and not after an abbreviation or within a number", () => {
  for (const [text, sentence] of [
    ["Old. By Smith et al. Slow rivers, e.g. Rhine, at 4.5 km/h. New.", "By Smith et al. Slow rivers, e.g. Rhine, at 4.5 km/h."],
    ["Is it? (A slow river.) Yes!", "(A slow river.)"],
    ["开始。慢 slow river。结束。", "慢 slow river。"],
    ["No end of a slow river", "No end of a slow river"],
    ["First. Second.", "First."],
    ["", ""],
  ]) assert.equal(bestSentence(text, partsIn), sentence);
});

test("the sentence with most of the words comes first, then one with them side by side", () => {
  assert.equal(bestSentence("A river. A slow boat. A slow boat on a river. Slow rivers.", partsIn), "Slow rivers.");
  assert.equal(bestSentence("Slow, slow. A river slow. River.", partsIn), "A river slow.");
});

test("a late word is seen, and the room before and behind it is used", () => {
  const long = "word ".repeat(30);
  assert.equal(cut(`${long}river`, partsIn, 20), "… word word word word river");
  assert.equal(cut(`${long}river ${long}`.trim(), partsIn, 20), `… word word river ${long}`.trim());
  assert.equal(cut(`${"x".repeat(90)} river`, partsIn, 20), "… river");
  assert.equal(cut(long, partsIn, 20), long);
});
