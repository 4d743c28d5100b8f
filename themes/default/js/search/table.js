/** A table of lines in blocks; only blocks that may have the wanted line are fetched. */

/** @import {Blocks, Read} from "./types" */

const BLOCK_NAME = 6;

export class Table {
  /**
   * @param {Blocks} blocks
   * @param {Read} read
   */
  constructor({ borders, blocks }, read) {
    this.borders = borders;
    this.blocks = blocks;
    this.read = read;
    /** @type {Map<number, Promise<string[]>>} */
    this.known = new Map();
  }

  /**
   * The line of a word.
   * @param {string} word
   */
  async find(word) {
    return (await this.lines(this.blockOf(word))).find((line) => line === word || line.startsWith(`${word}\t`));
  }

  /**
   * The lines that start with `beginning`; none if they fill more blocks than `most`.
   * @param {string} beginning
   * @param {number} [most]
   */
  async beginningWith(beginning, most = Infinity) {
    let block = this.blockOf(beginning);
    const found = [block];
    while (this.borders[++block]?.startsWith(beginning)) found.push(block);
    if (found.length > most) return [];
    const lines = await Promise.all(found.map((block) => this.lines(block)));
    return lines.flat().filter((line) => line.startsWith(beginning));
  }

  /**
   * The only block that may have a word: the last one with a border that does not sort after it; -1 if all borders do.
   * @param {string} word
   */
  blockOf(word) {
    let [low, high] = [0, this.borders.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.borders[middle] ?? "") > word) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  }

  /** @param {number} block */
  lines(block) {
    const known = this.known.get(block) ?? this.fetched(block);
    this.known.set(block, known);
    known.catch(() => this.known.delete(block));
    return known;
  }

  /**
   * @param {number} block
   * @returns {Promise<string[]>}
   */
  async fetched(block) {
    const name = block < 0 ? "" : this.blocks.slice(block * BLOCK_NAME, (block + 1) * BLOCK_NAME);
    return name ? (await this.read(`${name}.txt`)).split("\n") : [];
  }
}
