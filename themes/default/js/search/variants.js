/** British and American spellings of a word, exactly as generator/regesta/search/variants.py has them. */

const OUR =
  "arb|ard|arm|behavi|cand|clam|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|splend|tum|val|vap|vig";

/** What comes before, what differs, and what follows. */
const RULES = [
  "(.{3,})(is|iz)(e[drs]?|ers|ing|ations?|able)",
  "(.{2,})(ys|yz)(e[drs]?|ers|ing)",
  `(.*(?:${OUR}))(our|or)(.*)`,
  "(cent|fib|calib|lust|spect|theat|(?:centi|kilo|milli|nano)?met)(re|er)(s?)",
  "(.*[ao]l)(ogue|og)(s?)",
  "(def|off|lic|pret)(ence|ense)(s?|less)",
  "(gr)(ey|ay)(.*)",
  "(s)(ceptic|keptic)(.*)",
  "(art)(ef|if)(acts?)",
].map((rule) => new RegExp(`^${rule}$`, "u"));
const PAIRS = [["is", "iz"], ["ys", "yz"], ["our", "or"], ["re", "er"], ["ogue", "og"], ["ence", "ense"], ["ey", "ay"], ["ceptic", "keptic"], ["ef", "if"]];
const OTHER = new Map(PAIRS.flatMap(([a = "", b = ""]) => [[a, b], [b, a]]));

/**
 * The other spelling of a word in lower case; "" if it has only one.
 * @param {string} word
 */
export function variant(word) {
  const [, before = "", differs = "", after = ""] = RULES.map((rule) => word.match(rule)).find(Boolean) ?? [];
  return differs && before + OTHER.get(differs) + after;
}
