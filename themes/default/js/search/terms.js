/** The terms of the index, out of the blocks that hold them. */

/** @import {Manifest, Read, Term} from "./types" */

export class Terms {
  /**
   * @param {Manifest} manifest
   * @param {Read} read
   */
  constructor({ borders, blocks }, read) {
    this.borders = borders;
    this.blocks = blocks;
    this.read = read;
  }

  /**
   * @param {string} term
   * @returns {Promise<Term | undefined>} undefined if no paper has it
   */
  async find(term) {
    const line = (await this.lines(this.blockOf(term))).find((other) => other.startsWith(`${term}\t`));
    return line === undefined ? undefined : parsed(line);
  }

  /**
   * The terms that begin so; none if they fill more blocks than `most`.
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
   * The terms that a word begins with and that are at least half of it.
   * @param {string} word
   */
  async within(word) {
    const beginnings = [...word].map((_, i) => word.slice(0, i)).slice(Math.max(3, word.length / 2));
    const found = await Promise.all(beginnings.map((beginning) => this.find(beginning)));
    return found.filter((term) => term !== undefined);
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
 * The postings that `_encoded` in outputs/search.py wrote.
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
 * The numbers that `_digits` wrote: to base 32, and a character from 94 on ends a number.
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
