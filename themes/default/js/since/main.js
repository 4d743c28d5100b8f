/** On home: how many papers were added since the reader's last visit, which only the browser itself knows. */

const since = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-since]"));
const script = /** @type {HTMLElement} */ (document.querySelector("script[data-list]"));
const key = `regesta ${script.dataset.list?.replace(/saved\/$/, "")} visit`;

/**
 * The number of papers, and how many were added on each of the latest days: "461 2026-11-21:3 2026-11-20:458".
 * @param {string} text
 */
function counts(text) {
  const [all = "", ...days] = text.split(" ");
  return { all: Number(all), days: new Map(days.map((day) => [day.slice(0, 10), Number(day.slice(11))])) };
}

/**
 * How many papers are new, and on which days they were added.
 * @param {string} before
 * @param {string} now
 */
function added(before, now) {
  const [then, today] = [counts(before), counts(now)];
  const oldest = [...then.days.keys()].pop() ?? "";
  const fresh = [...today.days].map(([day, count]) => /** @type {const} */ ([day, day < oldest ? 0 : count - (then.days.get(day) ?? 0)]));
  const days = fresh.filter(([, count]) => count > 0);
  const isLongAgo = days.length === today.days.size; // more days may be new than are listed
  const sum = days.reduce((sum, [, count]) => sum + count, 0);
  return { count: isLongAgo ? Math.max(sum, today.all - then.all) : sum, days: days.map(([day]) => day) };
}

/** @param {{ day: string, added: string }} visit */
function tell({ day, added: before }) {
  const { since: now = "", one = "", other = "", day: form = "", months = "", changes = "" } = since.dataset;
  const { count, days } = added(before, now);
  const date = new Date(day);
  const language = document.documentElement.lang;
  if (!(count > 0) || Number.isNaN(date.getTime())) return;
  const month = months.split("|")[date.getMonth()] ?? "";
  const words = form.replace("{day}", `${date.getDate()}`).replace("{month}", month);
  const text = new Intl.PluralRules(language).select(count) === "one" ? one : other;
  since.textContent = text.replace("{count}", count.toLocaleString(language)).replace("{day}", words);
  if (days.length > 1) since.href = changes;
  /** @type {HTMLElement} */ (since.parentElement).hidden = false;
}

try {
  const last = sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? "";
  sessionStorage.setItem(key, last); // all that one looks at now is one visit
  localStorage.setItem(key, JSON.stringify({ day: new Date().toISOString(), added: since.dataset.since }));
  if (last) tell(JSON.parse(last));
} catch {
  // the browser keeps nothing, or what it kept is damaged
}
