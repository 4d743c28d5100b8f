import assert from "node:assert/strict";
import test from "node:test";
import { terms } from "../../themes/default/js/search/tokens.js";
import { cases, stopWords } from "./index.mjs";

test("every text has the same terms here as in the index", () => {
  assert.ok(cases.texts.length > 50);
  for (const [text, expected] of cases.texts) assert.deepEqual(terms(text, stopWords), expected, JSON.stringify(text));
});
