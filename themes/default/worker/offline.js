/**
 * The service worker, published as /sw.js once a reader has saved a paper: where the network does not answer, it gives the pages
 * that js/saved/offline.js kept. What the network says always comes first, but for assets, whose addresses name their content.
 */

/** @import {Scope} from "./types" */

/** Milliseconds without an answer before a kept page is shown. */
const PATIENCE = 4000;

const worker = /** @type {Scope} */ (/** @type {unknown} */ (self));

/** Below it lies this archive; others on the same host have caches of their own. */
const base = new URL(worker.registration.scope).pathname;

/** @param {Request} request */
async function kept(request) {
  const cache = await caches.open(`regesta ${base}`);
  return cache.match(request, { ignoreSearch: true, ignoreVary: true });
}

/**
 * @param {Request} request
 * @param {Response} response
 */
async function keep(request, response) {
  if (!response.ok || response.redirected) return;
  const copy = response.clone();
  const cache = await caches.open(`regesta ${base}`);
  await cache.put(request.url.replace(/[?#].*/, ""), copy).catch(() => {});
}

/** @param {Request} request */
async function asset(request) {
  const known = await kept(request);
  if (known) return known;
  const response = await fetch(request);
  keep(request, response);
  return response;
}

/** @param {Request} request */
async function page(request) {
  const known = await kept(request);
  const answer = fetch(request);
  if (!known) return answer;
  answer.then((response) => keep(request, response), () => {});
  const late = new Promise((done) => setTimeout(done, PATIENCE, known));
  return /** @type {Promise<Response>} */ (Promise.race([answer, late])).catch(() => known);
}

worker.addEventListener("install", () => worker.skipWaiting());

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || !pathname.startsWith(base)) return;
  if (pathname.startsWith(`${base}assets/`)) event.respondWith(asset(request));
  else if (pathname.endsWith("/")) event.respondWith(page(request));
});
