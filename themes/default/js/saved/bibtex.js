/** Reads as much of a BibTeX file as it takes to find its papers in this archive. */

/** @typedef {{ key: string, title: string, addresses: string }} Entry */

/** Accents and commands, of which the letters stay; what is left is compared by letters and digits only. */
const COMMAND = /\\(?:[A-Za-z]+|.)|[{}$~]/gs;

/**
 * @param {string} text
 * @returns {Entry[]}
 */
export function entriesIn(text) {
  return [...text.matchAll(/@(\w+)\s*[{(]\s*([^\s,{}()"]*)\s*,/g)]
    .filter(([, kind = ""]) => !/^(?:comment|preamble|string)$/i.test(kind))
    .map((match) => {
      const fields = fieldsFrom(text, match.index + match[0].length);
      const addresses = ["url", "doi", "eprint", "howpublished", "note"].map((name) => fields.get(name) ?? "");
      return { key: match[2] ?? "", title: (fields.get("title") ?? "").replace(COMMAND, ""), addresses: addresses.join(" ") };
    });
}

/**
 * The fields of an entry by name, in lower case.
 * @param {string} text
 * @param {number} start
 */
function fieldsFrom(text, start) {
  /** @type {Map<string, string>} */
  const fields = new Map();
  const name = /\s*([\w-]+)\s*=\s*/y;
  for (name.lastIndex = start; ; ) {
    const match = name.exec(text);
    if (!match) return fields;
    const end = endOfValue(text, name.lastIndex);
    const value = text.slice(name.lastIndex, end).trim();
    fields.set((match[1] ?? "").toLowerCase(), value.replace(/^[{"]|[}"]$/g, ""));
    name.lastIndex = end + 1;
  }
}

/**
 * Where a value ends: at the comma or the bracket that no brace and no quote hold.
 * @param {string} text
 * @param {number} start
 */
function endOfValue(text, start) {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const letter = text[i];
    if (letter === "\\") i++;
    else if (letter === "{") depth++;
    else if (letter === "}" && depth-- === 0) return i;
    else if (letter === '"' && !depth) quoted = !quoted;
    else if ((letter === "," || letter === ")") && !depth && !quoted) return i;
  }
  return text.length;
}
