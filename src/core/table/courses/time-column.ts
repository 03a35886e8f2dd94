import { namesAge } from "../column-names.ts";
import { namesQuantity, plainName } from "../identifiers/column-words.ts";
import { timeName, type TimeName } from "./time-names.ts";
import { goingOf, type Going, type SeenVisits } from "./visits-seen.ts";

/** A column that may say when a visit was. */
export interface TimedColumn {
  readonly at: number;
  readonly name: string;
  /** Cells as numbers (dates: milliseconds), NaN = missing. */
  readonly values: Float64Array;
  readonly date: boolean;
  /** It may not be the time, but can be an end: a birth, a time of day, an age by its group. */
  readonly barred: boolean;
}

/** The column of the time, with why it was taken, one sentence. */
export interface FoundTime {
  readonly at: number;
  readonly why: string;
}

/** Shares at which times count as standing in order, as differing in every visit, and as changing within patients. */
const ORDERED = 0.98;
const UNLIKE = 0.95;
const CHANGES = 0.5;
/** Fewest pairs of visits that show it, where the name does too, and where it does not. */
const FEW_PAIRS = 3;
const MANY_PAIRS = 20;
const MANY_PATIENTS = 5;
/** Least share of the rows that have it. */
const KNOWN = 0.5;

interface Candidate {
  readonly column: TimedColumn;
  readonly name: TimeName;
  readonly going: Going;
  readonly rank: readonly number[];
}

/** Every pair rises, or every pair falls: a file may have the latest visit first. */
const inOrder = ({ rises, equal }: Going): boolean => Math.max(rises, 1 - rises - equal) >= ORDERED;
/** As `inOrder`, where two visits may have one time. */
const inOrderOrEqual = ({ rises, equal }: Going): boolean =>
  Math.max(rises, 1 - rises - equal) + equal >= ORDERED;

/**
 * The column that says when a visit was, among numbers and dates: it changes within patients, and its values rise from row to
 * row, fall so, or differ in every visit. A name of time is not enough (a prothrombin time is measured), and without one a
 * date must show it, or a number that counts visits. Undefined where there is none.
 */
export function timeColumnOf(columns: readonly TimedColumn[], seen: SeenVisits): FoundTime | undefined {
  const candidates = columns
    .flatMap((column) => candidateOf(column, seen) ?? [])
    .sort(({ rank: a }, { rank: b }) => {
      const i = a.findIndex((one, at) => one !== b[at]);
      return i < 0 ? 0 : (b[i] as number) - (a[i] as number);
    });
  const best = candidates[0];
  return best && { at: best.column.at, why: whyOf(best) };
}

function candidateOf(column: TimedColumn, seen: SeenVisits): Candidate | undefined {
  if (column.barred) return undefined;
  const name = timeName(column.name);
  if (name === "none" && !column.date && !mayBeOrdered(column, seen)) return undefined;
  const going = goingOf(column.values, seen);
  if (going.changing < CHANGES || going.pairs < FEW_PAIRS || going.known < KNOWN) return undefined;
  if (!isTime(column, name, going)) return undefined;
  const strict = inOrder(going) || going.unlike >= UNLIKE;
  const rank = [
    name === "after" ? 0 : 1,
    going.known >= 0.9 ? 1 : 0,
    name === "none" ? 0 : 1,
    strict ? 1 : 0,
    column.date ? 1 : 0,
    name === "when" ? 1 : 0,
    namesAge(column.name) ? 0 : 1,
    going.changing,
    -column.at,
  ];
  return { column, name, going, rank };
}

/** Patients by whom a number that is not named like a time is told to be none. */
const GLANCED = 200;

function mayBeOrdered({ values }: TimedColumn, { groups }: SeenVisits): boolean {
  const { pairs, rises } = goingOf(values, { groups: groups.slice(0, GLANCED) });
  return pairs === 0 || rises >= 0.9;
}

function isTime({ name: column, date }: TimedColumn, name: TimeName, going: Going): boolean {
  const ordered = inOrder(going);
  const unlike = going.unlike >= UNLIKE;
  if (name === "when" || name === "order")
    return ordered || (unlike && (date || isSince(going))) || (name === "when" && inOrderOrEqual(going));
  if (date)
    return going.pairs >= MANY_PAIRS && (ordered || unlike || (name === "none" && inOrderOrEqual(going)));
  if (name === "after" || going.pairs < MANY_PAIRS || going.several < MANY_PATIENTS) return false;
  if (going.rises < ORDERED || namesQuantity(plainName(column))) return false;
  return namesAge(column) || (going.sameStart >= 0.9 && going.counts >= 0.9);
}

/**
 * Whether numbers in no order may be times since a beginning, and not measured ones that differ anyway: most patients begin at
 * the same, or have several of them, none below 0.
 */
const isSince = ({ sameStart, positive, several, pairs }: Going): boolean =>
  sameStart >= CHANGES || (positive >= UNLIKE && pairs >= 2 * several);

function whyOf({ column, name, going }: Candidate): string {
  const called =
    name === "none"
      ? ""
      : name === "order"
        ? "is named like a visit's number and "
        : "is named like a time and ";
  const exactly = (share: number): string => (share === 1 ? "" : " nearly always");
  const { rises, equal, unlike } = going;
  const falls = 1 - rises - equal;
  const how =
    rises >= ORDERED
      ? `rises${exactly(rises)} from each row of a patient to the next`
      : falls >= ORDERED
        ? `falls${exactly(falls)} from each row of a patient to the next, so that the latest visit stands first`
        : unlike >= UNLIKE
          ? `differs in${unlike === 1 ? "" : " nearly"} every row of a patient, though rows are not in its order`
          : rises + equal >= ORDERED
            ? "never falls from a row of a patient to the next, though several rows have one time"
            : "never rises from a row of a patient to the next, though several rows have one time";
  return `Says when a visit was: ${column.date && called === "" ? "holds dates and " : called}${how}.`;
}
