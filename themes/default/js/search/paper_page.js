/** Reads papers' own pages, which have what the index does not: the whole abstract. */

/**
 * The words of a paper's page, with a space around each, and the paper's abstract in one line; formulas in it are plain text.
 * @typedef {{ words: string, abstract: string }} PaperPage
 */

/** @type {Map<string, Promise<PaperPage>>} */
const pages = new Map();

/**
 * The page of a paper, if it was asked for before.
 * @param {string} address
 */
export const knownPage = (address) => pages.get(address);

/**
 * The page of a paper. Rejects if it cannot be fetched.
 * @param {string} address
 */
export function paperPage(address) {
  const page = pages.get(address) ?? fetched(address);
  pages.set(address, page);
  page.catch(() => pages.delete(address));
  return page;
}

/**
 * @param {string} address
 * @returns {Promise<PaperPage>}
 */
async function fetched(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document"; // trusted types let only the browser itself parse a page
  request.send();
  await new Promise((done) => (request.onloadend = done));
  if (request.status !== 200) throw new Error(`${address}: HTTP ${request.status}`);
  const page = /** @type {Document} */ (request.response);
  const meta = /** @type {HTMLMetaElement | null} */ (page.querySelector("meta[name$=citation_abstract]"));
  return { words: spaced(page.querySelector("main")?.textContent), abstract: spaced(meta?.content).trim() };
}

/** @param {string | null} [text] */
const spaced = (text) => ` ${text ?? ""} `.replace(/\s+/gu, " ");
