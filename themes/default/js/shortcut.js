/** On every page a slash, Ctrl-K, the link to the search and the way back from it open it as a pop-up, which is fetched only then. */

const { module = "", sheet = "", page = "" } = /** @type {HTMLElement} */ (document.querySelector("script[data-module]")).dataset;

/** @type {Promise<{ open: (typed: string) => void }> | undefined} */
let popUp;

/** @type {string | undefined} What is typed until it is there; undefined if it is not awaited. */
let typed = history.state?.words;

/** Wait for the style sheet of the search. */
function styled() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = sheet;
  return new Promise((done, failed) => {
    Object.assign(link, { onload: done, onerror: failed });
    document.head.append(link);
  });
}

async function fetched() {
  const request = new XMLHttpRequest();
  request.open("GET", page);
  request.responseType = "document"; // trusted types let only the browser itself parse a page
  request.send();
  try {
    const parsed = new Promise((done) => (request.onloadend = done));
    const [search] = await Promise.all([import(module), parsed, styled()]);
    return search.popUp(request.response.querySelector("[data-search]"));
  } finally {
    request.abort(); // if the module is lost: browsers let the page of the search wait for a request of the same address
  }
}

/** @param {Event} event */
async function search(event) {
  event.preventDefault();
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("main .search-form input"));
  if (field) return field.focus(), field.select();
  typed ??= "";
  try {
    const opened = await (popUp ??= fetched());
    opened.open(typed);
  } catch {
    location.assign(page);
  }
  typed = undefined;
}

addEventListener("keydown", (event) => {
  const { target, key, altKey, ctrlKey, metaKey, isComposing } = event;
  const command = ctrlKey || metaKey;
  const writes = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  if (typed !== undefined && !command && !altKey && [...key].length === 1) {
    typed += key;
    event.preventDefault();
  } else if (!altKey && !isComposing && (command ? key === "k" : key === "/" && !writes)) search(event);
});

if (typed) search(new Event(""));

for (const link of document.querySelectorAll("a[data-search-link]")) {
  link.addEventListener("click", (event) => {
    const { button, altKey, ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    if (!button && !altKey && !ctrlKey && !metaKey && !shiftKey && location.pathname !== page) search(event);
  });
}
