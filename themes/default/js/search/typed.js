/** What a reader types or pastes, as a query, exactly as generator/regesta/search/typed.py reads it: addresses and TeX become words. */

import { GREEK } from "./tokens.js";

const ADDRESS = /(?:https?:\/\/)?(?:[a-z]+\.)?(?:arxiv|doi)\.org\/[^\s"]+|https?:\/\/[^\s"]+/gi;
const DOI = /10\.[0-9]{4,9}\/[^?#]+/;
const ARXIV = /arxiv\.org\/[a-z]+\/([^?#]+?)(?:v[0-9]+)?(?:\.pdf)?\/?(?:[?#].*)?$/i;
const LAST = /([^/?#]*?)(?:\.[a-z]+)?\/*(?:[?#].*)?$/;

/** "arXiv:2506.01234 [cs.CL]", "arXiv preprint arXiv:2506.01234", "doi:10.1000/1" */
const NAMED = /(^|[^a-z])(?:arxiv preprint )?(?:arxiv|doi):\s*(?=[0-9a-z])/gi;
const SUBJECT = /([0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?)\s+\[[a-z-]+(?:\.[a-z-]+)?\]/gi;

const TEX = /[$\\]|[_^]\{/;
const COMMAND = /\\([A-Za-z]+)\*?\s*/g;
const MARKS = /[${}\\]/g;
const LETTER = new RegExp(`^(?:var)?(${GREEK.join("|")})$`, "i");
const SAID = new Set("arg cos det dim exp inf ker lim ln log max min sin sup tan".split(" "));

const MOST_SHOUTED = 4;
const OPERATOR = /(^|\s)(NOT|OR)(?=\s|$)/g;

/**
 * An address becomes what names the paper in it, and TeX the characters that a page shows. In a text all in capitals, as some write titles,
 * NOT and OR are words.
 * @param {string} text
 */
export function asQuery(text) {
  const plain = text.replace(ADDRESS, namedBy).replace(NAMED, "$1").replace(SUBJECT, "$1");
  const shown = TEX.test(plain) ? plain.replace(COMMAND, (_, name) => command(name)).replace(MARKS, "") : plain;
  const isShouted = shown === shown.toUpperCase() && (shown.match(/\S+/g) ?? []).length > MOST_SHOUTED;
  return isShouted ? shown.replace(OPERATOR, (found) => found.toLowerCase()) : shown;
}

/**
 * The DOI or the arXiv number in an address, else the last part of its path.
 * @param {string} address
 */
function namedBy(address) {
  return address.match(DOI)?.[0] ?? (address.match(ARXIV) ?? address.match(LAST))?.[1] ?? "";
}

/**
 * What is shown for a command of TeX: beta (as β is found), log; nothing for others, such as \mathbb.
 * @param {string} name
 */
function command(name) {
  const greek = name.match(LETTER)?.[1];
  if (greek) return greek.toLowerCase();
  if (name === "infty") return "∞";
  return SAID.has(name) ? ` ${name} ` : "";
}
