import type { AlignedColumn } from "../measuring/align.ts";

/** Words that stand for the class in which something happened. */
const HAPPENED = new Set(
  "yes y true t dead died death deceased event positive pos ja tot verstorben gestorben exitus".split(" "),
);

/** A column of two values as a yes or no: labels 1, 0 and -1 (neither) in every table. */
export interface TwoClasses {
  readonly event: string;
  readonly labels: readonly Int32Array[];
}

/**
 * `column` as two classes when table 0 holds exactly two values of it. The event is the greater number, the level with
 * a word for it ("yes", "died", ...), else the rarer level.
 */
export function twoClasses(column: AlignedColumn): TwoClasses | undefined {
  if (column.type === "numeric") {
    const different = new Set<number>();
    for (const value of column.values[0] as Float64Array) {
      if (value === value) different.add(value);
      if (different.size > 2) return undefined;
    }
    const [low, high] = [...different].sort((a, b) => a - b);
    if (low === undefined || high === undefined) return undefined;
    const labels = column.values.map((values) =>
      Int32Array.from(values, (value) => (value === high ? 1 : value === low ? 0 : -1)),
    );
    return { event: String(high), labels };
  }
  const counts = new Map<number, number>();
  for (const code of column.codes[0] as Int32Array) {
    if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
    if (counts.size > 2) return undefined;
  }
  const known = [...counts.keys()].sort((a, b) => a - b);
  if (known.length < 2) return undefined;
  const [first, second] = known as [number, number];
  const event = eventOf(column.levels, first, second, counts);
  const other = event === first ? second : first;
  const labels = column.codes.map((codes) =>
    codes.map((code) => (code === event ? 1 : code === other ? 0 : -1)),
  );
  return { event: column.levels[event] as string, labels };
}

function eventOf(
  levels: readonly string[],
  first: number,
  second: number,
  counts: ReadonlyMap<number, number>,
): number {
  const [a, b] = [Number(levels[first]), Number(levels[second])];
  if (Number.isFinite(a) && Number.isFinite(b)) return a > b ? first : second;
  const happened = [first, second].filter((code) => HAPPENED.has((levels[code] ?? "").trim().toLowerCase()));
  if (happened.length === 1) return happened[0] as number;
  return (counts.get(first) ?? 0) <= (counts.get(second) ?? 0) ? first : second;
}

/** A follow-up time and the event that ends it. */
export interface FollowUp {
  readonly time: Extract<AlignedColumn, { type: "numeric" }>;
  readonly event: AlignedColumn;
  /** 1: the event was seen, 0: censored, -1: not known; `event` is what counts as the event */
  readonly classes: TwoClasses;
}

/** What stands in a report where a table has no survival to compare. */
export const NO_SURVIVAL =
  "No column is marked as the follow-up time and the event; mark both and survival is compared.";

/**
 * The columns marked as follow-up time and as event, or why there is no survival to compare. An event of more than two
 * levels has one that counts (`twoClasses`); patients with any other count as censored then.
 */
export function followUpOf(columns: readonly AlignedColumn[]): FollowUp | { readonly reason: string } {
  const time = columns.find(({ schema }) => schema.survival === "time");
  const event = columns.find(({ schema }) => schema.survival === "event");
  if (time === undefined || event === undefined) return { reason: noSurvival(time, event) };
  const { name } = time.schema;
  if (time.type !== "numeric" || time.schema.kind === "datetime") {
    return { reason: `The follow-up time ${name} is not a number.` };
  }
  if (time.values[0]?.some((value) => value < 0)) {
    return { reason: `The follow-up time ${name} is negative in some rows.` };
  }
  const classes = eventClasses(event);
  if (classes === undefined) {
    return { reason: `The event ${event.schema.name} is the same in every row, or has too many levels.` };
  }
  return { time, event, classes };
}

function noSurvival(time: AlignedColumn | undefined, event: AlignedColumn | undefined): string {
  if (time) return `${time.schema.name} is marked as the follow-up time, and no column as the event.`;
  return event
    ? `${event.schema.name} is marked as the event, and no column as the follow-up time.`
    : NO_SURVIVAL;
}

const MOST_STATES = 6;

/** The event and its absence in `column`: two classes, or one of several levels; undefined where it has no such level. */
export const eventClasses = (column: AlignedColumn): TwoClasses | undefined =>
  twoClasses(column) ?? oneOfSeveral(column);

/** Of three levels or more, the one with a word for it, else the greatest number; every other level counts as censored. */
function oneOfSeveral(column: AlignedColumn): TwoClasses | undefined {
  if (column.type !== "coded") return undefined;
  const known = [...new Set(column.codes[0])].filter((code) => code >= 0);
  if (known.length < 3 || known.length > MOST_STATES) return undefined;
  const level = (code: number): string => column.levels[code] as string;
  const numbers = known.map((code) => Number(level(code)));
  const said = known.filter((code) => HAPPENED.has(level(code).trim().toLowerCase()));
  const greatest = numbers.every(Number.isFinite) ? known[numbers.indexOf(Math.max(...numbers))] : undefined;
  const event = greatest ?? (said.length === 1 ? said[0] : undefined);
  if (event === undefined) return undefined;
  const labels = column.codes.map((codes) => codes.map((code) => (code < 0 ? -1 : code === event ? 1 : 0)));
  return { event: level(event), labels };
}

/** Rows in which follow-up and event are known, as `FollowUps` of table `side`. */
export function followUpsOf({ time, classes }: FollowUp, side: number, rows: Int32Array) {
  return {
    times: Float64Array.from(rows, (row) => time.values[side]?.[row] as number),
    events: Int32Array.from(rows, (row) => classes.labels[side]?.[row] as number),
  };
}

/** Rows of table `side` whose time is known and not negative, and whose event is known. */
export function knownFollowUps({ time, classes }: FollowUp, side: number): Int32Array {
  const labels = classes.labels[side] as Int32Array;
  return Int32Array.from(labels.keys()).filter(
    (row) => labels[row] !== -1 && (time.values[side]?.[row] as number) >= 0,
  );
}
