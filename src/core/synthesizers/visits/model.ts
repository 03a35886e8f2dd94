import { FaultError } from "../../fault.ts";
import type { Rng } from "../../math/rng.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import { invalid } from "../requests/check.ts";
import type { Artifact, CourseModel, Model, Params, PatientRequest, SampleRequest } from "../synthesizer.ts";
import type { CourseSource } from "./drawing/draw-patients.ts";
import { drawPatients, joined, MOST_AT_ONCE } from "./drawing/draw-patients.ts";
import { completeCourses } from "./drawing/complete-courses.ts";
import { goOn } from "./drawing/go-on.ts";
import { saveVisits } from "./saved.ts";
import type { Design } from "./network/visits-design.ts";
import { drawingOf } from "./network/visits-design.ts";

/** `ownsPatients`: whether freeing this model frees the one of what does not change. */
export function createVisitsModel(
  params: Params,
  design: Design,
  weights: Weights,
  patients: Model | undefined,
  ownsPatients = true,
): Model {
  let disposed = false;
  let made: CourseSource | undefined;
  const source = (): CourseSource => {
    if (disposed) throw new FaultError({ code: "unexpected", message: "The model was freed." });
    return (made ??= { design, drawing: drawingOf(design, weights), patients });
  };
  const courses: CourseModel = {
    sample: async (count, rng, request) => drawPatients(source(), count, rng, request),
    goOn: async (given, futures, rng, request) => goOn(source(), given, futures, rng, request),
  };
  return {
    synthesizer: "visits",
    courses,
    sample: (rows, rng, request) => sampleRows(source(), rows, rng, request),
    save: async (): Promise<Artifact> =>
      saveVisits({ params, design, weights, patients: await patients?.save() }),
    dispose: () => {
      if (!disposed && ownsPatients) patients?.dispose();
      disposed = true;
      made = undefined;
    },
  };
}

/** Whole patients until there are rows enough; the last one is cut. */
async function sampleRows(
  source: CourseSource,
  rows: number,
  rng: Rng,
  { where, shares, complete, tries, onAcceptance }: SampleRequest = {},
): Promise<Table> {
  if (complete !== undefined) {
    if ((where?.length ?? 0) > 0 || shares !== undefined || complete.rows !== rows)
      throw invalid(
        "complete",
        "A table is completed by itself, in all of its rows, without conditions or shares.",
      );
    const completed = await completeCourses(source, complete, rng);
    onAcceptance?.({ drawn: rows, kept: rows });
    return completed;
  }
  if (shares !== undefined)
    throw invalid(shares.column, "Shares cannot be set for patients over time; ask for conditions instead.");
  const { meanVisits } = source.design.parts.clock;
  let acceptance = { drawn: 0, kept: 0 };
  const request: PatientRequest = {
    ...(where && { where }),
    ...(tries !== undefined && { tries }),
    onAcceptance: ({ drawn, kept }) =>
      (acceptance = { drawn: acceptance.drawn + drawn, kept: acceptance.kept + kept }),
  };
  const tables: Table[] = [];
  let [made, patients] = [0, 0];
  do {
    const wanted = Math.min(MOST_AT_ONCE, Math.ceil((rows - made) / meanVisits));
    const table = await drawPatients(source, wanted, rng, request);
    tables.push({
      ...table,
      patients: (table.patients as Int32Array).map((patient) => patient + patients),
    });
    made += table.rows;
    patients += wanted;
  } while (made < rows);
  onAcceptance?.(acceptance);
  const all = tables.length === 1 ? (tables[0] as Table) : joined(tables);
  return all.rows === rows
    ? all
    : takeRows(
        all,
        Int32Array.from({ length: rows }, (_, i) => i),
      );
}
