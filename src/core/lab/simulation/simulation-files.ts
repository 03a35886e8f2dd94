import { findCohort } from "../../clinic/cohorts/cohorts.ts";
import { fhirBundle, fhirFiles } from "../../clinic/cohorts/exports/fhir-files.ts";
import { longitudinalFiles } from "../../clinic/cohorts/exports/longitudinal-tables.ts";
import type { SimulatedFile } from "../../clinic/cohorts/exports/longitudinal-tables.ts";
import type { Simulation } from "../../clinic/cohorts/simulating/simulate.ts";

/** `tables`: five CSV files with keys; `fhir`: lines of FHIR R4 resources, one file a type; `bundle`: all of them in one file. */
export type SeveralFiles = "tables" | "fhir" | "bundle";

/** The files of a simulation, each made when its pieces are asked for. Throws FaultError `bad-use` for an unknown cohort. */
export function simulationFiles(kind: SeveralFiles, asked: Simulation): SimulatedFile[] {
  const cohort = findCohort(asked.cohort);
  if (kind === "tables") return longitudinalFiles(cohort, asked);
  if (kind === "fhir") return fhirFiles(cohort, asked);
  return [fhirBundle(cohort, asked, `${asked.cohort.replaceAll("-", "_")}_simulated.fhir.json`)];
}
