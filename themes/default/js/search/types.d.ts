/** The values that pass between the modules of the search. Only the type checker reads this file. */

import type { Terms } from "./terms.js";

/** search/manifest.json, as generator/regesta/outputs/search.py writes it. */
export interface Manifest {
  format: number;
  stopWords: string[];
  fields: string[];
  documents: number;
  /** For each field, how many terms it has in all papers. */
  lengths: number[];
  shardSize: number;
  borders: string[];
  blocks: string[];
  shards: string[];
}

/** Fetch a file of the index: its text, or `Gone` if there is none, or another error if it cannot be had. */
export type Read = (name: string, fresh?: boolean) => Promise<string>;

export interface Term {
  term: string;
  /** For each field: paper, frequency, length of the field, paper, …, by rising paper. */
  postings: number[][];
}

/** Forbidden, welcome, required. */
export type Presence = -1 | 0 | 1;

/** One word of a query. */
export interface Clause {
  word: string;
  /** The word, stemmed; "" for a stop word. */
  term: string;
  /** Whether longer words are meant as well: no, yes (word*), or perhaps, as it may still be being typed. */
  end: "closed" | "open" | "growing";
  /** Where to look, as positions in the manifest's list. */
  fields: number[];
  presence: Presence;
}

/** What a query is read with. */
export interface Language {
  fields: string[];
  stopWords: Set<string>;
  /** Whether only a + requires a word, and the last word is complete. */
  asLunr: boolean;
}

/** A clause, with what the index has for it. */
export interface Wanted {
  terms: { term: Term; boost: number }[];
  fields: number[];
  presence: Presence;
}

/** What scores are worked out from, besides the postings. */
export interface Statistics {
  documents: number;
  lengths: number[];
  /** For each field, what a term in it is worth. */
  boosts: number[];
}

export interface Hit {
  /** The paper's number. */
  paper: number;
  score: number;
  /** How many clauses it fulfils. */
  words: number;
}

/** What a result shows. */
export interface Paper {
  url: string;
  title: string;
  year: string;
  date: string;
  tags: string[];
  snippet: string;
  score: number;
}

export interface Answer {
  /** Whether the query has anything to search for. */
  asked: boolean;
  /** How many papers were found. */
  total: number;
  /** The first of them, best first. */
  papers: Paper[];
  /** Whether a text has a word that was searched for. */
  matches: (text: string) => boolean;
}

/** The best `count` papers for a query. */
export type Search = (text: string, count: number) => Promise<Answer>;

/** How a query is understood and its hits are ordered. */
export interface Ranking {
  /** Whether a query is read as lunr.js reads it. */
  asLunr: boolean;
  titleBoost: number;
  wants: (clauses: Clause[], terms: Terms) => Promise<Wanted[]>;
  sort: (hits: Hit[]) => Hit[];
}
