/** Our files against lunr.js itself, over the whole index that the build writes: the same papers, scores and order. */

import assert from "node:assert/strict";
import test from "node:test";
import { cases, random, read, whole } from "./index.mjs";
import { lunr, plainSearch } from "./plain.mjs";

const QUERIES = Number(process.env.REGESTA_QUERIES ?? 400);

/** Queries of one to five clauses, in all the shapes that lunr knows. */
function* queries(count) {
  const next = random(7);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const wild = (word) => pick([`${word.slice(0, 2 + Math.floor(next() * 3))}*`, `*${word.slice(-4)}`, `${word.slice(0, 2)}*${word.slice(-2)}`]);
  for (let i = 0; i < count; i++) {
    const clauses = Array.from({ length: 1 + Math.floor(next() * 5) }, () => {
      const word = pick(cases.words);
      const sign = pick(["", "", "", "+", "-"]);
      const field = pick(["", "", "", "title:", "abstract:", "tags:", "year:"]);
      const end = next() < 0.1 ? pick(["^2", "^10", "~1", "~1^3"]) : "";
      return sign + field + (next() < 0.15 && word.length > 4 ? wild(word) : word) + end;
    });
    yield clauses.join(" ");
  }
}

test(`plain mode gives the papers, scores and order of lunr.js 2.3.9, on ${QUERIES} queries`, async () => {
  assert.equal(lunr.version, "2.3.9");
  const index = lunr.Index.load(whole());
  const search = await plainSearch(read);
  let answered = 0;
  for (const query of queries(QUERIES)) {
    const expected = index.search(query).map(({ ref, score }) => [ref, score]);
    assert.deepEqual((await search(query)).map(({ ref, score }) => [ref, score]), expected, query);
    answered += expected.length > 0;
  }
  assert.ok(answered > QUERIES / 2, `only ${answered} queries found anything`);
});
