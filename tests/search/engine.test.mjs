/** The engine: all that a reader may type, and all that may happen to the files. */

import assert from "node:assert/strict";
import test from "node:test";
import { searchOver } from "../../themes/default/js/search/engine.js";
import { Gone } from "../../themes/default/js/search/transport.js";
import { cases, manifest, random, read } from "./index.mjs";

const search = searchOver(read);
const all = async (text) => (await search({ text, count: Infinity })).papers.map(({ url }) => url);
const answers = async (text) => {
  const { papers, total } = await search({ text, count: Infinity });
  return papers.slice(0, total).map(({ url }) => url);
};
const [sample] = cases.papers;
const word = sample.rarer.split(" ")[0];

test("nothing asked is not the same as nothing found", async () => {
  const asked = await Promise.all([" \t", "the of", "xyzzyplugh "].map((text) => search({ text, count: 10 })));
  assert.deepEqual(asked.map(({ asked, tooCommon, total, near }) => [asked, tooCommon, total, near]), [
    [false, false, 0, 0], [false, true, 0, 0], [true, false, 0, 0],
  ]);
});

test("a sign forbids or requires, a name limits, quotes require", async () => {
  assert.ok((await answers(`${word} `)).includes(sample.url));
  assert.ok(!(await all(`${sample.title} -${word}`)).includes(sample.url));
  const required = await all(`+${word} ${sample.title} `);
  assert.ok(required.length <= (await all(`${sample.title} `)).length && required.includes(sample.url));
  assert.deepEqual(new Set(required), new Set(await answers(`${word} `)));
  assert.ok((await answers(`title:${word} `)).includes(sample.url));
  assert.deepEqual(await answers(`venue:${word} `), []);
  assert.ok((await answers(`"${sample.title}"`)).includes(sample.url));
  assert.deepEqual(await answers(`"${word} xyzzyplugh"`), []);
});

test("a field's name narrows what the other words find", async () => {
  const others = sample.rarer.split(" ").slice(1).join(" ");
  const found = await all(`title:${word} ${others} `);
  const inTitle = await answers(`title:${word} `);
  assert.ok(found.includes(sample.url) && found.every((url) => inTitle.includes(url)));
});

test("words in quotes are side by side, in an abstract or in a title", async () => {
  for (const { abstract, title, url } of cases.papers.slice(0, 60)) {
    const pair = abstract.match(/\b[a-z]{5,} [a-z]{5,} [a-z]{4,}\b/)?.[0];
    if (!pair) continue;
    const folded = (text) => text.toLowerCase().normalize("NFKD");
    const found = await answers(`"${pair}"`);
    assert.ok(found.includes(url), pair);
    const literally = cases.papers.filter((paper) => folded(paper.abstract).includes(` ${pair} `) || folded(paper.title).includes(` ${pair} `));
    for (const paper of literally) assert.ok(found.includes(paper.url), `${pair}: ${paper.url}`);
    assert.ok(found.length <= (await answers(`${pair} `)).length, title);
  }
});

test("a query that only forbids finds all other papers, newest first", async () => {
  const found = await answers(`-title:${word}`);
  assert.ok(!found.includes(sample.url));
  const left = cases.papers.map(({ url }) => url).filter((url) => found.includes(url));
  assert.deepEqual(found, left.reverse());
});

test("years, tags and kinds of links are counted, and each count is what asking for it finds", async () => {
  const { facets, total } = await search({ text: "model ", count: 0 });
  const found = await facets();
  assert.ok(total && found.some(({ field }) => field === "year"));
  for (const { field, value, count } of found) assert.equal((await answers(`model ${field}:${value}`)).length, count, value);
  const years = found.filter(({ field }) => field === "year").map(({ value }) => value).sort();
  const inRange = (from, to) => found.filter(({ field, value }) => field === "year" && value >= from && value <= to).reduce((sum, { count }) => sum + count, 0);
  const [first, last] = [years[0], years.at(-1)];
  for (const text of [`${first}..${last}`, `${first}..`, `..${last}`, `${first}-${last}`]) {
    assert.equal((await answers(`model year:${text}`)).length, inRange(first, last), text);
  }
  assert.equal((await answers(`model year: ${last}`)).length, inRange(last, last));
  assert.deepEqual(await answers("model has:nothing-of-the-kind"), []);
});

test("no query throws, however malformed or long", async () => {
  const next = random(11);
  const signs = [..."\"\"+-:*~^()[]\\/|<>$%&é字🤗\ud800 \t\u0000'’…abtitle“”", "year:", "tag:", "has:", ".."];
  for (let i = 0; i < 500; i++) {
    const query = Array.from({ length: 1 + Math.floor(next() * 30) }, () => signs[Math.floor(next() * signs.length)]).join("");
    const answer = await search({ text: query, count: 3 });
    assert.ok(Array.isArray(answer.papers) && (await answer.facets()), JSON.stringify(query));
  }
  for (const part of ["a", "-", "\"", "word ", "(a+)+$ ", "title:", "tag:a ", "year:2024 ", "<script>alert(1)</script> ", "字", "…", "a*", "+", "a-"]) {
    await search({ text: part.repeat(10_000 / part.length), count: 10 });
  }
});

