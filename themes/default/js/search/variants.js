/** Other spellings of a word: British and American, irregular plurals, versions; exactly as generator/regesta/search/variants.py has them. */

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
  "(mat)(rix|rices)()",
  "(cor|ver)(tex|tices)()",
  "(ind)(ex|ices)()",
  "(.*(?:ba|cri|diagno|oa|ly|the))(sis|ses)()",
  "(corp)(us|ora)()",
  "(automat|criteri|phenomen)(on|a)()",
  "(cal|hal|lea|shel|wol)(f|ves)()",
  "(m)(ouse|ice)()",
  "(chil)(d|dren)()",
  "(wom)(an|en)()",
].map((rule) => new RegExp(`^${rule}$`, "u"));
const PAIRS = [["is", "iz"], ["ys", "yz"], ["our", "or"], ["re", "er"], ["ogue", "og"], ["ence", "ense"], ["ey", "ay"], ["ceptic", "keptic"], ["ef", "if"],
  ["rix", "rices"], ["tex", "tices"], ["ex", "ices"], ["sis", "ses"], ["us", "ora"], ["on", "a"], ["f", "ves"], ["ouse", "ice"], ["d", "dren"], ["an", "en"]];
const OTHER = new Map(PAIRS.flatMap(([a = "", b = ""]) => [[a, b], [b, a]]));

const NUMBER = /^(v?)([0-9]{1,2}(?:\.[0-9]{1,2})?)$/;

/**
 * The other spelling of a word in lower case; "" if it has only one.
 * @param {string} word
 */
export function variant(word) {
  const [, v, number] = word.match(NUMBER) ?? [];
  if (number) return v ? number : `v${number}`;
  const [, before = "", differs = "", after = ""] = RULES.map((rule) => word.match(rule)).find(Boolean) ?? [];
  return differs && before + OTHER.get(differs) + after;
}
