/** Reads papers' own pages, which carry their citations. */

import { addressOf } from "./place.js";

/** How many pages are fetched at once. */
const AT_ONCE = 4;

/** The formats that a page has, each in an element with `data-cite`. */
const FORMATS = ["bibtex", "ris", "csl-json"];

/** @typedef {{ title: string, about: string, citations: Record<string, string> }} Source */

/**
 * A page of this site; undefined if there is none. Rejects if the network does not answer.
 * @param {string} address
 * @returns {Promise<Document | undefined>}
 */
export async function pageAt(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document"; // trusted types let only the browser itself parse a page
  request.send();
  await new Promise((done) => (request.onloadend = done));
  if (!request.status) throw new Error(`${address} does not answer`);
  return request.status === 200 ? request.response : undefined;
}

/**
 * What the page of a paper says; undefined if the paper has left the archive.
 * @param {string} id
 */
export async function sourceOf(id) {
  let page = await pageAt(addressOf(id));
  const moved = /** @type {HTMLMetaElement | null | undefined} */ (page?.querySelector("meta[http-equiv=refresh]"));
  if (moved) page = await pageAt(moved.content.replace(/^.*?url=/i, ""));
  return page && sourceIn(page);
}

/**
 * @param {Document} page
 * @returns {Source}
 */
export function sourceIn(page) {
  const citations = FORMATS.map((format) => [format, page.querySelector(`pre[data-cite="${format}"]`)?.textContent?.replace(/\n+$/, "") ?? ""]);
  const title = /** @type {HTMLMetaElement | null} */ (page.querySelector('meta[property="og:title"]'));
  const known = Object.fromEntries(citations.filter(([, text]) => text));
  return { title: title?.content ?? "", about: aboutIn(known["csl-json"]), citations: known };
}

/**
 * The first authors, the journal or book and the year, of CSL-JSON.
 * @param {string | undefined} csl
 */
function aboutIn(csl) {
  try {
    const { author = [], issued, "container-title": place } = [JSON.parse(csl ?? "")].flat()[0];
    const names = author.map((/** @type {Record<string, string>} */ { given, family, literal }) => literal ?? [given, family].filter(Boolean).join(" "));
    const people = names.slice(0, 3).join(", ") + (names.length > 3 ? " …" : "");
    return [people, place, issued?.["date-parts"]?.[0]?.[0]].filter(Boolean).join(" · ");
  } catch {
    return "";
  }
}

/**
 * Do something for each of many, a few at once.
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => Promise<void>} act
 */
export async function forEach(things, act) {
  const left = things.values();
  const worker = async () => {
    for (const thing of left) await act(thing);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
