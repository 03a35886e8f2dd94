/** Numbers of persons and accounts that carry their own check, each by its issuer's published rule. */

const digitsOf = (text: string): number[] => Array.from(text, Number);
const bare = (text: string): string => text.replace(/[\s./-]/g, "").toUpperCase();

const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * (digits[i] as number), 0);

/** Remainder of a long number by `by`, digit by digit. */
function remainder(digits: string, by: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % by;
  return rest;
}

/** Sum of the digits of the products, weights 1 and 2 in turn (Luhn 1954), from the left. */
const crossSum = (digits: readonly number[], first: 1 | 2): number =>
  digits.reduce((sum, digit, i) => {
    const product = digit * (i % 2 === 0 ? first : 3 - first);
    return sum + (product > 9 ? product - 9 : product);
  }, 0);

/** US social security number as it is written, without the areas that are never issued (SSA, 2011). */
export const isSsn = (text: string): boolean =>
  /^(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/.test(text.trim());

/** UK NHS number: ten digits, modulus 11 (NHS Data Dictionary). */
export function isNhsNumber(text: string): boolean {
  const digits = text.replace(/[\s-]/g, "");
  if (!/^\d{10}$/.test(digits)) return false;
  const check = 11 - (weighted(digitsOf(digits), [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return check !== 10 && check % 11 === Number(digits[9]);
}

/** German health insurance number, the constant part: a letter, eight digits, a check digit (§ 290 SGB V, annex 1). */
export function isKvnr(text: string): boolean {
  const plain = bare(text);
  if (!/^[A-Z]\d{9}$/.test(plain)) return false;
  const letter = String(plain.charCodeAt(0) - 64).padStart(2, "0");
  return crossSum(digitsOf(letter + plain.slice(1, 9)), 1) % 10 === Number(plain[9]);
}

/** German pension insurance number (VKVV § 2): area, birth date, letter, serial number, check digit. */
export function isRvnr(text: string): boolean {
  const plain = bare(text);
  if (!/^\d{8}[A-Z]\d{3}$/.test(plain)) return false;
  const letter = String(plain.charCodeAt(8) - 64).padStart(2, "0");
  const digits = digitsOf(plain.slice(0, 8) + letter + plain.slice(9, 11));
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
  const sum = weights.reduce((all, weight, i) => {
    const product = weight * (digits[i] as number);
    return all + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === Number(plain[11]);
}

/** German tax number of a person: eleven digits, ISO 7064 modulus 11, 10. */
export function isSteuerId(text: string): boolean {
  const plain = bare(text);
  if (!/^[1-9]\d{10}$/.test(plain)) return false;
  let product = 10;
  for (const digit of plain.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(plain[10]);
}

/** French NIR with its key: 97 - number mod 97; Corsica's 2A and 2B count as 19 and 18 (INSEE). */
export function isNir(text: string): boolean {
  const plain = bare(text);
  if (!/^[1-478]\d{4}(\d\d|2[AB])\d{6}\d\d$/.test(plain)) return false;
  const number = plain.slice(0, 13).replace("2A", "19").replace("2B", "18");
  return 97 - remainder(number, 97) === Number(plain.slice(13));
}

/** The NIR without its key: sex, year and month of birth, place. */
export const isNirStem = (text: string): boolean =>
  /^[12]\d\d(0[1-9]|1[0-2])(\d\d|2[AB])\d{6}$/.test(bare(text));

/** Spanish DNI and NIE: the letter is the number modulo 23 (Real Decreto 1553/2005). */
export function isDni(text: string): boolean {
  const plain = bare(text);
  if (!/^([XYZ]\d{7}|\d{8})[A-Z]$/.test(plain)) return false;
  const number = plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)));
  return "TRWAGMYFPDXBNJZSQVHLCKE"[Number(number) % 23] === plain.at(-1);
}

const ODD_DIGITS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
const ODD_LETTERS = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/** Italian codice fiscale: sixteen characters, the last one a check letter (DM 23/12/1976). */
export function isCodiceFiscale(text: string): boolean {
  const plain = bare(text);
  if (!/^[A-Z]{6}\d\d[ABCDEHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/.test(plain)) return false;
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const code = plain.charCodeAt(i);
    const digit = code < 65;
    const place = digit ? code - 48 : code - 65;
    sum += i % 2 === 1 ? place : ((digit ? ODD_DIGITS : ODD_LETTERS)[place] as number);
  }
  return plain.charCodeAt(15) - 65 === sum % 26;
}

/** Dutch BSN: nine digits, the eleven-proof with the last digit counted as -1. */
export function isBsn(text: string): boolean {
  const plain = bare(text);
  if (!/^\d{9}$/.test(plain) || plain === "000000000") return false;
  return weighted(digitsOf(plain), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

/** Swiss AHV number: 756 and the check digit of an EAN-13. */
export function isAhv(text: string): boolean {
  const plain = bare(text);
  return /^756\d{10}$/.test(plain) && isEan13(plain);
}

/** GS1's modulus 10 over thirteen digits. */
export function isEan13(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false;
  return weighted(digitsOf(text), [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

/** IBAN: modulus 97 is 1 once the country is moved behind and letters are numbers (ISO 13616). */
export function isIban(text: string): boolean {
  const plain = bare(text);
  if (!/^[A-Z]{2}\d\d[A-Z0-9]{11,30}$/.test(plain)) return false;
  const moved = plain.slice(4) + plain.slice(0, 4);
  return (
    remainder(
      moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)),
      97,
    ) === 1
  );
}

/** Payment card: 13 to 19 digits by Luhn (ISO/IEC 7812). */
export function isPaymentCard(text: string): boolean {
  const plain = bare(text);
  return /^[3-6]\d{12,18}$/.test(plain) && crossSum([...digitsOf(plain)].reverse(), 1) % 10 === 0;
}

/** Vehicle identification number: 17 characters without I, O and Q (ISO 3779). */
export const isVin = (text: string): boolean => /^(?=.*\d)(?=.*[A-Z])[A-HJ-NPR-Z0-9]{17}$/.test(text.trim());

/** UK national insurance number. */
export const isNino = (text: string): boolean =>
  /^(?![DFIQUV])[A-Z](?![DFIQUVO])[A-Z]\d{6}[A-D]$/.test(bare(text));
