/** From a query to the papers that answer it. Knows nothing of the page, nor of where the files come from. */

import { parse } from "./query.js";
import { byMatchedWords } from "./ranking.js";
import { hits } from "./score.js";
import { Terms } from "./terms.js";
import { terms as termsOf } from "./tokens.js";
import { Gone, remembered } from "./transport.js";

/** @import {Answer, Hit, Manifest, Paper, Ranking, Read, Search} from "./types" */

const FORMAT = 1;

/**
 * A search in the index that `read` reads, from the first query on. It rejects if the index cannot be read.
 * @param {Read} read
 * @param {Ranking} [ranking]
 * @returns {Search}
 */
export function searchOver(read, ranking = byMatchedWords) {
  /** @type {Promise<Index> | undefined} */
  let index;
  const open = (fresh = false) => {
    index = Index.open(read, ranking, fresh);
    index.catch(() => (index = undefined));
    return index;
  };
  return async (text, count) => {
    try {
      return await (await (index ?? open())).answer(text, count);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      return (await open(true)).answer(text, count); // the site was published anew since the manifest was read
    }
  };
}

class Index {
  /**
   * @param {Read} read
   * @param {Ranking} ranking
   * @param {boolean} fresh
   */
  static async open(read, ranking, fresh) {
    const manifest = JSON.parse(await read("manifest.json", fresh));
    if (manifest.format !== FORMAT) throw new Error(`search index: unknown format ${manifest.format}`);
    return new Index(manifest, remembered(read), ranking);
  }

  /**
   * @param {Manifest} manifest
   * @param {Read} read
   * @param {Ranking} ranking
   */
  constructor(manifest, read, ranking) {
    this.manifest = manifest;
    this.read = read;
    this.ranking = ranking;
    this.terms = new Terms(manifest, read);
    this.stopWords = new Set(manifest.stopWords);
  }

  /**
   * @param {string} text
   * @param {number} count
   * @returns {Promise<Answer>}
   */
  async answer(text, count) {
    const { manifest, ranking, stopWords } = this;
    const clauses = parse(text, { ...manifest, stopWords, asLunr: ranking.asLunr });
    const wanted = await ranking.wants(clauses, this.terms);
    const boosts = manifest.fields.map((field) => (field === "title" ? ranking.titleBoost : 1));
    const found = clauses.length ? ranking.sort(hits(wanted, { ...manifest, boosts })) : [];
    const searched = wanted.filter(({ presence }) => presence >= 0).flatMap(({ terms }) => terms.map(({ term }) => term.term));
    return {
      asked: clauses.length > 0,
      total: found.length,
      papers: await Promise.all(found.slice(0, count).map((hit) => this.paper(hit))),
      matches: (part) => termsOf(part, stopWords).some((term) => searched.includes(term)),
    };
  }

  /**
   * @param {Hit} hit
   * @returns {Promise<Paper>}
   */
  async paper({ paper, score }) {
    const { shards, shardSize } = this.manifest;
    const place = paper % shardSize;
    const shard = JSON.parse(await this.read(`${shards[(paper - place) / shardSize]}.json`));
    const [url, title, year, date, tags, snippet] = shard[place];
    return { url, title, year, date, tags, snippet, score };
  }
}
