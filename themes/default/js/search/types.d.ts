/** The values that pass between the modules of the search. Only the type checker reads this file. */

/** Where lines stand, as generator/regesta/search/blocks.py writes it. */
export interface Blocks {
  borders: string[];
  /** Names, one after the other. */
  blocks: string;
}

/** A layer of the index: search/<folder>/manifest.json. */
export interface LayerManifest {
  folder: string;
  documents: number;
  /** For each field, how many terms it has in all papers. */
  lengths: number[];
  terms: Blocks;
  shardSize: number;
  shards: string;
  /** Files that few queries need, by what they hold. */
  more: { places: string; words: string; endings: string; lengths: string };
}

/** search/manifest.json. */
export interface Manifest {
  format: number;
  stopWords: string;
  fields: string[];
  /** The base, and perhaps the papers added since. */
  layers: LayerManifest[];
  /** How the numbers of two layers become one: for each recent paper, how many of the base come before it since the last. */
  between: string;
}

/** Fetch a file of the index: its text, or `Gone` if there is none, or another error if it cannot be had. */
export type Read = (name: string, fresh?: boolean) => Promise<string>;

/** What the index knows of a term. */
export interface Term {
  term: string;
  /** For each field: paper, frequency, length of the field (0 in abstracts: not known), paper, … */
  postings: number[][];
  /** In how many fields of papers it stands. */
  holders: number;
}

/** Forbidden, welcome, required. */
export type Sign = -1 | 0 | 1;

/** A part of a query: a word, words side by side, or a name. */
export type Clause = WordClause | PhraseClause | NameClause;

export interface WordClause {
  kind: "word";
  sign: Sign;
  /** As written. */
  word: string;
  /** What the word may be in the index: its stem, and the one word that it is half of (pre-training). */
  terms: string[];
  /** Whether longer words are meant as well: no, yes (word*), or perhaps, as it may still be being typed. */
  end: "closed" | "open" | "growing";
  /** Where to look, as positions in the manifest's list. */
  fields: number[];
}

export interface PhraseClause {
  kind: "phrase";
  sign: Sign;
  terms: { term: string; offset: number }[];
  fields: number[];
}

export interface NameClause {
  kind: "name";
  sign: Sign;
  /** What comes first in a name: tag, collection, year, has. */
  field: string;
  from: string;
  to: string;
  /** What is looked for if there is no such name. */
  otherwise: Clause[];
}

/** What a query is read with. */
export interface Language {
  fields: string[];
  stopWords: Set<string>;
}

/** A clause, with what the index has for it. */
export interface Wanted {
  sign: Sign;
  fields: number[];
  terms: { term: Term; boost: number }[];
  /** The only papers that fulfil it, if the terms do not say all. */
  papers?: Set<number>;
  /** A word that may be a mistake, since few papers have it. */
  doubtful?: WordClause;
  instead?: Instead;
}

/** A word that no paper has, and the words that stood for it. */
export interface Instead {
  word: string;
  by: string[];
}

/** What scores are worked out from, besides the postings. */
export interface Statistics {
  documents: number;
  /** For each field, how many terms it has in the average paper. */
  averages: number[];
  /** What a term in the title counts. */
  title: { field: number; boost: number };
}

/** The papers that were found, by their numbers. */
export interface Found {
  answers: number[];
  near: number[];
  scores: Float64Array;
}

/** What a result shows. */
export interface Paper {
  url: string;
  title: string;
  year: string;
  date: string;
  people: string;
  tags: string[];
  status: string;
  snippet: string;
  score: number;
}

/** A part of a query that would narrow it: `field:value`. */
export interface Facet {
  field: string;
  value: string;
  label: string;
  count: number;
}

export interface Asked {
  text: string;
  count: number;
  byDate?: boolean;
  /** Whether it is typed to its end: the last word is no beginning of longer ones. */
  isWhole?: boolean;
}

export interface Answer {
  /** Whether the query has anything to search for. */
  asked: boolean;
  /** Whether it has words, but none that is searched for. */
  tooCommon: boolean;
  /** How many papers have all that is asked for. */
  total: number;
  /** How many have some of it; they are listed after the others. */
  near: number;
  /** The first of both. */
  papers: Paper[];
  instead: Instead[];
  /** Whether a text has a word that was searched for. */
  matches: (text: string) => boolean;
  /** What the papers have in common, most frequent first. */
  facets: () => Promise<Facet[]>;
}

export type Search = (asked: Asked) => Promise<Answer>;
