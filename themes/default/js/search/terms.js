/** The terms of the index and where they occur, out of the blocks that hold them. */

/** @import {Read, Term} from "./types" */

export class Terms {
  /**
   * @param {{borders: string[], blocks: string[]}} manifest
   * @param {Read} read
   */
  constructor({ borders, blocks }, read) {
    this.borders = borders;
    this.blocks = blocks;
    this.read = read;
  }

  /**
   * One term, if the index has it.
   * @param {string} term
   * @returns {Promise<Term | undefined>}
   */
  async find(term) {
    return (await this.lines(this.blockOf(term))).map(parsed).find((found) => found.term === term);
  }

  /**
   * The terms that begin with a text; none if they fill more blocks than `most`, as then the text says too little.
   * @param {string} beginning
   * @param {number} [most]
   * @returns {Promise<Term[]>}
   */
  async beginningWith(beginning, most = Infinity) {
    let block = this.blockOf(beginning);
    const found = [block];
    while (this.borders[++block]?.startsWith(beginning)) found.push(block);
    if (found.length > most) return [];
    const lines = await Promise.all(found.map((block) => this.lines(block)));
    return lines.flat().filter((line) => line.startsWith(beginning)).map(parsed);
  }

  /**
   * The longest term that a word begins with, but not less than half of the word.
   * @param {string} word
   * @returns {Promise<Term | undefined>}
   */
  async longestWithin(word) {
    for (let length = word.length - 1; length >= Math.max(3, word.length / 2); length--) {
      const found = await this.find(word.slice(0, length));
      if (found) return found;
    }
    return undefined;
  }

  /**
   * The block that has a term if any has: the last one whose border is not above it; -1 if all are.
   * @param {string} term
   */
  blockOf(term) {
    const above = this.borders.findIndex((border) => border > term);
    return (above < 0 ? this.borders.length : above) - 1;
  }

  /** @param {number} block */
  async lines(block) {
    const name = this.blocks[block];
    return name === undefined ? [] : (await this.read(`${name}.txt`)).split("\n");
  }
}

/**
 * @param {string} line of a block
 * @returns {Term}
 */
function parsed(line) {
  const [term = "", ...fields] = line.split("\t");
  return { term, postings: fields.map(decoded) };
}

/**
 * Read the digits that `_encoded` in generator/regesta/outputs/search.py writes.
 * @param {string} digits
 */
function decoded(digits) {
  const numbers = numbersIn(digits);
  const postings = [];
  let paper = 0;
  for (let i = 0; i < numbers.length; i++) {
    const step = numbers[i] ?? 0;
    paper += step >> 1;
    postings.push(paper, step & 1 ? (numbers[++i] ?? 1) : 1, numbers[++i] ?? 1);
  }
  return postings;
}

/**
 * Numbers to base 32: the characters from 62 on go before others, those from 94 on end a number.
 * @param {string} digits
 */
function numbersIn(digits) {
  const numbers = [];
  let number = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(i) - 62;
    number = number * 32 + (digit & 31);
    if (digit < 32) continue;
    numbers.push(number);
    number = 0;
  }
  return numbers;
}
