/** A layer of the index: some of the papers, with their own numbers in its files. */

import { numbersIn } from "./digits.js";
import { Table } from "./table.js";

/** @import {Blocks, LayerManifest, Read} from "./types" */

const SHARD_NAME = 4;
const ABSTRACT = 1;

/** Terms in a title of stop words, for its weight. */
const TITLE_OF_STOP_WORDS = 0.5;

export class Layer {
  /**
   * @param {LayerManifest} manifest
   * @param {Read} read
   * @param {number[]} numbers each paper's number in the whole index, by its number in the layer
   */
  constructor(manifest, read, numbers) {
    this.manifest = manifest;
    /** @type {Read} */
    this.read = (name) => read(`${manifest.folder}/${name}`);
    this.numbers = numbers;
    this.terms = this.tableOf("terms", manifest.terms);
  }

  /**
   * A table that few queries need.
   * @param {"places" | "words" | "endings"} name
   */
  async table(name) {
    return this.tableOf(name, JSON.parse(await this.read(this.manifest.more[name])));
  }

  /**
   * @param {string} folder
   * @param {Blocks} blocks
   */
  tableOf(folder, blocks) {
    return new Table(blocks, (name) => this.read(`${folder}/${name}`));
  }

  /**
   * What a result shows of a paper.
   * @param {number} paper its number in this layer
   */
  async shown(paper) {
    const { shardSize, shards } = this.manifest;
    const shard = Math.floor(paper / shardSize);
    const name = `shown/${shard}-${shards.slice(shard * SHARD_NAME, (shard + 1) * SHARD_NAME)}.json`;
    return JSON.parse(await this.read(name))[paper % shardSize];
  }

  /**
   * The papers of a term, by field: paper, frequency, length of the field, paper, …
   * @param {string} line
   */
  postings(line) {
    return line.split("\t").slice(1).map((digits, field) => {
      const numbers = numbersIn(digits);
      const postings = [];
      let paper = 0;
      for (let i = 0; i < numbers.length; i++) {
        const step = numbers[i] ?? 0;
        paper += step >> 1;
        const frequency = step & 1 ? (numbers[++i] ?? 1) : 1;
        postings.push(this.numbers[paper] ?? 0, frequency, field === ABSTRACT ? 0 : numbers[++i] || TITLE_OF_STOP_WORDS);
      }
      return postings;
    });
  }

  /**
   * The papers of a name, and whether the title has it.
   * @param {string} line
   * @returns {[paper: number, isInTitle: boolean][]}
   */
  named(line) {
    let paper = 0;
    return numbersIn(line.split("\t")[1] ?? "").map((step) => [this.numbers[(paper += step >> 1)] ?? 0, step % 2 > 0]);
  }
}
