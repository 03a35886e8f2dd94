import { breathe } from "../../math/breathe.ts";
import { Z90, wilson } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { believed, chanceOfSoFew } from "../../math/scores/exact-tests.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { drawnNote } from "../measuring/bounds.ts";
import { LEAST_PATIENTS, patientsIn } from "../measuring/patients.ts";
import { wholeNumbers } from "../measuring/prediction-task.ts";
import { MADE, REAL, realBesideSynthetic } from "../measuring/real-rows.ts";
import type { Compared } from "../measuring/real-rows.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, count, percentage, skipped } from "../measuring/verdict.ts";
import type { Detail, Metric, Pulse } from "../metric.ts";

const MOST_ROWS = 20_000;
const MOST_PAIRS = 300;
const MOST_LEVELS = 200;
const LISTED = 60;
/** Levels under this share of the patients are also asked for together. */
const RARE = 0.02;
/** At most this many times as frequent as in real patients: too rare. */
const TOO_RARE = 2 / 3;
const DISCOVERY = 0.05;
/** Family-wise, half of it for single levels. */
const SURE = 0.01;

/** Which levels, and pairs of levels, of real patients are lost or clearly too rare in synthetic rows, by exact tests. */
export const levelCoverage: Metric = {
  id: "level-coverage",
  name: "Levels and subgroups",
  family: "fidelity",
  better: "lower",
  ideal: 0,
  margin: 0.02,
  range: [0, 1],
  summary:
    "Whether every level of every category, every pair of levels, and each level with each outcome is as frequent as in real patients.",
  reference:
    "Fisher's exact test of each level; false-discovery rate 5% (Benjamini and Hochberg 1995); category coverage: SDMetrics",
  scored: true,
  limits:
    "A level lost counts by its patients: one of under 2% alone stays within the margin, rare levels together do not. Levels of fewer than five patients do not count.",
  remedy:
    "Do not ask this table about the groups named. Merge levels before training, or try a method that draws levels by their frequency.",
  claim: () => ({
    not: "use it for every kind of patient",
    because: "groups of patients are missing from it or far too rare",
  }),
  sees: (loss) => `a group of ${percentage(Math.min(1, loss))} of the patients lost`,
  effort: 2,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const { train, holdout, synthetic } = tables;
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const compared = realBesideSynthetic(tables, MOST_ROWS, rng);
    await pulse();
    const columns = codedColumns(compared);
    if (columns.length === 0) return skipped("No column has levels.");
    const { groups, pairs } = await groupsOf(columns, compared, rng.fork("pairs"), pulse);
    if (groups.length === 0) return skipped("No level has 5 real patients or more.");
    const own = await compare(groups, sidesOf(compared, REAL, MADE), pulse);
    const lost = sharesOf(own, compared);
    if (valueOnly) return valueAlone(lost.found);
    const held = await compare(groups, sidesOf(compared, "learned", "held"), pulse);
    const baseline = sharesOf(held, compared).sure;
    const heldRows = compared.rows[REAL] - compared.learned;
    const unseen = leastSeen(groups, compared);
    const high = Math.min(1, lost.found + unseen);
    const loss =
      lost.sure > 0
        ? { value: lost.sure, interval: { low: lost.sure, high } }
        : { value: lost.found, interval: { low: -unseen, high } };
    return {
      ...besideReal(
        "lower",
        lost.found,
        { low: lost.sure, high },
        { value: baseline, interval: { low: 0, high: Math.max(baseline, wilson(0, heldRows, Z90).high) } },
        (value) => 100 * (1 - value),
      ),
      loss,
      sentence: sentenceOf(own, compared, groups.filter(({ pair }) => !pair).length),
      detail: detailOf(own),
      ...noteOf(pairs, drawnNote("“Levels and subgroups” uses", [train, holdout, synthetic], MOST_ROWS).note),
    };
  },
};

