/** Plain mode against lunr.js itself, over a whole index that lunr's own builder makes of the terms Python found. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import { searchOver } from "../../themes/default/js/search/engine.js";
import { asLunr } from "../../themes/default/js/search/lunr.js";
import { term, words } from "../../themes/default/js/search/tokens.js";
import { cases, manifest, random, read, stopWords } from "./index.mjs";

const lunr = createRequire(import.meta.url)("lunr");

function pipeline(token) {
  const found = words(token.toString()).map((word) => term(word, stopWords));
  return found.filter(Boolean).map((one) => token.clone(() => one));
}
lunr.Pipeline.registerFunction(pipeline, "regesta");

/** The index of all papers as stock lunr.js loads it. */
function wholeIndex() {
  const builder = new lunr.Builder();
  builder.searchPipeline.add(pipeline);
  for (const field of manifest.fields) builder.field(field);
  cases.papers.forEach(({ fields }, id) => builder.add({ id, ...fields }));
  const terms = Object.keys(builder.invertedIndex).sort();
  terms.forEach((one, position) => (builder.invertedIndex[one]._index = position)); // sums follow the order of terms
  return lunr.Index.load(JSON.parse(JSON.stringify(builder.build())));
}

/** Queries of one to five clauses, in all the shapes that both understand. */
function* queries(count) {
  const next = random(7);
  const pick = (list) => list[Math.floor(next() * list.length)];
  for (let i = 0; i < count; i++) {
    const clauses = Array.from({ length: 1 + Math.floor(next() * 5) }, () => {
      const word = pick(cases.words);
      const sign = pick(["", "", "", "+", "-"]);
      const field = pick(["", "", "", "title:", "abstract:", "tags:", "year:"]);
      return sign + field + (next() < 0.2 && word.length > 3 ? `${word.slice(0, 2 + Math.floor(next() * 3))}*` : word);
    });
    yield clauses.join(" ");
  }
}

test("plain mode gives the papers, scores and order of lunr.js 2.3.9", async () => {
  assert.equal(lunr.version, "2.3.9");
  const index = wholeIndex();
  const search = searchOver(read, asLunr);
  let answered = 0;
  for (const query of queries(600)) {
    const expected = index.search(query).map(({ ref, score }) => [cases.papers[ref].url, score]);
    const { papers } = await search(query, Infinity);
    assert.deepEqual(papers.map(({ url, score }) => [url, score]), expected, query);
    answered += expected.length > 0;
  }
  assert.ok(answered > 300, `only ${answered} queries found anything`);
});
