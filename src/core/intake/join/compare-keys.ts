import { guessDate } from "../../table/formats/dates/guess-date.ts";
import { readDate } from "../../table/formats/dates/read-date.ts";
import { missingOf, textsOf, type JoinSide } from "./side.ts";

/** How the texts of a key are compared: the closest first. Each takes in those before it, but for `date`. */
const COMPARISONS = ["as written", "case", "number", "date"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** What a comparison does not mind, for the notes. */
export const COMPARED: Readonly<Record<Comparison, string | undefined>> = {
  "as written": undefined,
  case: "without regard to case and spaces",
  number: "as numbers, so that leading zeros and “.0” do not matter",
  date: "as dates, however they are written",
};

export interface KeyTexts {
  readonly comparison: Comparison;
  /** Level -> the same number for the same key on both sides, -1 for a missing one. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** distinct keys on both sides */
  readonly shared: number;
  readonly leftDistinct: number;
  readonly rightDistinct: number;
}

type Normal = (text: string) => string;

const spaced: Normal = (text) => text.trim().normalize("NFC").replace(/\s+/g, " ");
const cased: Normal = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
/** A key as the comparison "number" takes it. */
export const asNumber: Normal = (text) => {
  const bare = cased(text);
  return /^[-+]?\d+(\.0+)?$/.test(bare)
    ? bare
        .replace(/^\+/, "")
        .replace(/\.0+$/, "")
        .replace(/^(-?)0+(?=\d)/, "$1")
    : bare;
};

/** A date as its moment; a text that is none as it is. */
function datedBy(levels: readonly string[], dayFirst: boolean): Normal | undefined {
  const guess = guessDate(levels.slice(0, 3000), { dayFirst, compact: false });
  if (guess === undefined || guess.fits < 0.95 * Math.min(3000, levels.length)) return undefined;
  return (text) => {
    const moment = readDate(text, guess.format);
    return Number.isNaN(moment) ? spaced(text) : String(moment);
  };
}

/**
 * The two columns as keys, compared as closely as they can be while as many match. A comparison that would make two
 * keys of one side the same is not used.
 */
export function compareKeys(left: JoinSide, leftAt: number, right: JoinSide, rightAt: number): KeyTexts {
  const sides = [sideOf(left, leftAt), sideOf(right, rightAt)] as const;
  let best = numbersOf(sides, "as written", [spaced, spaced]);
  for (const comparison of COMPARISONS.slice(1)) {
    const normals = normalsOf(comparison, sides);
    if (normals === undefined) continue;
    const other = numbersOf(sides, comparison, normals);
    const merges = other.leftDistinct < best.leftDistinct || other.rightDistinct < best.rightDistinct;
    if (!merges && other.shared > best.shared) best = other;
  }
  return best;
}

interface KeySide {
  readonly levels: readonly string[];
  readonly missing: readonly boolean[];
  readonly dayFirst: boolean;
}

function sideOf(side: JoinSide, column: number): KeySide {
  const texts = textsOf(side, column);
  return { levels: texts.levels, missing: missingOf(side, texts), dayFirst: side.context.dayFirst };
}

function normalsOf(
  comparison: Comparison,
  sides: readonly [KeySide, KeySide],
): readonly [Normal, Normal] | undefined {
  if (comparison === "case") return [cased, cased];
  if (comparison === "number") return [asNumber, asNumber];
  const [left, right] = sides.map(({ levels, missing, dayFirst }) =>
    datedBy(
      levels.filter((_, i) => missing[i] !== true),
      dayFirst,
    ),
  );
  return left === undefined || right === undefined ? undefined : [left, right];
}

function numbersOf(
  [left, right]: readonly [KeySide, KeySide],
  comparison: Comparison,
  [ofLeft, ofRight]: readonly [Normal, Normal],
): KeyTexts {
  const numbers = new Map<string, number>();
  const number = ({ levels, missing }: KeySide, normal: Normal): Int32Array =>
    Int32Array.from(levels, (level, i) => {
      if (missing[i] === true) return -1;
      const key = normal(level);
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      return known;
    });
  const lefts = number(left, ofLeft);
  const leftDistinct = numbers.size;
  const rights = number(right, ofRight);
  const onRight = new Set(rights);
  onRight.delete(-1);
  const shared = leftDistinct + onRight.size - numbers.size;
  return { comparison, left: lefts, right: rights, shared, leftDistinct, rightDistinct: onRight.size };
}
