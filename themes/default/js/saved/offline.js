/** Keeps the pages of saved papers for when there is no network. worker/offline.js shows them; here is what fills its cache. */

import { addressOf, BASE, LIST } from "./place.js";
import { forEach } from "./source.js";

const CACHE = `regesta ${BASE}`;

/** @type {Promise<unknown> | undefined} */
let registered;

function register() {
  const address = `${BASE}sw.js`;
  /** @type {{ trustedTypes?: { createPolicy: Function } }} */
  const { trustedTypes } = /** @type {any} */ (window);
  const policy = trustedTypes?.createPolicy("offline", { createScriptURL: () => address });
  return navigator.serviceWorker.register(policy?.createScriptURL("") ?? address, { scope: BASE, updateViaCache: "none" });
}

/**
 * Keep the pages of papers, and the list. Where the browser or the host does not allow it, nothing happens.
 * @param {string[]} ids
 */
export async function keepOffline(ids) {
  try {
    await (registered ??= register());
    const cache = await caches.open(CACHE);
    await forEach([LIST, ...ids.map(addressOf)], (address) => keepPage(cache, address));
    return true;
  } catch {
    return false; // without a worker, or the network is gone
  }
}

/**
 * Keep a page with all its assets; those have the same address as long as they have the same content.
 * @param {Cache} cache
 * @param {string} address
 */
async function keepPage(cache, address) {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) return; // the paper has left the archive: what was kept of it stays
  const text = await response.clone().text();
  await cache.put(address, response);
  const assets = [...text.matchAll(/"([^"<>]*\/assets\/[^"<>]+)"/g)].map(([, asset]) => asset ?? "");
  for (const asset of new Set(assets)) if (!(await cache.match(asset))) await cache.add(asset);
}

/**
 * Bring what is kept up to date with the list and with the site, if that was published anew.
 * @param {string[]} ids
 */
export async function refreshOffline(ids) {
  if (!ids.length) return forgetOffline();
  const sheet = /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=stylesheet]"));
  const pages = new Map(ids.map((id) => [new URL(addressOf(id), location.href).href, id]));
  pages.set(new URL(LIST, location.href).href, "");
  const had = await urlsIn();
  const old = had.filter((url) => (isAsset(url) ? !url.startsWith(new URL(".", sheet.href).href) : !pages.has(url)));
  const missing = ids.filter((id) => old.some(isAsset) || !had.includes(new URL(addressOf(id), location.href).href));
  if (!(await keepOffline(missing))) return;
  const cache = await caches.open(CACHE);
  await Promise.all(old.map((url) => cache.delete(url)));
}

/** @returns {Promise<string[]>} the addresses that are kept */
async function urlsIn() {
  try {
    const cache = await caches.open(CACHE);
    return (await cache.keys()).map(({ url }) => url);
  } catch {
    return [];
  }
}

/** @param {string} url */
const isAsset = (url) => url.includes("/assets/");

/** Without saved papers the browser keeps nothing. */
async function forgetOffline() {
  try {
    const registration = await navigator.serviceWorker.getRegistration(BASE);
    if (registration?.scope === new URL(BASE, location.href).href) await registration.unregister();
    await caches.delete(CACHE);
  } catch {
    // there was nothing to forget
  }
}
