/** Reads numbers that generator/regesta/search/digits.py wrote: in base 32; a character from 94 on ends a number. */

/** @param {string} digits */
export function numbersIn(digits) {
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
