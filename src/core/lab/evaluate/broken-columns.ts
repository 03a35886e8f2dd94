import { alignColumns, countCodes, type AlignedColumn } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import { LEAST_PATIENTS } from "../../metrics/measuring/patients.ts";
import type { Finding } from "../../report/report.ts";
import type { Table } from "../../table/table.ts";

/** Synthetic values to be expected of what is not there at all; fewer may be missing by chance (e^-10 = 0.005%). */
const EXPECTED = 10;
/** A share of values this large that stands on other levels than it should is no detail. */
const MOVED = 0.05;

/**
 * Columns that came out empty, constant, or with a level in place of others, where train's are not so and chance does not
 * explain it. Such a column makes every other number of it idle, so these are the first findings of a report.
 */
export function brokenColumns(train: Table, synthetic: Table): Finding[] {
  if (train.rows === 0 || synthetic.rows === 0) return [];
  return alignColumns([train, synthetic], columnNames(train)).flatMap((column) => {
    const broken = column.type === "numeric" ? brokenNumber(column) : brokenLevels(column);
    if (!broken) return [];
    const { name } = column.schema;
    return [
      {
        family: "fidelity" as const,
        metric: "column-shapes",
        column: name,
        title: `${name} ${broken.how}`,
        text: broken.text(name),
        remedy: "Train again with another method or seed, or leave the column out of what you give away.",
      },
    ];
  });
}

interface Broken {
  readonly how: string;
  text(name: string): string;
}

const count = (n: number): string => n.toLocaleString("en-US");
const percent = (share: number): string => `${Math.round(100 * share)}%`;

function brokenNumber({ values }: Extract<AlignedColumn, { type: "numeric" }>): Broken | undefined {
  const [real, own] = values.map((side) => side.filter((value) => !Number.isNaN(value))) as [
    Float64Array,
    Float64Array,
  ];
  const [rows, drawn] = values.map((side) => side.length) as [number, number];
  const empty = emptyOf(real.length, rows, own.length, drawn);
  if (empty) return empty;
  const [only] = own;
  if (only === undefined || own.some((value) => value !== only)) return undefined;
  const same = real.reduce((n, value) => n + (value === only ? 1 : 0), 0);
  return constantOf(same, real.length, own.length);
}

function brokenLevels({ codes, levels }: Extract<AlignedColumn, { type: "coded" }>): Broken | undefined {
  const [real, own] = codes.map((side) => countCodes(side, levels.length)) as [Float64Array, Float64Array];
  const [known, made] = [real, own].map((counts) => counts.reduce((a, b) => a + b, 0)) as [number, number];
  const [rows, drawn] = codes.map((side) => side.length) as [number, number];
  const empty = emptyOf(known, rows, made, drawn);
  if (empty || made === 0 || known === 0) return empty;
  const taken = own.findIndex((n) => n === made);
  const constant = taken < 0 ? undefined : constantOf(real[taken] as number, known, made);
  return constant ?? replacedOf(real, own, known, made);
}

function emptyOf(known: number, rows: number, made: number, drawn: number): Broken | undefined {
  if (made > 0 || (known / rows) * drawn < EXPECTED) return undefined;
  return {
    how: "came out empty",
    text: (name) =>
      `None of ${count(drawn)} synthetic rows has a value of ${name}; ${percent(known / rows)} of training rows have one.`,
  };
}

function constantOf(same: number, known: number, made: number): Broken | undefined {
  const others = known - same;
  if (others < LEAST_PATIENTS || (others / known) * made < EXPECTED) return undefined;
  return {
    how: "came out constant",
    text: (name) =>
      `All ${count(made)} synthetic values of ${name} are the same; of ${count(known)} training values ` +
      `${percent(others / known)} differ from it.`,
  };
}

/** Levels that five patients or more have and nobody drew, or drawn ones that no training row has. */
function replacedOf(real: Float64Array, own: Float64Array, known: number, made: number): Broken | undefined {
  let [lost, share, foreign] = [0, 0, 0];
  real.forEach((n, level) => {
    if (n === 0) foreign += (own[level] as number) / made;
    if (n < LEAST_PATIENTS || own[level] !== 0 || (n / known) * made < EXPECTED) return;
    lost++;
    share += n / known;
  });
  if (Math.max(share, foreign) < MOVED) return undefined;
  const levels = lost === 1 ? "1 level" : `${count(lost)} levels`;
  return {
    how: "has levels in place of others",
    text: (name) =>
      share >= MOVED
        ? `${levels} of ${name}, which ${percent(share)} of ${count(known)} training values have, are in none of ${count(made)} synthetic ones.`
        : `${percent(foreign)} of ${count(made)} synthetic values of ${name} are levels that none of ${count(known)} training values has.`,
  };
}