interface Coded {
  readonly name: string;
  readonly target: boolean;
  readonly labels: readonly string[];
  /** a level's place per row, -1 for none, on both sides */
  readonly codes: readonly (ArrayLike<number> & Iterable<number>)[];
}

/** Columns with levels, and a target of few whole numbers. */
function codedColumns({ columns }: Compared): Coded[] {
  return columns.flatMap((column): Coded[] => {
    const { name, kind, role } = column.schema;
    const target = role === "target";
    if (column.type === "coded")
      return kind === "text" || kind === "identifier"
        ? []
        : [{ name, target, labels: column.levels, codes: column.codes }];
    const values = target ? wholeNumbers(column.values[REAL] as Float64Array) : undefined;
    return values ? [{ name, target, labels: values.map(String), codes: placesOf(column, values) }] : [];
  });
}

const placesOf = (
  column: Extract<AlignedColumn, { type: "numeric" }>,
  values: readonly number[],
): Int32Array[] => column.values.map((own) => Int32Array.from(own, (value) => values.indexOf(value)));

/** Some real patients: of one level, of all rare levels of a column, or of one level of two columns each. */
interface Group {
  readonly name: string;
  readonly pair: boolean;
  /** 1 in it, 0 not, 2 unknown; per row of both sides */
  readonly rows: readonly [Uint8Array, Uint8Array];
  readonly patients: number;
}

async function groupsOf(
  columns: readonly Coded[],
  compared: Compared,
  rng: Rng,
  pulse: Pulse,
): Promise<{ groups: Group[]; pairs: { asked: number; all: number } }> {
  const groups: Group[] = [];
  const kept = columns.map((column) => frequentLevels(column, compared));
  for (const [c, column] of columns.entries()) {
    await pulse();
    const { levels, known } = kept[c] as (typeof kept)[number];
    for (const { level } of levels)
      groups.push(groupOf(named(column, level), false, compared, [[column, [level]]]));
    const rare = levels.filter(({ patients }) => patients < RARE * known).map(({ level }) => level);
    if (rare.length > 1)
      groups.push(
        groupOf(`one of the ${rare.length} levels of ${column.name} under ${100 * RARE}%`, false, compared, [
          [column, rare],
        ]),
      );
  }
  const all = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => [a, b] as const));
  const withTarget = all.filter(([a, b]) => a.target || b.target);
  const others = all.filter(([a, b]) => !a.target && !b.target);
  const drawn =
    all.length <= MOST_PAIRS
      ? others
      : Array.from(
          rng.choose(others.length, Math.max(0, MOST_PAIRS - withTarget.length)),
          (i) => others[i] as (typeof others)[number],
        );
  const asked = [...withTarget.slice(0, MOST_PAIRS), ...drawn];
  for (const [a, b] of asked) {
    await pulse();
    const [x, y] = [a, b].map((column) => kept[columns.indexOf(column)]?.levels ?? []) as [Level[], Level[]];
    groups.push(...crossed(a, x, b, y, compared));
  }
  return { groups, pairs: { asked: asked.length, all: all.length } };
}

interface Level {
  readonly level: number;
  readonly patients: number;
}

/** Levels of five patients or more, most frequent first, and all patients whose level is known. */
function frequentLevels({ labels, codes }: Coded, { whose }: Compared): { levels: Level[]; known: number } {
  const patients = patientsIn(Int32Array.from(codes[REAL] as Iterable<number>), labels.length, whose);
  const levels = Array.from(patients, (own, level) => ({ level, patients: own }))
    .filter((level) => level.patients >= LEAST_PATIENTS)
    .sort((a, b) => b.patients - a.patients || a.level - b.level)
    .slice(0, MOST_LEVELS);
  return { levels, known: patients.reduce((a, b) => a + b, 0) };
}

