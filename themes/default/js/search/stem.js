/** Porter's stemmer as in lunr.js, with exactly the same results as in generator/regesta/search/stems.py, which makes the index. */

/** @type {Record<string, string>} */
const DOUBLE_SUFFIXES = {
  ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", bli: "ble", alli: "al", entli: "ent",
  eli: "e", ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al", iveness: "ive", fulness: "ful",
  ousness: "ous", aliti: "al", iviti: "ive", biliti: "ble", logi: "log",
};
/** @type {Record<string, string>} */
const ADJECTIVE_SUFFIXES = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
const LAST_SUFFIXES =
  "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize".split(" ");

/**
 * The stem of a word.
 * @param {string} word in lower case
 */
export function stem(word) {
  if ([...word].length < 3) return word;
  word = uninflected(word);
  if (/.[^aeiou]y$/su.test(word)) word = word.slice(0, -1) + "i";
  word = replaced(replaced(word, DOUBLE_SUFFIXES), ADJECTIVE_SUFFIXES);
  return withoutFinalE(withoutLastSuffix(word));
}

/**
 * A word without the ending of a plural or a participle.
 * @param {string} word
 */
export const uninflected = (word) => withoutParticiple(withoutPlural(word));

/** @param {string} word */
function withoutPlural(word) {
  if (word.endsWith("sses") || word.endsWith("ies")) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** @param {string} word */
function withoutParticiple(word) {
  if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const rest = word.replace(/(ed|ing)$/, "");
  if (rest === word || !hasVowel(rest)) return word;
  if (/(at|bl|iz)$/.test(rest)) return rest + "e";
  if (endsInDouble(rest)) return /[lsz]$/.test(rest) ? rest : rest.slice(0, -1);
  return measure(rest) === 1 && endsShort(rest) ? rest + "e" : rest;
}

/**
 * @param {string} word
 * @param {Record<string, string>} suffixes each with its replacement, used if the beginning is long enough
 */
function replaced(word, suffixes) {
  const suffix = Object.keys(suffixes).find((ending) => word.endsWith(ending));
  if (!suffix) return word;
  const rest = word.slice(0, -suffix.length);
  return measure(rest) > 0 ? rest + suffixes[suffix] : word;
}

/** @param {string} word */
function withoutLastSuffix(word) {
  const suffix = LAST_SUFFIXES.find((ending) => word.endsWith(ending));
  if (!suffix) return word;
  const rest = word.slice(0, -suffix.length);
  if (suffix === "ion" && !/[st]$/.test(rest)) return word;
  return measure(rest) > 1 ? rest : word;
}

/** @param {string} word */
function withoutFinalE(word) {
  const size = measure(word);
  if (word.endsWith("e") && (size > 1 || (size === 1 && !endsShort(word.slice(0, -1))))) word = word.slice(0, -1);
  return word.endsWith("ll") && size > 1 ? word.slice(0, -1) : word;
}

/**
 * "c" for each consonant and "v" for each vowel; y is a vowel after a consonant.
 * @param {string} word
 */
function shape(word) {
  let letters = "";
  for (const letter of word) {
    letters += "aeiou".includes(letter) || (letter === "y" && letters.endsWith("c")) ? "v" : "c";
  }
  return letters;
}

/**
 * How often a vowel is followed by a consonant: Porter's m.
 * @param {string} word
 */
const measure = (word) => shape(word).split("vc").length - 1;

/** @param {string} word */
const hasVowel = (word) => shape(word).includes("v");

/** @param {string} word */
const endsInDouble = (word) => /(.)\1$/su.test(word) && shape(word).endsWith("c");

/**
 * Ends in consonant, vowel, consonant, as "hop" does, and not in w, x or y.
 * @param {string} word
 */
const endsShort = (word) => shape(word).endsWith("cvc") && !/[wxy]$/.test(word);
