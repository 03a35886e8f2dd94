/**
 * The lab: what the worker and the terminal drive. Open a table, fit a synthesizer, sample, evaluate, save and load.
 */
export { FaultError, asFault, describeFault, type Fault } from "../fault.ts";
export { breathe } from "../math/breathe.ts";
export { cohorts, simulateCohort } from "../clinic/cohorts.ts";
export { ENCODINGS, type Column, type Schema, type Table } from "../table/table.ts";
export { formatCells } from "../table/cells.ts";
export { readDate as readMoment } from "../table/date-format.ts";
export { profileTable } from "../table/profile-table.ts";
export { readCsv } from "../table/read-csv.ts";
export { reviseTable } from "../table/revise.ts";
export { createCsvWriter } from "../table/write-csv.ts";
export { resolveParams, findSynthesizer } from "../synthesizers/registry.ts";
export { currentDevice, openDevice, tensorCount } from "../nn/device.ts";
export { listDevices, listSynthesizers } from "./offer.ts";
export { measurePace } from "./pace.ts";
export { createEstimator, shapeOf, type Estimate, type Estimator, type FitPlan } from "./estimate.ts";
export {
  startFit,
  splitTable,
  type Fit,
  type FitProgress,
  type FitRequest,
  type FittedRun,
} from "./fit-run.ts";
export { checkModel, sampleCsv, sampleTable, type Asked } from "./sample.ts";
export { kindsToLearn } from "./complete.ts";
export { fillFile, type FilledPart, type FillRequest } from "./fill-file.ts";
export { emptyByRule, type EmptyByRule } from "./empty-by-rule.ts";
export { readingLines, readingList, sharedReading, type ReadItem } from "./reading-list.ts";
export { exposedRows, type ExposedRow } from "./exposed-rows.ts";
export { conditionFields, type ConditionField } from "./condition-fields.ts";
export {
  elsewhereFacts,
  evaluateModel,
  evaluateTables,
  MADE_ELSEWHERE,
  splitReal,
  type EvaluationListener,
} from "./evaluate-model.ts";
export type { Report } from "./comparison.ts";
export { learnedTable } from "./left-out.ts";
export { createTimeLeft } from "./time-left.ts";
export { readRepaired } from "./read-repaired.ts";
export { readAlike, type AlikeTable, type ReadFile } from "./read-alike.ts";
export { openModelFile, saveModelFile, type TrainedModel } from "./model-file.ts";
export {
  takeAway,
  type Chunks,
  type SyntheticCsv,
  type TakeAway,
  type TakeAwayKind,
} from "./report/take-away.ts";
export { htmlReport } from "./report/html-report.ts";
export {
  factsOfRun,
  factsOfTable,
  settingsOfRun,
  settingsOfTable,
  type RunContext,
} from "./report/run-facts.ts";
export { sourceFacts } from "./report/source-facts.ts";
export type { EvaluationFacts, SourceFacts } from "./report/facts.ts";
