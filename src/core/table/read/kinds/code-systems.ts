/** Clinical coding systems, told by the form of their codes. A code is a level, whatever number it looks like. */

export interface CodeSystem {
  readonly name: string;
  /** Share of the cells that are such codes. */
  readonly share: number;
}

export interface CodeCells {
  readonly name: string;
  readonly levels: readonly string[];
  readonly counts: readonly number[];
}

interface System {
  readonly name: string;
  readonly is: (text: string) => boolean;
  /** What beside the form must hold, since numbers or room names can have it too. */
  readonly surely: (cells: CodeCells) => boolean;
}

/** Share of the cells that must have the form. */
const NEARLY_ALL = 0.95;
/** Fewest different codes. */
const LEAST = 3;

const NAMED = /(^|[^a-z])(icd|dx|diag|diagnos|cause|condition|code|kode|klassifik|kausa|todesurs)/i;
const named = ({ name }: CodeCells): boolean => NAMED.test(name);
const shareOf = ({ levels, counts }: CodeCells, is: (text: string) => boolean): number => {
  let [all, those] = [0, 0];
  levels.forEach((text, i) => {
    all += counts[i] as number;
    if (is(text)) those += counts[i] as number;
  });
  return all === 0 ? 0 : those / all;
};
const initials = ({ levels }: CodeCells): number => new Set(levels.map((text) => text[0])).size;

const ICD9 = /^(?:\d{3}|V\d{2}|E\d{3})(?:\.\d{1,2})?$/;
const ICD10 = /^[A-Z]\d[0-9A-B](?:\.?[0-9A-Z]{1,4})?[-+*!†]?$/;
const ATC = /^[A-DGHJLMNPRSV]\d{2}[A-Z](?:[A-Z](?:\d{2})?)?$/;
const OPS = /^\d-\d{2}[\da-z](?:\.[\da-z]{1,2})?$/;
const HCPCS = /^[A-V]\d{4}$/;

/** Written with differing places behind the point ("250", "250.0", "250.00"), as no number is. */
const differingPlaces = ({ levels }: CodeCells): boolean =>
  levels.some((text) => /\.0+$/.test(text) && levels.includes(text.replace(/0$/, "").replace(/\.$/, "")));

const SYSTEMS: readonly System[] = [
  {
    name: "ICD-9",
    is: (text) => ICD9.test(text),
    surely: (cells) =>
      cells.levels.some((text) => /^[VE]/.test(text)) ||
      (named(cells) && cells.levels.some((text) => text.includes(".")) && differingPlaces(cells)) ||
      /icd.?9/i.test(cells.name),
  },
  {
    name: "ATC",
    is: (text) => ATC.test(text),
    surely: (cells) => shareOf(cells, (text) => text.length >= 5) > 0.5,
  },
  {
    name: "ICD-10",
    is: (text) => ICD10.test(text),
    surely: (cells) =>
      named(cells) ||
      shareOf(cells, (text) => text.includes(".")) > 0.2 ||
      (cells.levels.length >= 20 && initials(cells) >= 3),
  },
  { name: "OPS", is: (text) => OPS.test(text), surely: () => true },
  {
    name: "HCPCS",
    is: (text) => HCPCS.test(text),
    surely: ({ name }) => /hcpcs|cpt|procedure/i.test(name),
  },
  { name: "LOINC", is: isLoinc, surely: () => true },
  { name: "SNOMED CT", is: isSnomed, surely: (cells) => initials(cells) > 1 },
];

/** The coding system of a column's texts, undefined where they are of none. */
export function codeSystem(cells: CodeCells): CodeSystem | undefined {
  if (cells.levels.length < LEAST) return undefined;
  for (const { name, is, surely } of SYSTEMS) {
    if (cells.levels.slice(0, 20).every((text) => !is(text))) continue;
    const share = shareOf(cells, is);
    if (share >= NEARLY_ALL && surely(cells)) return { name, share };
  }
  return undefined;
}

/** LOINC: up to seven digits and a check digit by modulus 10 (Luhn), behind a hyphen. */
function isLoinc(text: string): boolean {
  const [, digits, check] = /^(\d{1,7})-(\d)$/.exec(text) ?? [];
  if (digits === undefined) return false;
  let sum = 0;
  Array.from(digits)
    .reverse()
    .forEach((digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    });
  return (10 - (sum % 10)) % 10 === Number(check);
}

const TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
const permuted = (digit: number, times: number): number => {
  let at = digit;
  for (let i = 0; i < times; i++) at = TURN[at] as number;
  return at;
};
/** The product of two elements of the dihedral group of order 10. */
const product = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b) % 5) : (((a - b) % 5) + 5) % 5;

/** A concept of SNOMED CT: 6 to 18 digits, partition 00 or 10 before the check digit of Verhoeff. */
function isSnomed(text: string): boolean {
  if (!/^[1-9]\d{5,17}$/.test(text) || !/[01]0\d$/.test(text)) return false;
  const check = Array.from(text)
    .reverse()
    .reduce((sum, digit, i) => product(sum, permuted(Number(digit), i % 8)), 0);
  return check === 0;
}
