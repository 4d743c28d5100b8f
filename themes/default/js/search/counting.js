/** Facets: the number of papers for each tag, year, collection and kind of link. */

/** @import {Facet} from "./types" */
/** @import {Index} from "./index.js" */

/**
 * @param {number[]} papers
 * @param {Index} index
 * @returns {Promise<Facet[]>}
 */
export async function facetsOf(papers, index) {
  const isThere = new Uint8Array(index.documents);
  for (const paper of papers) isThere[paper] = 1;
  const names = await index.names("");
  const known = [...names].filter(([name, { label }]) => label || !name.startsWith("has/")); // has/abstract and the like have no label and are not facets
  const found = known.map(([name, { papers, label }]) => {
    const [field = "", value = ""] = name.split(/\/(.*)/su);
    return { field, value, label: label || value, count: papers.reduce((sum, paper) => sum + (isThere[paper] ?? 0), 0) };
  });
  return found.filter(({ count }) => count).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
