/** The service worker of an archive that no longer lets readers save papers: it removes itself and the pages that were kept. */

/** @import {Scope} from "./types" */

const worker = /** @type {Scope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => worker.skipWaiting());

worker.addEventListener("activate", (event) => {
  const base = new URL(worker.registration.scope).pathname;
  event.waitUntil(Promise.all([caches.delete(`regesta ${base}`), worker.registration.unregister()]));
});
