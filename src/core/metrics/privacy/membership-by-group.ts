import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { aucWithError, type AucWithError } from "../../math/scores/auc-error.ts";
import { quantileSorted, sortedPresent } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { alignColumns, type AlignedColumn } from "../measuring/align.ts";
import { noted } from "../measuring/bounds.ts";
import { judge } from "../measuring/judge.ts";
import { tooFewToSplit } from "../measuring/least-rows.ts";
import { LEAST_PATIENTS, patientsWhere } from "../measuring/patients.ts";
import { around, besideReal, percentage, skipped } from "../measuring/verdict.ts";
import type { Detail, Measured, Metric } from "../metric.ts";
import { ratios } from "./membership-domias.ts";
import { askedNote, neighboursOf } from "./neighbours.ts";

const MARGIN = 0.05;
/** Patients of each kind that an attack needs to be judged by. */
const LEAST_ATTACKED = 10;
const MOST_COLUMNS = 6;
const MOST_LEVELS = 12;
const QUARTERS = ["Most like others", "Second quarter", "Third quarter", "Least like others"] as const;
const RAREST = 3;

/**
 * The attack of `membership-domias` on the quarter of patients who are least like others, beside the other quarters and the
 * groups that a person named.
 */
export const membershipByGroup: Metric = {
  id: "membership-by-group",
  name: "Membership of unusual patients",
  family: "privacy",
  criterion: "membership",
  better: "lower",
  ideal: 0.5,
  margin: MARGIN,
  range: [0, 1],
  summary: "Whether an attacker can tell who was learned from among the patients who are least like others.",
  reference:
    "Privacy of outliers and subgroups: Stadler et al. 2022; attack: DOMIAS, van Breugel et al. 2023",
  scored: false,
  needs: ["seen", "unseen"],
  limits: "Unusual by distance in all columns; groups of few patients have wide intervals.",

  async compute(tables, _rng, pulse = breathe) {
    const reason = tooFewToSplit(tables);
    if (reason !== undefined) return skipped(reason);
    const neighbours = neighboursOf(tables);
    const made = await neighbours.toSynthetic(pulse);
    const known = await neighbours.toReference(pulse);
    const guesses = ratios([made.train, made.holdout], [known.train, known.holdout], neighbours.scored);
    const rows = guesses.members.length;
    const near = [known.train[0].slice(0, rows), known.holdout[0].slice(0, rows)] as const;
    const attacked: Attacked = {
      tables: neighbours.tables,
      guesses: [guesses.members, guesses.others],
      without: [near[0].map((d) => -d), near[1].map((d) => -d)],
    };
    const quarters: Group[] = [];
    for (const [i, of] of quartersOf(near).entries()) {
      quarters.push(attackOn(QUARTERS[i] as string, of, attacked));
      await pulse();
    }
    const rarest = quarters[RAREST];
    if (rarest?.own === undefined)
      return skipped(`Fewer than ${LEAST_ATTACKED} patients are least like others.`, "patients");
    const groups = [...quarters, ...groupsOf(attacked)];
    const others = attackOn(
      "others",
      (side, row) => (near[side][row] as number) < rarestFrom(near),
      attacked,
    );
    const { value, error } = rarest.own;
    const interval = around(value, Z95 * error, [0, 1]);
    return {
      ...besideReal(
        "lower",
        value,
        interval,
        { value: 0.5, interval: around(0.5, Z90 * error, [0, 1]) },
        (auc) => 100 - 200 * Math.max(0, auc - 0.5),
        { low: interval.low - 0.5, high: interval.high - 0.5 },
      ),
      sentence:
        `Given one who was learned from and one who was not, of the quarter of patients who are least like others, the attacker ` +
        `names the right one ${percentage(value)} of the time, where chance is 50%` +
        (others.own ? `; of all other patients ${percentage(others.own.value)}.` : "."),
      detail: detailOf(groups),
      ...noted(leftOut(groups), askedNote(`“${this.name}”`, neighbours, tables)),
    };
  },
};

/** Whether a row of the members (0) or the others (1) belongs to a group. */
type Belongs = (side: 0 | 1, row: number) => boolean;

interface Attacked {
  readonly tables: { readonly members: Table; readonly others: Table };
  /** of members and others: the attacker's guess, and the guess without the synthetic table */
  readonly guesses: readonly [Float64Array, Float64Array];
  readonly without: readonly [Float64Array, Float64Array];
}

interface Group {
  readonly name: string;
  /** different patients who were learned from, and who were not */
  readonly patients: readonly [number, number];
  readonly own?: AucWithError;
  readonly usual?: AucWithError;
}

