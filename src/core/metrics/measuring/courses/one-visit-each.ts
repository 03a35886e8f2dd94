import type { Rng } from "../../../math/rng.ts";
import type { Table } from "../../../table/table.ts";
import { coursesOf } from "../../../visits/courses.ts";
import type { Tables } from "../../metric.ts";
import { samplesOf } from "../equal-sizes.ts";
import { patientsOf } from "../patients.ts";

/** Whether real and synthetic patients both have visits, so that patients can be counted on both sides. */
export const bothHaveCourses = ({ train, synthetic }: Tables): boolean =>
  coursesOf(train) !== undefined && coursesOf(synthetic) !== undefined;

/** One visit of each patient, drawn at random, for measures of patients that know nothing of visits; where both have courses. */
export function oneVisitEach(tables: Tables, rng: Rng): Tables {
  if (!bothHaveCourses(tables)) return tables;
  const drawn = (table: Table, label: string): Table =>
    samplesOf(table, patientsOf(table), 1, rng.fork(label)).tables[0] as Table;
  return {
    ...tables,
    train: drawn(tables.train, "a visit of training patients"),
    holdout: drawn(tables.holdout, "a visit of held-out patients"),
    synthetic: drawn(tables.synthetic, "a visit of synthetic patients"),
  };
}
