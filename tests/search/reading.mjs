/** The index and the cases that tests/search/test_index.py has written, as tests read them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Gone } from "../../themes/default/js/search/transport.js";

const folder = process.env.REGESTA_SEARCH ?? "";

/** Return what a file of JSON holds. */
export const json = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

/** Read the index from its folder, as a page reads it over the network. */
export async function read(name) {
  try {
    return readFileSync(join(folder, "search", name), "utf8");
  } catch {
    throw new Gone(name);
  }
}