const rarestFrom = (near: readonly [Float64Array, Float64Array]): number =>
  quantileSorted(near[1].slice().sort(), 0.75);

/** Cut at the quarters of the patients who were held out, by the distance to the nearest other patient. */
function quartersOf(near: readonly [Float64Array, Float64Array]): Belongs[] {
  const sorted = near[1].slice().sort();
  const edges = [0.25, 0.5, 0.75].map((share) => quantileSorted(sorted, share));
  return QUARTERS.map((_, quarter) => (side, row) => {
    const distance = near[side][row] as number;
    return edges.filter((edge) => distance >= edge).length === quarter;
  });
}

function attackOn(name: string, belongs: Belongs, { tables, guesses, without }: Attacked): Group {
  const sides = [tables.members, tables.others] as const;
  const rows = sides.map((_, side) =>
    Array.from(guesses[side as 0 | 1].keys()).filter((row) => belongs(side as 0 | 1, row)),
  ) as [number[], number[]];
  const patients = sides.map((table, side) => {
    const own = new Set(rows[side]);
    return patientsWhere(guesses[side as 0 | 1].length, (row) => own.has(row), table.patients);
  }) as [number, number];
  if (Math.min(...patients) < LEAST_ATTACKED) return { name, patients };
  const whose = sides.map(({ patients: all }, side) =>
    all ? Int32Array.from(rows[side] as number[], (row) => all[row] as number) : undefined,
  );
  const attack = (of: readonly [Float64Array, Float64Array]): AucWithError =>
    aucWithError(
      rows[0].map((row) => of[0][row] as number),
      rows[1].map((row) => of[1][row] as number),
      { positives: whose[0], negatives: whose[1] },
    );
  return { name, patients, own: attack(guesses), usual: attack(without) };
}

/** The groups of the columns that a person compares: levels, or quarters of a number. */
function groupsOf(attacked: Attacked): Group[] {
  const { members, others } = attacked.tables;
  const names = members.schema.columns.flatMap(({ name, role }) => (role === "sensitive" ? [name] : []));
  return alignColumns([members, others], names.slice(0, MOST_COLUMNS)).flatMap((column) =>
    levelsOf(column).map(([label, belongs]) =>
      attackOn(`${column.schema.name}: ${label}`, belongs, attacked),
    ),
  );
}

function levelsOf(column: AlignedColumn): [string, Belongs][] {
  if (column.type === "coded") {
    return column.levels
      .slice(0, MOST_LEVELS)
      .map((level, code) => [level, (side, row) => column.codes[side]?.[row] === code]);
  }
  const sorted = sortedPresent(column.values[0] as Float64Array);
  if (sorted.length === 0) return [];
  const edges = [0.25, 0.5, 0.75].map((share) => quantileSorted(sorted, share));
  return ["lowest quarter", "second quarter", "third quarter", "highest quarter"].map((label, quarter) => [
    label,
    (side, row) => {
      const value = column.values[side]?.[row] as number;
      return !Number.isNaN(value) && edges.filter((edge) => value >= edge).length === quarter;
    },
  ]);
}

const isShown = ({ patients }: Group): boolean => Math.min(...patients) >= LEAST_PATIENTS;

/** Groups of fewer than 5 patients are not even named. */
function detailOf(groups: readonly Group[]): Detail {
  const shown = groups.filter(isShown);
  const measured = ({ value, error }: AucWithError): Measured => ({
    value,
    interval: around(value, Z95 * error, [0, 1]),
  });
  return {
    type: "groups",
    unit: "AUC of the attack; 0.5 is chance",
    groups: shown.map(({ name, patients, own, usual }) => {
      if (own === undefined || usual === undefined)
        return { name, reason: `It has fewer than ${LEAST_ATTACKED} patients of each kind.` };
      const synthetic = measured(own);
      const { low, high } = synthetic.interval as { low: number; high: number };
      const loss = { value: own.value - 0.5, interval: { low: low - 0.5, high: high - 0.5 } };
      return {
        name,
        patients: patients[0],
        figures: [{ name: "AUC", unit: "number" as const, real: measured(usual), synthetic }],
        verdict: judge(loss, MARGIN, shown.length).verdict,
      };
    }),
  };
}

function leftOut(groups: readonly Group[]): string | undefined {
  const few = groups.filter((group) => !isShown(group) && Math.max(...group.patients) > 0).length;
  return few > 0
    ? `“Membership of unusual patients” leaves out ${few} ${few === 1 ? "group" : "groups"} of fewer than ${LEAST_PATIENTS} patients.`
    : undefined;
}
