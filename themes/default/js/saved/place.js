/** Where this archive lies: several may share a host, and the browser's storage with it. */

const ownScript = /** @type {HTMLElement} */ (document.querySelector("script[data-list]"));

/** The address of the list of saved papers. */
export const LIST = ownScript.dataset.list ?? "";

/** The base path, with a slash at both ends. */
export const BASE = LIST.replace(/saved\/$/, "");

/** @param {string} id */
export const addressOf = (id) => `${BASE}papers/${id}/`;
