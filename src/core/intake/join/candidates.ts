import { namesId, wordsOf } from "../../table/column-names.ts";
import { compareKeys } from "./compare-keys.ts";
import type { JoinLook } from "./join.ts";
import { missingOf, textsOf, type JoinSide } from "./side.ts";

/** Columns of a side that are tried, those with most values first. */
const MOST_TRIED = 40;
const MOST_SHOWN = 8;
/** Least share of the smaller side's values that both have. */
const LEAST_SHARED = 0.05;

interface Tried {
  readonly at: number;
  readonly name: string;
  readonly distinct: number;
  /** share of the rows with a value that differ */
  readonly unlike: number;
}

type Candidate = JoinLook["candidates"][number];

/** Pairs of columns that could be the key: many values in both, few rows of each on one side, names alike. */
export function keyCandidates(left: JoinSide, right: JoinSide): Candidate[] {
  const rights = triedOf(right);
  const found = triedOf(left).flatMap((one) =>
    rights.flatMap((other) => {
      const alike = alikeNames(one.name, other.name);
      const unlike = Math.max(one.unlike, other.unlike);
      if (alike === 0 && unlike < 0.3) return [];
      const keys = compareKeys(left, one.at, right, other.at);
      const share = keys.shared / Math.max(1, Math.min(keys.leftDistinct, keys.rightDistinct));
      if (keys.shared === 0 || (share < LEAST_SHARED && alike < 1)) return [];
      const ids = (namesId(one.name) ? 0.15 : 0) + (namesId(other.name) ? 0.15 : 0);
      const score = share * unlike ** 2 + 0.5 * alike * unlike + ids;
      return [{ score, one, other, shared: keys.shared, leftDistinct: keys.leftDistinct }];
    }),
  );
  return found
    .sort((a, b) => b.score - a.score || b.shared - a.shared)
    .slice(0, MOST_SHOWN)
    .map(({ one, other, shared, leftDistinct }) => ({
      left: one.name,
      right: other.name,
      shared,
      why: `${shared.toLocaleString("en")} of ${leftDistinct.toLocaleString("en")} values occur in both. ${repetition(one, left)}, ${repetition(other, right)}.`,
    }));
}

const repetition = ({ name, unlike }: Tried, side: JoinSide): string =>
  `“${name}” is ${unlike === 1 ? "unique" : "repeated"} in ${side.name}`;

function triedOf(side: JoinSide): Tried[] {
  return side.names
    .map((name, at) => {
      const texts = textsOf(side, at);
      const missing = missingOf(side, texts);
      const present = texts.counts.reduce((sum, count, i) => sum + (missing[i] === true ? 0 : count), 0);
      const distinct = missing.filter((it) => !it).length;
      return { at, name, distinct, unlike: distinct / Math.max(1, present) };
    })
    .filter(({ distinct, name }) => distinct > 1 || namesId(name))
    .sort((a, b) => Number(namesId(b.name)) - Number(namesId(a.name)) || b.distinct - a.distinct)
    .slice(0, MOST_TRIED);
}

/** 1 for the same name whatever its marks, less for shared words, 0 for nothing in common. */
function alikeNames(one: string, other: string): number {
  const a = wordsOf(one);
  const b = wordsOf(other);
  if (a.join("") === b.join("")) return 1;
  const shared = a.filter((word) => b.includes(word) && word.length > 2).length;
  return shared === 0 ? 0 : (0.6 * shared) / Math.max(a.length, b.length);
}
