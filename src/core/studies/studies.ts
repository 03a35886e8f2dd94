/** Questions that need many runs: what the worker and the terminal drive. */
export { cellsCsv } from "./files/cells-csv.ts";
export { resultJson } from "./files/result-json.ts";
export { studyHtml } from "./files/study-html.ts";
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
