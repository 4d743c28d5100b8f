/** A saved paper as it is kept, written to files and put into links. */

/**
 * `about` is who wrote it, where and when it came out; `saved` is a moment as in `2026-12-01T09:30:00.000Z`.
 * @typedef {{ id: string, title: string, about: string, saved: string, read: boolean, note: string }} Saved
 */

/** As the generator makes ids: content/paper.py. */
const ID = /^[a-z0-9][a-z0-9._-]{0,79}$/;

/** The most characters of each. */
const TITLE = 1000;
const ABOUT = 300;
const NOTE = 20_000;

/**
 * @param {string} id
 * @param {string} title
 * @returns {Saved}
 */
export const newPaper = (id, title) => ({ id, title, about: "", saved: new Date().toISOString(), read: false, note: "" });

/**
 * The papers in what was kept, imported or sent, whoever made it; undefined if it is not a list of papers.
 * @param {unknown} data
 */
export function papersOf(data) {
  const list = Array.isArray(data) ? data : Object(data).papers;
  return Array.isArray(list) ? merged([], list.flatMap(paperOf)) : undefined;
}

/**
 * @param {unknown} value
 * @returns {Saved[]}
 */
function paperOf(value) {
  const { id, title, about, saved, read, note } = Object(value);
  if (typeof id !== "string" || !ID.test(id)) return [];
  return [{ id, title: text(title, TITLE) || id, about: text(about, ABOUT), saved: moment(saved), read: read === true, note: text(note, NOTE) }];
}

/**
 * @param {unknown} value
 * @param {number} most
 */
const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");

/** @param {unknown} value */
function moment(value) {
  const time = Date.parse(String(value));
  return new Date(Number.isNaN(time) ? Date.now() : time).toISOString();
}

/**
 * Both lists as one; nothing of either is lost.
 * @param {Saved[]} mine
 * @param {Saved[]} others
 */
export function merged(mine, others) {
  const papers = new Map(mine.map((paper) => [paper.id, paper]));
  for (const other of others) {
    const own = papers.get(other.id);
    papers.set(other.id, own ? joined(own, other) : other);
  }
  return [...papers.values()];
}

/**
 * @param {Saved} own
 * @param {Saved} other
 * @returns {Saved}
 */
const joined = (own, other) => ({
  id: own.id,
  title: own.title === own.id ? other.title : own.title,
  about: own.about || other.about,
  saved: own.saved < other.saved ? own.saved : other.saved,
  read: own.read || other.read,
  note: bothNotes(own.note, other.note),
});

/**
 * @param {string} own
 * @param {string} other
 */
function bothNotes(own, other) {
  if (own.includes(other)) return own;
  return other.includes(own) ? other : `${own}\n\n${other}`;
}
