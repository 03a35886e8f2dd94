/** Rows of patients with several, as they stand in the file. */
export interface SeenVisits {
  /** Patient after patient; each a list of rows in the order of the file. */
  readonly groups: readonly (readonly number[])[];
}

/** Rows that are looked at, and most of one patient. */
const ROWS = 200_000;
const OF_ONE = 1_000;

/**
 * The rows of patients with two or more, by the patient of each row (below 0: not known). Of large tables every so many
 * patients, of one patient the first thousand rows.
 */
export function visitsSeen(patients: ArrayLike<number>): SeenVisits {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < patients.length; row++) {
    const patient = patients[row] as number;
    if (!(patient >= 0)) continue;
    const rows = groups.get(patient);
    if (rows === undefined) groups.set(patient, [row]);
    else if (rows.length < OF_ONE) rows.push(row);
  }
  const several = [...groups.values()].filter((rows) => rows.length > 1);
  const all = several.reduce((sum, rows) => sum + rows.length, 0);
  const every = Math.max(1, Math.ceil(all / ROWS));
  return { groups: several.filter((_, i) => i % every === 0) };
}

/** How a column's numbers go within patients; NaN is missing and passed over. */
export interface Going {
  /** Share of the rows with a number. */
  readonly known: number;
  /** Patients with two numbers or more, and the share of them within whom it changes. */
  readonly several: number;
  readonly changing: number;
  /** Pairs of a number and the next in the file of the same patient; shares of them that rise, and that are equal. */
  readonly pairs: number;
  readonly rises: number;
  readonly equal: number;
  /** Share of the numbers that no other row of the patient has. */
  readonly unlike: number;
  /** Share of the rising pairs that rise by the most frequent step, and that step. */
  readonly counts: number;
  /** Share of the patients whose least number is the one that most have: 0, or 1 for counted visits. */
  readonly sameStart: number;
  /** Share of the numbers that are 0 or more. */
  readonly positive: number;
}

export function goingOf(values: Float64Array, { groups }: SeenVisits): Going {
  let [rows, known, several, changing, pairs, rises, equal, alone, positive] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const [steps, starts] = [new Map<number, number>(), new Map<number, number>()];
  for (const own of groups) {
    const times = new Map<number, number>();
    let [before, least, seen] = [NaN, Infinity, 0];
    for (const row of own) {
      const value = values[row] as number;
      rows++;
      if (Number.isNaN(value)) continue;
      seen++;
      if (value >= 0) positive++;
      if (value < least) least = value;
      times.set(value, (times.get(value) ?? 0) + 1);
      if (!Number.isNaN(before)) {
        pairs++;
        if (value > before) rises++;
        if (value === before) equal++;
        count(steps, value - before);
      }
      before = value;
    }
    known += seen;
    if (seen > 0) count(starts, least);
    if (seen < 2) continue;
    several++;
    if (times.size > 1) changing++;
    for (const one of times.values()) if (one === 1) alone++;
  }
  const most = (counts: ReadonlyMap<number, number>): number => Math.max(0, ...counts.values());
  const share = (part: number, of: number): number => (of === 0 ? 0 : part / of);
  const starting = [...starts.values()].reduce((sum, n) => sum + n, 0);
  steps.delete(0);
  return {
    known: share(known, rows),
    several,
    changing: share(changing, several),
    pairs,
    rises: share(rises, pairs),
    equal: share(equal, pairs),
    unlike: share(alone, known),
    counts: share(most(steps), rises),
    sameStart: share(most(starts), starting),
    positive: share(positive, known),
  };
}

/** Counted up to a bound: what has more different values has no frequent one that matters. */
function count(counts: Map<number, number>, value: number): void {
  const before = counts.get(value);
  if (before !== undefined) counts.set(value, before + 1);
  else if (counts.size < 5_000) counts.set(value, 1);
}
