/** Fetches the files of the index. Another edition may use its own `Read`. */

/** @import {Read} from "./types" */

/** A file no longer exists: the manifest in use is older than the site. */
export class Gone extends Error {}

/**
 * Read over HTTP.
 * @param {string} folder the address of the index, with a slash at its end
 * @returns {Read}
 */
export function httpRead(folder) {
  return async (name, fresh = false) => {
    const response = await fetch(folder + name, fresh ? { cache: "reload" } : {});
    if (response.status === 404) throw new Gone(name);
    if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
    return response.text();
  };
}

/**
 * Read every file once, and again only after a failure.
 * @param {Read} read
 * @returns {Read}
 */
export function remembered(read) {
  /** @type {Map<string, Promise<string>>} */
  const texts = new Map();
  return (name, fresh = false) => {
    const known = texts.get(name);
    if (known) return known;
    const text = read(name, fresh);
    texts.set(name, text);
    text.catch(() => texts.delete(name));
    return text;
  };
}
