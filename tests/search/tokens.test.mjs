import assert from "node:assert/strict";
import test from "node:test";
import { compound, endingOf, termOf, termsOf } from "../../themes/default/js/search/tokens.js";
import { cases, stopWords } from "./index.mjs";

test("every text has the same terms here as in the index", () => {
  assert.ok(cases.texts.length > 50);
  for (const [text, expected] of cases.texts) assert.deepEqual(termsOf(text, stopWords), expected, JSON.stringify(text));
});

test("every word has the same ending here as in the index", () => {
  for (const [word, ending] of cases.forms) {
    if (termOf(word, stopWords)) assert.equal(endingOf(word), ending || "=", word);
  }
});

test("two words with a hyphen between them are one as well, numbers are not", () => {
  const found = ["GPT-4", "(pre-training),", "pre–training", "10-12", "state-of-the-art", "the-art", "-art", "a/b"].map((text) => compound(text, stopWords));
  assert.deepEqual(found, ["gpt4", "pretrain", "", "", "", "", "", ""]);
});