/** Pairs of the 12 most frequent levels of both columns that five patients or more have. */
function crossed(a: Coded, x: readonly Level[], b: Coded, y: readonly Level[], compared: Compared): Group[] {
  return x.slice(0, 12).flatMap((one) =>
    y.slice(0, 12).flatMap((other) => {
      const group = groupOf(`${named(a, one.level)} and ${named(b, other.level)}`, true, compared, [
        [a, [one.level]],
        [b, [other.level]],
      ]);
      return group.patients >= LEAST_PATIENTS ? [group] : [];
    }),
  );
}

const named = ({ name, labels }: Coded, level: number): string => `${name} “${labels[level] ?? ""}”`;

function groupOf(
  name: string,
  pair: boolean,
  { rows, whose }: Compared,
  wanted: readonly (readonly [Coded, readonly number[]])[],
): Group {
  const sides = [REAL, MADE].map((side) => {
    const own = new Uint8Array(rows[side]).fill(1);
    for (const [column, levels] of wanted) {
      const codes = column.codes[side] as ArrayLike<number>;
      for (let row = 0; row < own.length; row++) {
        const code = codes[row] as number;
        if (code < 0) own[row] = 2;
        else if (own[row] === 1 && !levels.includes(code)) own[row] = 0;
      }
    }
    return own;
  }) as [Uint8Array, Uint8Array];
  const places = Int32Array.from(sides[REAL], (state) => (state === 1 ? 0 : -1));
  return { name, pair, rows: sides, patients: patientsIn(places, 1, whose)[0] as number };
}

/** Counts of one part of the rows; `worth`: independent rows a row counts for. */
interface Side {
  readonly of: (group: Group) => Uint8Array;
  readonly worth: number;
}

function sidesOf(
  { learned, worth }: Compared,
  real: typeof REAL | "learned",
  other: typeof MADE | "held",
): readonly [Side, Side] {
  return [
    { of: ({ rows }) => (real === REAL ? rows[REAL] : rows[REAL].subarray(0, learned)), worth },
    { of: ({ rows }) => (other === MADE ? rows[MADE] : rows[REAL].subarray(learned)), worth },
  ];
}

interface Counted {
  readonly group: Group;
  readonly real: { readonly in: number; readonly of: number };
  readonly other: { readonly in: number; readonly of: number };
  readonly chance: number;
  /** too rare by the false-discovery rate; also family-wise */
  readonly stands: boolean;
  readonly sure: boolean;
}

async function compare(
  groups: readonly Group[],
  [real, other]: readonly [Side, Side],
  pulse: Pulse,
): Promise<Counted[]> {
  const counted: Omit<Counted, "stands" | "sure">[] = [];
  for (const group of groups) {
    await pulse();
    const [x, y] = [tally(real.of(group)), tally(other.of(group))];
    const [a, n, b, m] = [y.in, y.of, x.in, x.of].map((rows, i) =>
      Math.round(rows * (i < 2 ? other.worth : real.worth)),
    ) as [number, number, number, number];
    const unusual = y.of > 0 && x.of > 0 && y.in / y.of < TOO_RARE * (x.in / x.of);
    counted.push({ group, real: x, other: y, chance: unusual ? chanceOfSoFew(a, n, b, m) : 1 });
  }
  const stand = believed(
    counted.map(({ chance }) => chance),
    DISCOVERY,
  );
  const pairs = groups.filter(({ pair }) => pair).length;
  return counted.map((one, i) => {
    const family = one.group.pair ? pairs : groups.length - pairs;
    const stands = stand[i] === true && one.chance < 1;
    return { ...one, stands, sure: stands && one.chance <= SURE / 2 / family };
  });
}

function tally(rows: Uint8Array): { in: number; of: number } {
  let [inside, known] = [0, 0];
  for (const state of rows) {
    if (state === 1) inside++;
    if (state !== 2) known++;
  }
  return { in: inside, of: known };
}

