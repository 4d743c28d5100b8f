/**
 * Answers as lunr.js gives them over a whole index, out of our files: its own query parser and expansion of terms, our postings, lengths
 * and weights. It holds the index, and how it is read, to lunr's scores.
 */

import { createRequire } from "node:module";
import { Index } from "../../themes/default/js/search/index.js";
import { idf, weight } from "../../themes/default/js/search/score.js";
import { termOf } from "../../themes/default/js/search/tokens.js";
import { cases } from "./index.mjs";

export const lunr = createRequire(import.meta.url)("lunr");

const { REQUIRED, PROHIBITED } = lunr.Query.presence;
const ABSTRACT = 1;
const NO_STOP_WORDS = new Set();

/** A search in the index that `read` reads, which gives `{ref, score}` for each paper as `lunr.Index.search` does. */
export async function plainSearch(read) {
  const index = await Index.open(read, false);
  const all = (await index.termsBeginning("")).map(({ term }) => term).filter((term) => !term.startsWith(":")).sort();
  const ids = await Promise.all(Array.from({ length: index.documents }, async (_, paper) => (await index.shown(paper))[0]));
  const terms = new Map(cases.papers.map(({ id, length }) => [id, length]));
  const lengths = ids.map((id) => terms.get(id)); // the number of terms in each abstract
  const known = { index, terms: lunr.TokenSet.fromArray(all), order: new Map(all.map((term, i) => [term, i])), lengths, ids };
  return (text) => search(text, known);
}

async function search(text, known) {
  const query = new lunr.Query(known.index.fields);
  new lunr.QueryParser(text, query).parse();
  const found = { places: new Set(), vectors: new Map(), required: [], forbidden: new Set(), terms: new Map() };
  for (const clause of query.clauses) await meet(clause, known, found);
  return scored(query, known, found);
}

/** Note where a clause occurs. A place is a field of a paper. */
async function meet(clause, { index, terms }, found) {
  const { fields } = index;
  const term = clause.usePipeline ? termOf(clause.term, NO_STOP_WORDS) : clause.term;
  const papers = new Set();
  for (const one of terms.intersect(lunr.TokenSet.fromClause({ ...clause, term })).toArray()) {
    const made = sorted(await index.term(one));
    found.terms.set(one, made);
    for (const name of clause.fields) {
      const field = fields.indexOf(name);
      const there = papersOf(made, field);
      for (const paper of there) (clause.presence === PROHIBITED ? found.forbidden : papers).add(paper);
      if (clause.presence === PROHIBITED) continue;
      const vector = found.vectors.get(field) ?? new Map();
      found.vectors.set(field, vector.set(one, (vector.get(one) ?? 0) + clause.boost));
      for (const paper of there) found.places.add(`${field}/${paper}`);
    }
  }
  if (clause.presence === REQUIRED) found.required.push(papers);
}

function scored(query, known, found) {
  const { index, ids } = known;
  const similarities = new Map([...found.vectors].map(([field, vector]) => [field, similarity(field, vector, known, found)]));
  const scores = new Map();
  const every = () => ids.map((_, paper) => `0/${paper}`);
  for (const place of query.isNegated() ? every() : found.places) {
    const [field, paper] = place.split("/").map(Number);
    if (found.forbidden.has(paper) || !found.required.every((papers) => papers.has(paper))) continue;
    scores.set(paper, (scores.get(paper) ?? 0) + (similarities.get(field)?.get(paper) ?? 0));
  }
  return [...scores].map(([paper, score]) => ({ ref: ids[paper], score })).sort((a, b) => b.score - a.score);
}

/** How similar a field of each paper is to the query: the weights of its terms, over the length of the query's vector. */
function similarity(field, vector, { index, order, lengths }, found) {
  const entries = [...vector].sort(([a], [b]) => order.get(a) - order.get(b));
  const magnitude = Math.sqrt(entries.reduce((sum, [, boost]) => sum + boost * boost, 0));
  const sums = new Map();
  for (const [term, boost] of entries) {
    const made = found.terms.get(term);
    const postings = made.postings[field];
    for (let i = 0; i < postings.length; i += 3) {
      const [paper, frequency, shown] = postings.slice(i, i + 3);
      const length = field === ABSTRACT ? lengths[paper] : shown;
      const full = weight(idf(made, index.documents), frequency, length, index.averages[field]);
      sums.set(paper, (sums.get(paper) ?? 0) + (Math.round(full * 1000) / 1000) * boost);
    }
  }
  return new Map([...sums].map(([paper, sum]) => [paper, sum / magnitude || 0]));
}

const papersOf = ({ postings }, field) => postings[field].filter((_, i) => i % 3 === 0);

/** A term with the papers of all layers in the order of their numbers. */
function sorted(term) {
  const postings = term.postings.map((numbers) => {
    const triples = Array.from({ length: numbers.length / 3 }, (_, i) => numbers.slice(3 * i, 3 * i + 3));
    return triples.sort(([a], [b]) => a - b).flat();
  });
  return { ...term, postings };
}

