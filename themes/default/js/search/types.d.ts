/** The values that pass between the modules of the search. Only the type checker reads this file. */

/** The blocks that hold a table's lines, as generator/regesta/search/blocks.py writes them. */
export interface Blocks {
  borders: string[];
  /** The names of the blocks, one after the other. */
  blocks: string;
}

/** A layer of the index: search/<folder>/manifest.json. */
export interface LayerManifest {
  folder: string;
  documents: number;
  /** For each field, the number of terms in all papers. */
  lengths: number[];
  terms: Blocks;
  /** The numbers of its papers: how many follow one another before some are left out; then comes a multiple of `group`. */
  runs: string;
  group: number;
  shardSize: number;
  /** The names of the shards, one after the other; blank if all numbers of the shard were left out. */
  shards: string;
  /** Files that few queries need. */
  more: { places: string; words: string; endings: string };
}

/** search/manifest.json. */
export interface Manifest {
  format: number;
  stopWords: string;
  fields: string[];
  /** The base, and perhaps the papers added since. */
  layers: LayerManifest[];
  /** How to interleave the two layers: for each recent paper, the number of base papers between it and the recent paper before it. */
  between: string;
}

/** Fetch a file of the index and return its text. Throws `Gone` if the file does not exist, another error if it cannot be fetched. */
export type Read = (name: string, fresh?: boolean) => Promise<string>;

/** What the index knows of a term. */
export interface Term {
  term: string;
  /** For each field: paper, frequency, length of the field (0 in abstracts: not known), paper, … */
  postings: number[][];
  /** The number of fields that have it, over all papers. */
  holders: number;
}

/** Forbidden, welcome, required. */
export type Sign = -1 | 0 | 1;

/** A part of a query as typed; the name is that of a field, in lower case. */
export interface Chunk {
  sign: Sign;
  name: string;
  value: string;
  isQuoted: boolean;
}

/** A part of a query: a word, a phrase, a name, or several of these with OR between them. */
export type Clause = WordClause | PhraseClause | NameClause | AnyClause;

export interface AnyClause {
  kind: "any";
  sign: Sign;
  clauses: Clause[];
}

export interface WordClause {
  kind: "word";
  sign: Sign;
  /** As the reader wrote it. */
  word: string;
  /** The terms that the word may have in the index: its stem, and the stem of both halves joined (pre-training). */
  terms: string[];
  /** The first letter, if the word may be the initials of a person. */
  initial?: string;
  /** Whether longer words match as well: no, yes (word*), or perhaps, because the reader may still be typing. */
  end: "closed" | "open" | "growing";
  /** The fields to search, as positions in the manifest's list. */
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
  /** The kind of name: tag, collection, year, has. */
  field: string;
  from: string;
  to: string;
  /** What to search for if there is no such name. */
  otherwise: Clause[];
}

/** What the query parser needs to know of the index. */
export interface Language {
  fields: string[];
  stopWords: Set<string>;
}

export interface Weighted {
  term: Term;
  boost: number;
  /** Whether a paper, or its title, has the word as typed; others have a word with the same stem. */
  isTyped?: ((paper: number, inTitle: boolean) => boolean) | undefined;
}

/** A term, and how many words before a name it may stand: at most, and at least; it may also stand directly behind it. */
export interface Beside {
  term: string;
  least: number;
  most: number;
}

/** A clause with its terms from the index. */
export interface Wanted {
  sign: Sign;
  fields: number[];
  terms: Weighted[];
  /** The only papers that match, if the terms alone do not decide it. */
  papers?: Set<number>;
  /** The first letter, if the word may be the initials of a person. */
  initial?: string;
  /** The only papers that match in one field. */
  within?: { field: number; papers: Set<number> };
  /** Papers that have this word and another one of the query in one person's name. */
  together?: Set<number>;
  /** A word that may be misspelt, because few papers have it. */
  doubtful?: WordClause;
  instead?: Instead;
  /** Of which one is enough, instead of terms. */
  any?: Wanted[];
}

/** A word that no paper has, and the words that were searched for instead; or, if few papers have it, as well. */
export interface Instead {
  word: string;
  by: string[];
  isKnown?: boolean;
}

/** What the scores are computed from, besides the postings. */
export interface Statistics {
  documents: number;
  /** For each field, the average number of terms per paper. */
  averages: number[];
  /** The weight of a term in the title. */
  title: { field: number; boost: number };
}

/** The numbers of the papers that were found. */
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

/** A filter that would narrow the query: `field:value`. */
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
  /** Whether the query is complete, so that the last word does not also find longer ones. */
  isWhole?: boolean;
}

export interface Answer {
  /** Whether the query has anything to search for. */
  asked: boolean;
  /** Whether all of its words are stop words. */
  tooCommon: boolean;
  /** The number of papers that match the whole query. */
  total: number;
  /** The number of papers that match a part of it; they are listed after the others. */
  near: number;
  /** The first papers of both kinds. */
  papers: Paper[];
  instead: Instead[];
  /** The parts of the query that a text without spaces has, by their numbers. */
  partsIn: (text: string) => number[];
  /** What the papers have in common, most frequent first. */
  facets: () => Promise<Facet[]>;
}

export type Search = (asked: Asked) => Promise<Answer>;
