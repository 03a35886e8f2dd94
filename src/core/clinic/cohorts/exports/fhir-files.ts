import type { Cohort } from "../cohort.ts";
import { blocksOf } from "../simulating/blocks.ts";
import type { Going, Simulation } from "../simulating/simulate.ts";
import { fhirTypes, resourcesOf } from "./fhir-resources.ts";
import type { FhirType, Resource } from "./fhir-resources.ts";
import type { SimulatedFile } from "./longitudinal-tables.ts";
import { visitBlock, visitColumns } from "./visit-block.ts";

/** The simulation as lines of FHIR R4 resources, one file a type, as Bulk Data exports are. */
export const fhirFiles = (cohort: Cohort, asked: Simulation): SimulatedFile[] =>
  typesOf(cohort, asked).map((type) => ({
    name: `${type}.ndjson`,
    pieces: async function* (going) {
      for await (const { resources, rows } of written(cohort, asked, [type], going))
        yield { bytes: encoded(resources.map((one) => `${JSON.stringify(one)}\n`).join("")), rows };
    },
  }));

/** The simulation as one Bundle of FHIR R4 resources. Readers hold a Bundle whole: for thousands of patients, not more. */
export const fhirBundle = (cohort: Cohort, asked: Simulation, name: string): SimulatedFile => ({
  name,
  pieces: async function* (going) {
    yield { bytes: encoded('{"resourceType":"Bundle","type":"collection","entry":['), rows: 0 };
    let done = 0;
    let between = "\n";
    for await (const { resources, rows } of written(cohort, asked, fhirTypes, going)) {
      const entries = resources.map((resource) => JSON.stringify({ resource })).join(",\n");
      yield { bytes: encoded(entries === "" ? "" : between + entries), rows };
      if (entries !== "") between = ",\n";
      done = rows;
    }
    yield { bytes: encoded("\n]}\n"), rows: done };
  },
});

/** Types that the simulation has resources of: at the lower levels nobody has conditions or drugs. */
function typesOf(cohort: Cohort, asked: Simulation): FhirType[] {
  const kinds = new Set(visitColumns(cohort, asked).map(({ kind }) => kind));
  return fhirTypes.filter(
    (type) =>
      !(type === "Condition" && !kinds.has("condition")) &&
      !(type === "MedicationRequest" && !kinds.has("drug")),
  );
}

async function* written(
  cohort: Cohort,
  asked: Simulation,
  types: readonly FhirType[],
  going?: Going,
): AsyncGenerator<{ readonly resources: readonly Resource[]; readonly rows: number }> {
  const columns = visitColumns(cohort, asked);
  let rows = 0;
  for await (const block of blocksOf(cohort, asked, going)) {
    const read = visitBlock(block, columns);
    rows += block.table.rows;
    yield { resources: types.flatMap((type) => [...resourcesOf(type, read, columns, cohort.id)]), rows };
  }
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
