import { FaultError } from "../../fault.ts";
import type { Rng } from "../../math/rng.ts";
import type { Metric, Measurement, Pulse, Tables } from "../../metrics/metric.ts";
import { wholePatients } from "../../metrics/measuring/courses/aligned-courses.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";
import { timeColumn } from "../../visits/courses.ts";

/** Rows of each table that the extremes are measured on. */
export const EXTREME_ROWS = 1000;

/** Two synthetic tables that everybody knows the truth about, beside the real ones they come from. */
export interface Extremes {
  readonly independent: Tables;
  readonly bootstrap: Tables;
}

const drawn = (table: Table, rng: Rng): Table =>
  table.rows <= EXTREME_ROWS ? table : takeRows(table, rng.choose(table.rows, EXTREME_ROWS).sort());

/**
 * `independent`: every column of train shuffled by itself, so that margins are right and nothing else is. `bootstrap`:
 * rows of train drawn with replacement, so that everything is right and every row is a patient's. All on samples of at
 * most `EXTREME_ROWS` rows; neither ever leaves the evaluation.
 */
export function extremesOf(tables: Tables, rng: Rng): Extremes {
  const train = drawn(tables.train, rng.fork("train"));
  const holdout = drawn(tables.holdout, rng.fork("holdout"));
  const rows = Math.min(train.rows, Math.max(1, tables.synthetic.rows), EXTREME_ROWS);
  const shuffle = rng.fork("independent");
  const columns = train.columns.map(
    (_, i) =>
      takeRows({ ...train, columns: [train.columns[i] as Column] }, shuffle.choose(train.rows, rows))
        .columns[0] as Column,
  );
  const { patients: _, ...rest } = train;
  const resample = rng.fork("bootstrap");
  const copies = takeRows(
    rest,
    Int32Array.from({ length: rows }, () => resample.integer(train.rows)),
  );
  const real = { train, holdout, ...ruled(tables) };
  return {
    independent: { ...real, synthetic: { ...rest, rows, columns } },
    bootstrap: { ...real, synthetic: copies },
  };
}

/** What the tables are asked for, whoever's rows they are. */
const ruled = ({ rules, book }: Tables): Pick<Tables, "rules" | "book"> => ({
  ...(rules && { rules }),
  ...(book && { book }),
});

/** Patients of each table that the extremes of courses are measured on. */
export const EXTREME_PATIENTS = 200;

/** Rows of so many patients, at most. */
const MOST_COURSE_ROWS = 10_000;

/**
 * The same of patients over time. `independent`: every column but the time shuffled by itself among all visits, which stay
 * when they were. `bootstrap`: whole patients of train drawn with replacement, each as one of its own.
 */
export function courseExtremesOf(tables: Tables, rng: Rng): Extremes {
  const some = (table: Table, label: string): Table =>
    wholePatients(table, MOST_COURSE_ROWS, rng.fork(label), EXTREME_PATIENTS);
  const train = some(tables.train, "train");
  const time = timeColumn(train.schema);
  const shuffle = rng.fork("independent");
  const columns = train.columns.map((column, i) =>
    i === time
      ? column
      : (takeRows({ ...train, columns: [column] }, shuffle.permutation(train.rows)).columns[0] as Column),
  );
  const real = {
    train,
    holdout: some(tables.holdout, "holdout"),
    ...ruled(tables),
  };
  return {
    independent: { ...real, synthetic: { ...train, columns } },
    bootstrap: { ...real, synthetic: patientsAgain(train, rng.fork("bootstrap")) },
  };
}

/** As many patients, drawn with replacement, each as one of its own. */
function patientsAgain(table: Table, rng: Rng): Table {
  const rowsOf = new Map<number, number[]>();
  table.patients?.forEach((patient, row) => {
    const own = rowsOf.get(patient);
    if (own) own.push(row);
    else rowsOf.set(patient, [row]);
  });
  const all = [...rowsOf.values()];
  const drawn = all.map(() => all[rng.integer(all.length)] as number[]);
  const patients = Int32Array.from(drawn.flatMap((own, patient) => own.map(() => patient)));
  return { ...takeRows(table, Int32Array.from(drawn.flat())), patients };
}

/** `result` with the same number for both extremes beside it, where both can be measured. Rejects only when cancelled. */
export async function besideExtremes(
  result: Measurement,
  metric: Metric,
  extremes: Extremes,
  rng: Rng,
  pulse: Pulse,
): Promise<Measurement> {
  if (result.status !== "ok") return result;
  const valueOf = async (tables: Tables, label: string): Promise<number | undefined> => {
    try {
      const measured = await metric.compute(tables, rng.fork(label), pulse, true);
      return measured.status === "ok" && Number.isFinite(measured.value) ? measured.value : undefined;
    } catch (error) {
      if (error instanceof FaultError) throw error;
      return undefined;
    }
  };
  const independent = await valueOf(extremes.independent, "independent");
  const bootstrap = await valueOf(extremes.bootstrap, "bootstrap");
  if (independent === undefined || bootstrap === undefined) return result;
  return { ...result, extremes: { independent, bootstrap } };
}
