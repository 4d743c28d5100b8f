/** On every page: offers to save its papers, marks those that are saved, and shows the way to them once there are any. */

/** Its attributes: the address of the list, that of the module that changes it, and both words of a button. */
const script = /** @type {HTMLElement} */ (document.querySelector("script[data-list]"));

/** @type {Map<HTMLButtonElement, { id: string, title: string }>} */
const buttons = new Map();

/** @type {Promise<{ toggle: Function }> | undefined} */
let code;

/** The module that changes the list, fetched once a button is near to be pressed. */
function load() {
  code ??= import(script.dataset.code ?? "");
  code.catch(() => (code = undefined));
  return code;
}

function mark() {
  const { list, offer = "", done = "" } = script.dataset;
  /** @type {Set<string> | undefined} */
  let ids;
  try {
    ids = new Set(JSON.parse(localStorage.getItem(`regesta ${list}`) ?? "").papers.map((/** @type {{ id: string }} */ paper) => paper.id));
  } catch {
    // nothing is saved, or it cannot be read: the list itself tells
  }
  for (const [button, { id, title }] of buttons) {
    const isSaved = !!ids?.has(id);
    button.ariaPressed = `${isSaved}`;
    button.textContent = isSaved ? done : offer;
    button.ariaLabel = `${button.textContent}: ${title}`;
  }
  for (const link of document.querySelectorAll("[data-saved-link]")) /** @type {HTMLElement} */ (link).hidden = !ids?.size;
}

/**
 * @param {Element} place
 * @param {string} id
 * @param {string} title
 */
function offerAt(place, id, title) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "save";
  button.addEventListener("pointerenter", load);
  button.addEventListener("click", async () => (await load()).toggle(button, id, title));
  buttons.set(button, { id, title });
  place.prepend(button);
  return button;
}

/** In a list a button is no stop of the Tab key: there, S saves the paper whose title has the focus. */
function offerAll() {
  for (const title of document.querySelectorAll(".entry-title a:not([aria-keyshortcuts])")) {
    const [, id] = /\/papers\/([^/]+)\/$/.exec(/** @type {HTMLAnchorElement} */ (title).pathname) ?? [];
    const line = title.closest(".entry")?.querySelector(".entry-line");
    if (!id || !line) continue;
    title.setAttribute("aria-keyshortcuts", "s");
    const button = offerAt(line, id, title.textContent ?? "");
    button.tabIndex = -1;
    title.addEventListener("keydown", (event) => {
      const { key, altKey, ctrlKey, metaKey } = /** @type {KeyboardEvent} */ (event);
      if (key === "s" && !altKey && !ctrlKey && !metaKey) button.click();
    });
  }
  mark();
}

const paper = /** @type {HTMLElement | null} */ (document.querySelector("[data-save]"));
if (paper) {
  offerAt(paper, paper.dataset.id ?? "", paper.dataset.title ?? "");
  paper.hidden = false;
}
if (location.pathname !== script.dataset.list) offerAll();
addEventListener("storage", mark);
addEventListener("pageshow", mark);

const found = document.querySelector(".search-found");
if (found) {
  new MutationObserver((changes) => {
    if (!changes.some(({ target }) => target.nodeName === "OL")) return;
    for (const button of buttons.keys()) if (!button.isConnected) buttons.delete(button);
    offerAll();
  }).observe(found, { childList: true, subtree: true });
}
