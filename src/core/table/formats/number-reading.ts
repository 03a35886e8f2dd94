import { cutCell, unitKey, type CutCell, type CutLimit } from "./cut-number.ts";
import { PLAIN, readNumber, type NumberMarks, type WrittenNumber } from "./number-format.ts";
import { chooseMarks, type NumberContext } from "./number-marks.ts";
import { looksLikeUnit } from "./units.ts";

/** What stands around the numbers of a column. */
export interface Affix {
  /** as most cells have it; both empty where most are bare */
  readonly prefix: string;
  readonly suffix: string;
  /** behind the number 1 alone: " day" beside " days" */
  readonly one?: string;
  /** The unit by itself, "mg/dL". */
  readonly unit: string;
  /** `unitKey` of prefix and suffix together. */
  readonly key: string;
  /** Every cell has it as `prefix`, `suffix` and `one` say. */
  readonly even: boolean;
}

/** How the cells of a column are read as numbers. */
export interface NumberReading {
  readonly marks: NumberMarks;
  /** absent: bare numbers */
  readonly affix?: Affix;
}

export const PLAIN_READING: NumberReading = { marks: PLAIN };

export interface ReadCell {
  readonly number: WrittenNumber;
  /** Only a limit of the number is told. */
  readonly limit?: CutLimit;
}

/** `text` (trimmed) as a number, with or without its unit, or as a limit of one; undefined when it is neither. */
export function readCell(text: string, { marks, affix }: NumberReading): ReadCell | undefined {
  const bare = readNumber(text, marks);
  if (bare !== undefined) return { number: bare };
  const cut = cutCell(text);
  if (cut === undefined) return undefined;
  const key = keyOf(cut);
  if (key !== "" && key !== affix?.key) return undefined;
  const number = readNumber(cut.number, marks);
  if (number === undefined || !Number.isFinite(number.value)) return undefined;
  return { number, ...(cut.limit && { limit: cut.limit }) };
}

const keyOf = ({ prefix, suffix }: CutCell): string => unitKey(prefix + (prefix === "" ? "" : " ") + suffix);

export interface ChosenReading {
  readonly reading: NumberReading;
  /** texts that are numbers or limits under it */
  readonly fits: number;
  /** Units that stand beside each other too often for one of them to be a slip; they are not read. */
  readonly units?: readonly string[];
}

/** Share of the cells with a unit that may have another one. */
const OTHER_UNITS = 0.05;
/** Marks of a laboratory that a value is high or low. */
const LAB_MARK = /^[hl]{1,2}$/;

/**
 * The marks and the unit under which most of `texts` are numbers; `counts`: cells of each text, 1 unless given. A unit
 * is taken when nearly all cells that have one have the same.
 */
export function chooseReading(
  texts: readonly string[],
  context: NumberContext,
  counts?: readonly number[],
): ChosenReading {
  const plain = chooseMarks(texts, context);
  if (plain.fits === texts.length) return { reading: { marks: plain.marks }, fits: plain.fits };
  const cuts = texts.flatMap((text, i) => {
    if (readNumber(text, plain.marks) !== undefined) return [];
    const cut = cutCell(text);
    return cut === undefined ? [] : [{ cut, cells: counts?.[i] ?? 1 }];
  });
  if (cuts.length === 0) return { reading: { marks: plain.marks }, fits: plain.fits };
  const { marks } = chooseMarks(
    [
      ...texts.filter((text) => readNumber(text, plain.marks) !== undefined),
      ...cuts.map(({ cut }) => cut.number),
    ],
    context,
  );
  let bare = 0;
  texts.forEach((text, i) => {
    if (readNumber(text, marks) !== undefined) bare += counts?.[i] ?? 1;
  });
  const { affix, units } = affixOf(cuts, bare, marks);
  const reading: NumberReading = { marks, ...(affix && { affix }) };
  const fits = texts.reduce((sum, text) => sum + (readCell(text, reading) === undefined ? 0 : 1), 0);
  return { reading, fits, ...(units && { units }) };
}

interface Spelling {
  readonly prefix: string;
  readonly suffix: string;
  cells: number;
  /** cells whose number is 1 */
  ones: number;
}

/** The one unit of `cuts`, or the several that stand side by side. `bare`: cells without one. */
function affixOf(
  cuts: readonly { readonly cut: CutCell; readonly cells: number }[],
  bare: number,
  marks: NumberMarks,
): { readonly affix?: Affix; readonly units?: readonly string[] } {
  const found = new Map<string, Map<string, Spelling>>();
  let without = bare;
  for (const { cut, cells } of cuts) {
    const number = readNumber(cut.number, marks);
    if (number === undefined) continue;
    const key = keyOf(cut);
    if (key === "") {
      if (cut.limit === undefined) without += cells;
      continue;
    }
    const spellings = found.get(key) ?? new Map<string, Spelling>();
    found.set(key, spellings);
    const { prefix, suffix } = cut;
    const id = `${prefix}\n${suffix}`;
    const own = spellings.get(id) ?? { prefix, suffix, cells: 0, ones: 0 };
    own.cells += cells;
    if (number.value === 1) own.ones += cells;
    spellings.set(id, own);
  }
  const sums = [...found]
    .map(([key, spellings]) => ({
      key,
      spellings: [...spellings.values()].sort((a, b) => b.cells - a.cells),
      cells: [...spellings.values()].reduce((sum, { cells }) => sum + cells, 0),
    }))
    .filter(({ key, cells }) => !(LAB_MARK.test(key) && cells < without))
    .sort((a, b) => b.cells - a.cells);
  const [most, ...others] = sums;
  if (most === undefined) return {};
  const rest = others.reduce((sum, { cells }) => sum + cells, 0);
  if (rest > OTHER_UNITS * (most.cells + rest)) {
    const units = sums.slice(0, 5).map(({ spellings }) => unitOf(spellings[0] as Spelling));
    return units.some(looksLikeUnit) ? { units } : {};
  }
  return { affix: writtenAs(most.key, most.spellings, without) };
}

const unitOf = ({ prefix, suffix }: Spelling): string => (prefix + suffix).trim();

function writtenAs(key: string, spellings: readonly Spelling[], bare: number): Affix {
  const [main] = spellings as [Spelling];
  const unit = unitOf(main);
  const cells = spellings.reduce((sum, own) => sum + own.cells, 0);
  if (bare > cells) return { prefix: "", suffix: "", unit, key, even: false };
  const single = spellings.find((own) => own !== main && own.ones > 0 && own.ones === own.cells);
  const one = single !== undefined && main.ones === 0 ? single.suffix : undefined;
  const even = bare === 0 && main.cells + (one === undefined ? 0 : (single?.cells ?? 0)) === cells;
  return {
    prefix: main.prefix,
    suffix: main.suffix,
    ...(one !== undefined && { one }),
    unit,
    key,
    even,
  };
}
