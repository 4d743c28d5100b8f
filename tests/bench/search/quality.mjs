/** Answers queries by one search: reads {engine, queries, …} from standard input, prints the addresses found and the milliseconds. */

import { readFileSync } from "node:fs";
import { ENGINES } from "./engines.mjs";

const { engine, queries, ...options } = JSON.parse(readFileSync(0, "utf8"));
const find = await ENGINES[engine](options);
const answers = [];
for (const text of queries) {
  const start = performance.now();
  const urls = await find(text);
  answers.push({ urls, ms: performance.now() - start });
}
process.stdout.write(JSON.stringify(answers));
