import { createRng } from "../../../math/rng.ts";
import { quantileSorted, sortedPresent, standardDeviation } from "../../../math/statistics.ts";
import type { Column, Table } from "../../../table/table.ts";
import { coursesOfTables } from "../../measuring/courses/aligned-courses.ts";
import { patientSummaries } from "../../measuring/courses/patient-summaries.ts";
import { LEAST_HELD_OUT } from "../../measuring/least-rows.ts";
import { count, skipped } from "../../measuring/verdict.ts";
import type { Measurement, Pulse, Tables } from "../../metric.ts";

type Skipped = Extract<Measurement, { status: "skipped" }>;

/** Patients by the summaries of their courses, one row each, in every table. */
export interface SummarisedPatients {
  readonly summaries: Tables;
  /** the same, numbers standardised so that no outlier counts for more than three: what is near and what is far */
  readonly placed: Tables;
}

const LEAST_PATIENTS = 20;
/** Standard deviations between the 10% and the 90% quantile of a normal distribution. */
const NORMAL_SPAN = 2.56;
const FURTHEST = 3;

const kept = new WeakMap<Table, { tables: Tables; found: SummarisedPatients | Skipped }>();

/**
 * Summaries of the patients' courses, made once for all metrics that ask; or why they are too few. The patients of large
 * tables are drawn by a seed of their own, so that who asks first makes no difference.
 */
export async function summarisedPatients(
  tables: Tables,
  pulse: Pulse,
): Promise<SummarisedPatients | Skipped> {
  const known = kept.get(tables.synthetic);
  if (known && known.tables.train === tables.train && known.tables.holdout === tables.holdout)
    return known.found;
  const found = await summarise(tables, pulse);
  kept.set(tables.synthetic, { tables, found });
  return found;
}

async function summarise(tables: Tables, pulse: Pulse): Promise<SummarisedPatients | Skipped> {
  await pulse();
  const courses = coursesOfTables(tables, createRng(20231));
  if (courses === undefined) return skipped("No column says when a visit was.") as Skipped;
  const each: Table[] = [];
  for (const side of courses.sides.keys()) {
    await pulse();
    each.push(patientSummaries(courses, side));
  }
  await pulse();
  const [train, holdout, synthetic] = each as [Table, Table, Table];
  for (const [table, least, words] of [
    [train, LEAST_PATIENTS, "were trained on"],
    [holdout, LEAST_HELD_OUT.privacy, "were held out"],
    [synthetic, LEAST_PATIENTS, "are synthetic"],
  ] as const) {
    if (table.rows < least)
      return skipped(`Fewer than ${count(least)} patients with visits ${words}.`, "patients") as Skipped;
  }
  const summaries = { train, holdout, synthetic };
  return { summaries, placed: standardised(summaries) };
}

/** Numbers less train's median over its span of the middle 80%, within 3 of it; a missing one is the median. */
function standardised({ train, holdout, synthetic }: Tables): Tables {
  const scales = train.columns.map((column) => {
    if (column.type === "coded") return undefined;
    const sorted = sortedPresent(column.values);
    const centre = sorted.length > 0 ? quantileSorted(sorted, 0.5) : 0;
    const span = (quantileSorted(sorted, 0.9) - quantileSorted(sorted, 0.1)) / NORMAL_SPAN;
    const scale = span > 1e-9 ? span : standardDeviation(sorted);
    return { centre, scale: scale > 0 && Number.isFinite(scale) ? scale : 1 };
  });
  const place = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((column, i): Column => {
      const way = scales[i];
      if (column.type === "coded" || way === undefined) return column;
      const values = column.values.map((value) => {
        const z = (value - way.centre) / way.scale;
        return Number.isNaN(z) ? 0 : Math.max(-FURTHEST, Math.min(FURTHEST, z));
      });
      return { type: "numeric", values };
    }),
  });
  return { train: place(train), holdout: place(holdout), synthetic: place(synthetic) };
}