/** Share of the real rows that are in a group found too rare. */
function sharesOf(counted: readonly Counted[], { rows }: Compared): { found: number; sure: number } {
  const share = (chosen: readonly Counted[]): number => {
    const hit = new Uint8Array(rows[REAL]);
    for (const { group } of chosen) group.rows[REAL].forEach((state, row) => state === 1 && (hit[row] = 1));
    return hit.reduce((a, b) => a + b, 0) / Math.max(1, rows[REAL]);
  };
  return {
    found: share(counted.filter(({ stands }) => stands)),
    sure: share(counted.filter(({ sure }) => sure)),
  };
}

/** The smallest share of the real rows that a level must have for its loss to be seen among all single levels. */
function leastSeen(groups: readonly Group[], { rows, worth }: Compared): number {
  const [n, m] = [Math.round(rows[REAL] * worth), Math.round(rows[MADE] * worth)];
  const singles = groups.filter(({ pair }) => !pair).length;
  for (let patients = 1; patients < n; patients++)
    if (chanceOfSoFew(0, m, patients, n) <= DISCOVERY / singles) return patients / n;
  return 1;
}

const rowsIn = (n: number): string => (n === 0 ? "none" : count(n));

/** By the patients that are missing, those of groups that are all lost first: a lost subgroup before the level it thins out. */
function worstFirst(counted: readonly Counted[]): Counted[] {
  const weight = ({ real, other }: Counted): number => {
    const kept = other.in / Math.max(1, other.of) / (real.in / real.of);
    return real.in * (1 - kept) ** 2;
  };
  const found = counted.filter(({ stands }) => stands);
  return found.sort(
    (a, b) => weight(b) - weight(a) || Number(a.group.pair) - Number(b.group.pair) || a.chance - b.chance,
  );
}

function sentenceOf(counted: readonly Counted[], { worth }: Compared, singles: number): string {
  const [worst] = worstFirst(counted);
  const pairs = counted.length - singles;
  if (!worst) {
    const also = pairs > 0 ? ` and ${count(pairs)} pairs of levels` : "";
    return `None of ${count(singles)} levels${also} is lost or clearly too rare.`;
  }
  const { group, real, other } = worst;
  const all = counted.filter(({ stands }) => stands).length;
  const who = worth < 1 ? "real rows" : "real patients";
  return (
    `${count(real.in)} of ${count(real.of)} ${who} have ${group.name}, ` +
    `${rowsIn(other.in)} of ${count(other.of)} synthetic rows.` +
    (all > 1
      ? ` ${count(all)} of ${count(counted.length)} levels and pairs of levels are lost or too rare.`
      : "")
  );
}

function detailOf(counted: readonly Counted[]): Detail {
  const found = worstFirst(counted);
  const rest = counted
    .filter(({ stands, group }) => !stands && !group.pair)
    .sort((a, b) => a.chance - b.chance);
  return {
    type: "groups",
    unit: "share of rows",
    groups: [...found, ...rest].slice(0, LISTED).map(({ group, real, other, stands, sure }) => ({
      name: group.name,
      patients: group.patients,
      figures: [
        {
          name: "Share of rows",
          unit: "share" as const,
          real: { value: real.in / real.of, interval: wilson(real.in, real.of) },
          synthetic: { value: other.of > 0 ? other.in / other.of : 0, interval: wilson(other.in, other.of) },
        },
      ],
      verdict: sure ? ("much-worse" as const) : stands ? ("worse" as const) : ("good" as const),
    })),
  };
}

function noteOf(pairs: { asked: number; all: number }, drawn: string | undefined): { note?: string } {
  const all = [
    ...(pairs.asked < pairs.all
      ? [
          `Levels are crossed for ${count(pairs.asked)} of ${count(pairs.all)} pairs of columns, those with the target first.`,
        ]
      : []),
    ...(drawn === undefined ? [] : [drawn]),
  ];
  return all.length > 0 ? { note: all.join(" ") } : {};
}
