import assert from "node:assert/strict";
import test from "node:test";
import { searchOver } from "../../themes/default/js/search/engine.js";
import { cases, random, read } from "./index.mjs";

const search = searchOver(read);
const urls = async (text, count = 10) => (await search({ text, count })).papers.map(({ url }) => url);

test("a title typed in full finds its paper first", async () => {
  for (const { title, url } of cases.papers) assert.equal((await urls(title))[0], url, title);
});

test("three of its rarer words bring a paper into the first ten, and it matches", async () => {
  for (const { rarer, url } of cases.papers) {
    const { total, papers } = await search({ text: `${rarer} `, count: 10 });
    const place = papers.findIndex((paper) => paper.url === url);
    assert.ok(place >= 0 && place < total, rarer);
  }
});

test("an incomplete word finds what the complete one will find", async () => {
  for (const { rarer, url } of cases.papers) {
    const word = rarer.split(" ").find((one) => /^[a-z]{4,}$/.test(one));
    if (!word) continue;
    const beginning = word.slice(0, Math.max(4, Math.ceil(word.length * 0.7)));
    assert.ok((await urls(beginning, Infinity)).includes(url), `${beginning} for ${word}`);
  }
});

test("a word with one mistake nearly always finds what it should", async () => {
  const next = random(3);
  const missed = [];
  for (const { rarer, url } of cases.papers) {
    const words = rarer.split(" ");
    const place = words.findIndex((word) => /^[a-z]{6,}$/.test(word));
    if (place < 0) continue;
    const typed = words.with(place, mistaken(words[place], next)).join(" ");
    if (!(await urls(`${typed} `)).includes(url)) missed.push(`${typed} for ${rarer}`);
  }
  assert.ok(missed.length < 0.03 * cases.papers.length, missed.join(", "));
});

/** A word with a letter more, one less, another, or two exchanged. */
function mistaken(word, next) {
  const at = Math.floor(next() * (word.length - 1));
  const letter = "abcdefghijklmnopqrstuvwxyz"[Math.floor(next() * 26)];
  const [before, one, two, after] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
  return before + [letter + one + two, two, letter + two, two + one][Math.floor(next() * 4)] + after;
}

test("the papers that have all words come first, and only they are counted; the others have half of them", async () => {
  for (const { rarer } of cases.papers.slice(0, 40)) {
    const words = rarer.split(" ");
    const { total, near, papers } = await search({ text: `${rarer} `, count: Infinity });
    assert.equal(papers.length, total + near);
    const each = await Promise.all(words.map((word) => urls(`${word} `, Infinity)));
    const all = each.reduce((a, b) => a.filter((url) => b.includes(url)));
    assert.deepEqual(papers.slice(0, total).map(({ url }) => url).sort(), all.sort(), rarer);
    const counts = each.flat().reduce((found, url) => found.set(url, (found.get(url) ?? 0) + 1), new Map());
    const half = [...counts].filter(([, count]) => 2 * count >= words.length).map(([url]) => url);
    assert.deepEqual(new Set(papers.map(({ url }) => url)), new Set(half), rarer);
  }
});

test("the same papers match whatever the order of words, and more results leave the first ones as they are", async () => {
  for (const { rarer } of cases.papers.slice(0, 40)) {
    const [found, other] = await Promise.all([rarer, rarer.split(" ").reverse().join(" ")].map((text) => search({ text: `${text} `, count: Infinity })));
    assert.equal(other.total, found.total);
    assert.deepEqual(new Set(other.papers.map(({ url }) => url)), new Set(found.papers.map(({ url }) => url)));
    for (const count of [10, 30]) assert.deepEqual(await urls(`${rarer} `, count), found.papers.slice(0, count).map(({ url }) => url));
  }
});

test("by date, the newest come first", async () => {
  const numbers = new Map(cases.papers.map(({ url }, number) => [url, number]));
  const { papers, total } = await search({ text: "measure ", count: Infinity, byDate: true });
  const order = papers.slice(0, total).map(({ url }) => numbers.get(url));
  assert.deepEqual(order, order.toSorted((a, b) => b - a));
});
