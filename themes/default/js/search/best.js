/** The best of many papers, without sorting them all. */

/**
 * The papers with the highest scores; of equal ones the newer, which has the higher number.
 * @param {number[]} papers
 * @param {Float64Array | undefined} scores undefined for the newest
 * @param {number} count
 */
export function best(papers, scores, count) {
  /** @param {number} a @param {number} b */
  const order = (a, b) => (scores ? (scores[b] ?? 0) - (scores[a] ?? 0) : 0) || b - a;
  /** @type {number[]} */
  let found = [];
  /** @type {number | undefined} */
  let worst;
  for (const paper of papers) {
    if (worst !== undefined && order(worst, paper) < 0) continue;
    found.push(paper);
    if (found.length < 2 * count + 8) continue;
    found = found.sort(order).slice(0, count);
    worst = found[count - 1];
  }
  return found.sort(order).slice(0, count);
}
