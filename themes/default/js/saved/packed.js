/** Puts a list of papers into a link and takes it out again. It stands behind the #, which browsers send to no server. */

import { LIST } from "./place.js";
import { papersOf } from "./paper.js";

/** @import {Saved} from "./paper.js" */

const SIGN = "#list=";

/** The most characters of a list that a link may bring, once unpacked. */
const LARGEST = 5_000_000;

/** @param {Saved[]} papers */
export async function linkOf(papers) {
  const bytes = await new Response(stream(new TextEncoder().encode(JSON.stringify(papers)), new CompressionStream("deflate-raw"))).bytes();
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return new URL(LIST + SIGN + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""), location.href).href;
}

/**
 * The papers that a link brings; none if it was cut or is not one of ours; undefined if it brings nothing.
 * @param {string} hash
 */
export async function papersInLink(hash) {
  if (!hash.startsWith(SIGN)) return undefined;
  try {
    const letters = atob(hash.slice(SIGN.length).replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return papersOf(JSON.parse(await textOf(stream(packed, new DecompressionStream("deflate-raw"))))) ?? [];
  } catch {
    return [];
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} change
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
const stream = (bytes, change) => new Blob([bytes]).stream().pipeThrough(change);

/** @param {ReadableStream<Uint8Array>} stream */
async function textOf(stream) {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > LARGEST) throw new Error("a bomb");
  }
  return text + decoder.decode();
}
