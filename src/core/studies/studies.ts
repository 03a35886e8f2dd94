/** Questions that need many runs: what the worker and the terminal drive. */
export { findStudy, studies } from "./registry.ts";
export {
  cellsLeft,
  fieldsOf,
  planStudy,
  resultOf,
  runCell,
  secondsLeft,
  type PlannedStudy,
} from "./running/run-study.ts";
export { resolveSettings } from "./running/settings.ts";
export { harmonise, type Harmonised } from "./second/harmonise.ts";
export { secondFacts } from "./second/second-facts-of.ts";
export type {
  CellDone,
  CellRow,
  MadeTable,
  Study,
  StudyCell,
  StudyField,
  StudyGrid,
  StudyRequest,
  StudySettings,
  StudySource,
  StudyTools,
  StudyValue,
} from "./study.ts";
