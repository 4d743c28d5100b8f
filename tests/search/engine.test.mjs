/** What a reader may type, and what may happen to the files. */

import assert from "node:assert/strict";
import test from "node:test";
import { searchOver } from "../../themes/default/js/search/engine.js";
import { Gone } from "../../themes/default/js/search/transport.js";
import { cases, manifest, random, read } from "./index.mjs";

const search = searchOver(read);
const urls = async (query) => (await search(query, Infinity)).papers.map(({ url }) => url);
const [sample] = cases.papers;
const word = sample.rarer.split(" ")[0];

test("nothing asked is not the same as nothing found", async () => {
  assert.deepEqual([(await search(" \t", 10)).asked, (await search("the of", 10)).asked], [false, false]);
  const { asked, total, papers } = await search("xyzzyplugh ", 10);
  assert.deepEqual({ asked, total, papers }, { asked: true, total: 0, papers: [] });
});

test("a sign forbids or requires, a name limits, quotes require", async () => {
  assert.ok((await urls(`${word} `)).includes(sample.url));
  assert.ok(!(await urls(`${sample.title} -${word}`)).includes(sample.url));
  assert.ok((await urls(`+${word} ${sample.title}`)).length < (await urls(sample.title)).length);
  assert.ok((await urls(`title:${word}`)).includes(sample.url));
  assert.deepEqual(await urls(`venue:${word}`), []);
  assert.ok((await urls(`"${sample.rarer}"`)).includes(sample.url));
  assert.deepEqual(await urls(`"${word} xyzzyplugh"`), []);
});

test("only what is forbidden is left out when nothing else is asked, newest first", async () => {
  const found = await urls(`-title:${word}`);
  assert.ok(!found.includes(sample.url));
  const left = cases.papers.map(({ url }) => url).filter((url) => found.includes(url));
  assert.deepEqual(found, left.reverse());
});

test("no query throws, however malformed or long", async () => {
  const next = random(11);
  const signs = [..."\"\"+-:*~^()[]\\/|<>$%&é字🤗\ud800 \t\u0000'’…abtitle"];
  for (let i = 0; i < 500; i++) {
    const query = Array.from({ length: 1 + Math.floor(next() * 30) }, () => signs[Math.floor(next() * signs.length)]).join("");
    assert.ok(Array.isArray((await search(query, 3)).papers), JSON.stringify(query));
  }
  for (const part of ["a", "-", "\"", "word ", "(a+)+$ ", "title:", "<script>alert(1)</script> ", "字", "…", "a*"]) {
    await search(part.repeat(10_000 / part.length), 10);
  }
});

test("names that every object has are words like others", async () => {
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) await search(`${name} ${name}:x`, 10);
});

test("the words of a query are recognized in a text", async () => {
  const { matches } = await search("models -language café lear", 10);
  assert.deepEqual(["Model’s", "language", "(Cafe)", "unrelated"].map(matches), [
    cases.terms.includes("model"), false, cases.terms.includes("cafe"), false,
  ]);
});

test("when a file is gone the manifest is read once more", async () => {
  const asked = [];
  let old = true;
  const republished = async (name, fresh = false) => {
    asked.push([name, fresh]);
    if (name === "manifest.json") {
      old = !fresh;
      return JSON.stringify(old ? { ...manifest, blocks: manifest.blocks.map(() => "gone") } : manifest);
    }
    return read(name);
  };
  const { papers } = await searchOver(republished)(sample.title, 1);
  assert.equal(papers[0].url, sample.url);
  assert.deepEqual(asked.filter(([name]) => name === "manifest.json"), [["manifest.json", false], ["manifest.json", true]]);
});

test("an index that cannot be read is an error, and is tried again by the next query", async () => {
  let down = true;
  const unsteady = searchOver((name) => (down ? Promise.reject(new Error("no network")) : read(name)));
  await assert.rejects(unsteady(word, 1), /no network/);
  down = false;
  assert.ok((await unsteady(word, 1)).total > 0);
  await assert.rejects(searchOver(() => Promise.reject(new Gone("manifest.json")))(word, 1), Gone);
});
