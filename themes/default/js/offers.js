/** What the pop-up offers besides papers: the reader's last queries, kept in this browser only, the ways in, and tags and collections. */

const MOST_RECENT = 5;
const MOST_NAMES = 2;

/** @param {HTMLElement} page the content of the search page; sites on one host keep their queries apart */
const key = (page) => `searched ${page.dataset.base}`;

/**
 * The last queries, the newest first.
 * @param {HTMLElement} page
 * @returns {string[]}
 */
function recent(page) {
  try {
    return [JSON.parse(localStorage.getItem(key(page)) ?? "[]")].flat().map(String).slice(0, MOST_RECENT);
  } catch {
    return []; // nothing may be stored, or somebody else has written there
  }
}

/**
 * Keep a query that was followed.
 * @param {HTMLElement} page
 * @param {string} query
 */
export function remember(page, query) {
  const words = query.trim();
  if (!words) return;
  try {
    localStorage.setItem(key(page), JSON.stringify([words, ...recent(page).filter((other) => other !== words)]));
  } catch {
    // nothing may be stored
  }
}

/**
 * Returns a function that makes the options for what is typed.
 * @param {HTMLElement} page
 * @param {HTMLElement} dialog
 * @param {() => void} renew shows the options anew
 */
export function offers(page, dialog, renew) {
  const part = (/** @type {string} */ name) => page.querySelector(`[data-part=${name}]`);
  const template = /** @type {HTMLTemplateElement} */ (part("offer"));
  const names = [.../** @type {HTMLTemplateElement} */ (part("names")).content.querySelectorAll("a")];
  const ways = [...(part("ways")?.querySelectorAll("a") ?? [])];
  const forget = /** @type {HTMLElement} */ (dialog.querySelector("[data-part=forget]"));
  forget.addEventListener("click", () => {
    localStorage.removeItem(key(page));
    renew();
  });
  const made = (/** @type {{ textContent: string | null, title: string, href: string }} */ { textContent, title, href }) => {
    const offer = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
    offer.dataset.href = href;
    offer.querySelector("[data-fill=label]")?.append(textContent ?? "");
    offer.querySelector("[data-fill=kind]")?.append(title);
    return offer;
  };
  const search = (/** @type {string} */ words) =>
    ({ textContent: words, title: template.dataset.recent ?? "", href: `${page.dataset.place}?${new URLSearchParams({ q: words })}` });
  return (/** @type {string} */ typed) => {
    const queries = typed.trim() ? [] : recent(page);
    forget.hidden = !queries.length;
    return (typed.trim() ? named(names, typed) : [...queries.map(search), ...ways]).map(made);
  };
}

/**
 * The first names in which each typed word begins a word.
 * @param {HTMLAnchorElement[]} names
 * @param {string} typed
 */
function named(names, typed) {
  const wanted = wordsOf(typed);
  const begins = (/** @type {string[]} */ words) => wanted.every((start) => words.some((word) => word.startsWith(start)));
  return typed.trim().length < 2 ? [] : names.filter(({ textContent }) => begins(wordsOf(textContent ?? ""))).slice(0, MOST_NAMES);
}

/** @param {string} text */
const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}:"]+/gu) ?? [];