test("what is not valid syntax is searched as words", async () => {
  const plain = await answers(`${word} `);
  for (const text of [`"${word}`, `“${word}”`, `${word} - `, `${word} +`, `${word} ""`, `(${word})`, `${word.toUpperCase()} `, `${word}; `, `${word} ::`]) {
    const found = await answers(text);
    assert.ok(found.length && found.every((url) => plain.includes(url)), text);
  }
  assert.ok((await all(`colour:${word} `)).includes(sample.url));
  assert.ok((await all(`year:soon ${word} `)).includes(sample.url));
});

test("names that every object has are words like others", async () => {
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) await search({ text: `${name} ${name}:x tag:${name}`, count: 10 });
});

test("the words of a query are recognized in a text", async () => {
  const { partsIn } = await search({ text: "models -language café lear", count: 10 });
  assert.deepEqual(["Model’s", "language", "(Cafe)", "unrelated"].map((word) => partsIn(word).length > 0), [
    cases.terms.includes("model"), false, cases.terms.includes("cafe"), false,
  ]);
});

test("a word that no paper has is replaced by similar ones, and the replacement is named", async () => {
  const { total, instead } = await search({ text: "modle ", count: 1 });
  assert.equal(instead[0]?.word, "modle");
  assert.ok(total > 0 && instead[0].by.some((one) => one.startsWith("model")));
  assert.deepEqual((await search({ text: "model ", count: 1 })).instead, []);
});

const skip = !cases.papers.some(({ title }) => title.startsWith("QLoRA")) && "QLoRA is not in this archive";

test("a word that few papers have is no misspelling if another word is the cause that nothing matches", { skip }, async () => {
  assert.deepEqual((await search({ text: "qlora xyzzyplugh ", count: 1 })).instead, []);
  const [instead] = (await search({ text: "qlora diffusion ", count: 1 })).instead;
  assert.deepEqual([instead?.word, instead?.isKnown], ["qlora", true]);
});

test("a word that no paper has is replaced by longer ones that begin with it", async () => {
  const whole = await answers("measurements ");
  for (const text of ["measurem ", "measureme "]) {
    const { total, papers, instead } = await search({ text, count: Infinity });
    assert.deepEqual(instead, [{ word: text.trim(), by: [`${text.trim()}…`] }]);
    assert.ok(whole.length && whole.every((url) => papers.slice(0, total).some((paper) => paper.url === url)), text);
  }
});

test("when a file is gone, the manifest is read again", async () => {
  const asked = [];
  let old = true;
  const gone = { ...manifest, layers: manifest.layers.map((layer) => ({ ...layer, folder: "gone" })) };
  const republished = async (name, fresh = false) => {
    asked.push([name, fresh]);
    if (name === "manifest.json") {
      old = !fresh;
      return JSON.stringify(old ? gone : manifest);
    }
    return read(name);
  };
  const { papers } = await searchOver(republished)({ text: sample.title, count: 1 });
  assert.equal(papers[0].url, sample.url);
  assert.deepEqual(asked.filter(([name]) => name === "manifest.json"), [["manifest.json", false], ["manifest.json", true]]);
});

test("also for facets, which may be opened long after the answer", async () => {
  let old = false;
  const republished = (name, fresh = false) => {
    if (name === "manifest.json" && fresh) old = false;
    return old ? Promise.reject(new Gone(name)) : read(name);
  };
  const { facets } = await searchOver(republished)({ text: "model ", count: 1 });
  old = true;
  assert.ok((await facets()).length > 0);
});

test("clauses that differ only in their stars are two", async () => {
  for (const [a, b] of [["the*", "can*"], ["river*", "river"], ["mod*", "mea*"]]) {
    assert.deepEqual(new Set(await answers(`${a} ${b} `)), new Set(await answers(`${b} ${a} `)), `${a} ${b}`);
  }
});

test("many words in place of a tag do no harm", async () => {
  const many = Array.from({ length: 300 }, (_, i) => `w${i}`).join("-");
  assert.equal((await search({ text: `tag:${many}`, count: 3 })).total, 0);
});

test("an index that cannot be read is an error, and is tried again by the next query", async () => {
  let down = true;
  const unsteady = searchOver((name) => (down ? Promise.reject(new Error("no network")) : read(name)));
  await assert.rejects(unsteady({ text: word, count: 1 }), /no network/);
  down = false;
  assert.ok((await unsteady({ text: word, count: 1 })).total > 0);
  await assert.rejects(searchOver(() => Promise.reject(new Gone("manifest.json")))({ text: word, count: 1 }), Gone);
});
