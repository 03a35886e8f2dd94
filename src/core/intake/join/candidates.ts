import { namesId, wordsOf } from "../../table/column-names.ts";
import type { RawCells } from "../../table/read/column-cells.ts";
import { asNumber, compareKeys } from "./compare-keys.ts";
import type { JoinLook } from "./join.ts";
import { missingOf, textsOf, type JoinSide } from "./side.ts";

/** Columns of a side that are tried, those with most values first. */
const MOST_TRIED = 40;
const MOST_SHOWN = 8;
/** Pairs that are compared in full, and values that are glanced at to choose them. */
const MOST_COMPARED = 12;
const GLANCED = 500;
/** Least share of the smaller side's values that both have. */
const LEAST_SHARED = 0.05;

interface Tried {
  readonly at: number;
  readonly name: string;
  readonly distinct: number;
  /** share of the rows with a value that differ */
  readonly unlike: number;
  /** its values as numbers are compared */
  readonly values: readonly string[];
  readonly known: ReadonlySet<string>;
}

type Candidate = JoinLook["candidates"][number];

/** Pairs of columns that could be the key: many values in both, few rows of each on one side, names alike. */
export function keyCandidates(left: JoinSide, right: JoinSide): Candidate[] {
  const rights = triedOf(right);
  const likely = triedOf(left)
    .flatMap((one) => rights.map((other) => ({ one, other, ...glance(one, other) })))
    .filter(({ share, alike, unlike }) => (share > 0 || alike === 1) && (alike > 0 || unlike >= 0.3))
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_COMPARED);
  return likely
    .flatMap(({ one, other, alike, unlike }) => {
      const keys = compareKeys(left, one.at, right, other.at);
      const share = keys.shared / Math.max(1, Math.min(keys.leftDistinct, keys.rightDistinct));
      if (keys.shared === 0 || (share < LEAST_SHARED && alike < 1)) return [];
      const score = scoreOf(one, other, share, alike, unlike);
      return [{ score, one, other, shared: keys.shared, leftDistinct: keys.leftDistinct }];
    })
    .sort((a, b) => b.score - a.score || b.shared - a.shared)
    .slice(0, MOST_SHOWN)
    .map(({ one, other, shared, leftDistinct }) => ({
      left: one.name,
      right: other.name,
      shared,
      why: `${shared.toLocaleString("en")} of ${leftDistinct.toLocaleString("en")} values occur in both. ${repetition(one, left)}, ${repetition(other, right)}.`,
    }));
}

function scoreOf(one: Tried, other: Tried, share: number, alike: number, unlike: number): number {
  const ids = (namesId(one.name) ? 0.15 : 0) + (namesId(other.name) ? 0.15 : 0);
  return share * unlike ** 2 + 0.5 * alike * unlike + ids;
}

/** What some values of the smaller column say: of all pairs only the best are compared in full. */
function glance(one: Tried, other: Tried): { share: number; alike: number; unlike: number; score: number } {
  const [few, many] = one.distinct <= other.distinct ? [one, other] : [other, one];
  const step = Math.max(1, Math.floor(few.values.length / GLANCED));
  let [met, looked] = [0, 0];
  for (let i = 0; i < few.values.length; i += step) {
    looked++;
    if (many.known.has(few.values[i] as string)) met++;
  }
  const share = met / Math.max(1, looked);
  const [alike, unlike] = [alikeNames(one.name, other.name), Math.max(one.unlike, other.unlike)];
  return { share, alike, unlike, score: scoreOf(one, other, share, alike, unlike) };
}

const repetition = ({ name, unlike }: Tried, side: JoinSide): string =>
  `“${name}” is ${unlike === 1 ? "unique" : "repeated"} in ${side.name}`;

function triedOf(side: JoinSide): Tried[] {
  return side.names
    .flatMap((name, at) => {
      if (isMeasured(side.cells[at] as RawCells)) return [];
      const texts = textsOf(side, at);
      const missing = missingOf(side, texts);
      const present = texts.counts.reduce((sum, count, i) => sum + (missing[i] === true ? 0 : count), 0);
      const distinct = missing.filter((it) => !it).length;
      return distinct > 1 || namesId(name)
        ? [{ at, name, distinct, unlike: distinct / Math.max(1, present) }]
        : [];
    })
    .sort((a, b) => Number(namesId(b.name)) - Number(namesId(a.name)) || b.distinct - a.distinct)
    .slice(0, MOST_TRIED)
    .map((tried) => {
      const texts = textsOf(side, tried.at);
      const missing = missingOf(side, texts);
      const values = texts.levels.flatMap((level, i) => (missing[i] === true ? [] : [asNumber(level)]));
      return { ...tried, values, known: new Set(values) };
    });
}

/** Long columns of moments, or of numbers with decimals, are no keys. */
const isMeasured = (cells: RawCells): boolean =>
  cells.type === "values" && (cells.reading.type !== "numbers" || cells.writing.decimals > 0);

/** 1 for the same name whatever its marks, less for shared words, 0 for nothing in common. */
function alikeNames(one: string, other: string): number {
  const a = wordsOf(one);
  const b = wordsOf(other);
  if (a.join("") === b.join("")) return 1;
  const shared = a.filter((word) => b.includes(word) && word.length > 2).length;
  return shared === 0 ? 0 : (0.6 * shared) / Math.max(a.length, b.length);
}
