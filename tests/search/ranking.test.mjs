import assert from "node:assert/strict";
import test from "node:test";
import { searchOver } from "../../themes/default/js/search/engine.js";
import { cases, read } from "./index.mjs";

const search = searchOver(read);
const urls = async (query, count = 10) => (await search(query, count)).papers.map(({ url }) => url);

test("a title typed in full finds its paper first", async () => {
  for (const { title, url } of cases.papers) assert.equal((await urls(title))[0], url, title);
});

test("three of its rarer words bring a paper into the first ten", async () => {
  for (const { rarer, url } of cases.papers) assert.ok((await urls(rarer)).includes(url), rarer);
});

test("a word that is not yet typed to its end finds, nearly always, what it will find", async () => {
  const missed = [];
  for (const { rarer, url } of cases.papers) {
    const [word] = rarer.split(" ");
    const beginning = word.slice(0, Math.max(3, Math.ceil(word.length * 0.7)));
    if (!(await urls(beginning, Infinity)).includes(url)) missed.push(`${beginning} for ${word}`);
  }
  assert.ok(missed.length < 0.02 * cases.papers.length, missed.join(", "));
});
