import type { AlignedColumn } from "../measuring/align.ts";

/** Words that stand for the class in which something happened. */
const HAPPENED = new Set(
  "1 yes y true t dead died death deceased event positive pos ja tot verstorben gestorben exitus".split(" "),
);

/** A column of two values as a yes or no: labels 1, 0 and -1 (neither) in every table. */
export interface TwoClasses {
  readonly event: string;
  readonly labels: readonly Int32Array[];
}

/**
 * `column` as two classes when table 0 holds exactly two values of it. The event is the level with a word for it ("yes",
 * "died", ...), else the greater number, else the rarer level.
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
  const happened = [first, second].filter((code) => HAPPENED.has((levels[code] ?? "").trim().toLowerCase()));
  if (happened.length === 1) return happened[0] as number;
  const [a, b] = [Number(levels[first]), Number(levels[second])];
  if (Number.isFinite(a) && Number.isFinite(b)) return a > b ? first : second;
  return (counts.get(first) ?? 0) <= (counts.get(second) ?? 0) ? first : second;
}

/** Names of a follow-up time, the surest first. */
const TIMES = [
  /^(fu_?time|futime|follow_?up(_time|_days|_months|_years)?|time_to_(event|death)|days_to_death)$/,
  /^(os|survival)(_time|_days|_months|_years)?$/,
  /^(time|days|months|t2e)$/,
  /^(los|length_of_stay|los_days|hospital_days|liegedauer|verweildauer)$/,
];
const EVENTS =
  /(^|_)(death|dead|died|deceased|status|fustat|event|mortality|vital_?status|verstorben|gestorben|tod)(_|$)/;

const plain = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");

const LEAST_TIMES = 5;

/** A follow-up time and the event that ends it. */
export interface FollowUp {
  readonly time: Extract<AlignedColumn, { type: "numeric" }>;
  readonly event: AlignedColumn;
  readonly classes: TwoClasses;
}

/**
 * The columns of a survival analysis by name and kind: a non-negative number called futime, survival, days, los, ...
 * with at least five different values in table 0, and a column of two values called death, status, event, ...
 */
export function followUpOf(columns: readonly AlignedColumn[]): FollowUp | undefined {
  const numbers = columns.flatMap((column) =>
    column.type === "numeric" &&
    column.schema.kind !== "datetime" &&
    isDuration(column.values[0] as Float64Array)
      ? [column]
      : [],
  );
  const time = TIMES.flatMap((name) => numbers.filter(({ schema }) => name.test(plain(schema.name))))[0];
  if (!time) return undefined;
  for (const event of columns) {
    if (event === time || !EVENTS.test(plain(event.schema.name))) continue;
    const classes = twoClasses(event);
    if (classes) return { time, event, classes };
  }
  return undefined;
}

function isDuration(values: Float64Array): boolean {
  const different = new Set<number>();
  for (const value of values) {
    if (value < 0) return false;
    if (different.size < LEAST_TIMES && value === value) different.add(value);
  }
  return different.size >= LEAST_TIMES;
}
