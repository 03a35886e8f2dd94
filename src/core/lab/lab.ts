/**
 * The lab: what the worker and the terminal drive. Open a table, fit a synthesizer, sample, evaluate, save and load.
 */
export { FaultError, asFault, describeFault, type Fault } from "../fault.ts";
export { breathe } from "../math/breathe.ts";
export type { CohortInfo } from "../clinic/cohorts/cohort.ts";
export { cohorts, everyCohort, findCohort, simulate, simulateCohort } from "../clinic/cohorts/cohorts.ts";
export { climbOf } from "../clinic/cohorts/climb/climb.ts";
export { pictureOf } from "../clinic/cohorts/climb/cohort-picture.ts";
export { publishedAges } from "../clinic/cohorts/climb/published-ages.ts";
export { sampleOf, type CohortSample } from "../clinic/cohorts/climb/cohort-sample.ts";
export { askedBy, listNumbers } from "../clinic/cohorts/numbers/listed-numbers.ts";
export {
  MOST_HOSPITALS,
  MOST_ROWS as MOST_SIMULATED_ROWS,
  type Simulation,
} from "../clinic/cohorts/simulating/simulate.ts";
export { editedLines, readNumbersFile, writeNumbersFile } from "../clinic/cohorts/numbers/numbers-file.ts";
export { readPyramid } from "../clinic/cohorts/population/pyramid-file.ts";
export { simulatedFile, type SimulatedAs } from "./simulation/simulated-file.ts";
export { simulationFiles, type SeveralFiles } from "./simulation/simulation-files.ts";
export { simulatedRows, simulationAs } from "./simulation/simulation-as.ts";
export { ENCODINGS, type Column, type Outsider, type Schema, type Table } from "../table/table.ts";
export { formatCells, isPrivate } from "../table/formats/cells.ts";
export { readMoment } from "../table/formats/dates/read-moment.ts";
export { profileTable } from "../table/profile/profile-table.ts";
export { readCsv } from "../table/read/read-csv.ts";
export { assemble, patientRows } from "../table/read/assemble.ts";
export type { CollectedFile } from "../table/read/rows.ts";
export {
  cleaningBy,
  doneChanges,
  type CleanedRows,
  type Cleaning,
  type DoneChange,
} from "../cleaning/clean-rows.ts";
export { fitSteps } from "../cleaning/fit-steps.ts";
export { planOf } from "../cleaning/plan.ts";
export { previewStep, profileAfter } from "../cleaning/preview.ts";
export { renamedIn } from "../cleaning/rename-in-rule.ts";
export { readSteps, writeSteps } from "../cleaning/step-file.ts";
export { plainSuggestion, suggestSteps } from "../cleaning/suggest/suggest.ts";
export { cleanedFile } from "./sample/cleaned-file.ts";
export { fetchReaders, openFile } from "../intake/open-file.ts";
export { readFile, textOfFile, type ReadTable } from "../intake/read-file.ts";
export { lookInto, maskedRowsOf, pairOf } from "../intake/look-into.ts";
export {
  joinFiles,
  layoutOfMade,
  readMade,
  readSide,
  type JoinedFile,
  type MadeText,
} from "../intake/join/join-files.ts";
export { candidatesOf, likelyChoice } from "../intake/join/plan-join.ts";
export { joinTables, lookAtJoin } from "../intake/join/join-tables.ts";
export { KEEPS, type JoinChoice, type JoinLook, type Keep } from "../intake/join/join.ts";
export type { JoinSide } from "../intake/join/side.ts";
export { fileOfBytes } from "../intake/archives/inner-file.ts";
export type { FileBytes, Sheet, SheetChoice } from "../intake/file.ts";
export { courseLines, coursesFound, type CoursesFound, type CourseTrouble } from "./courses/courses-found.ts";
export {
  choiceWritten,
  measuredColumns,
  measuredLines,
  quantityOffers,
  type MeasuredColumn,
  type QuantityOffer,
} from "./quantities.ts";
export { staysWithin } from "../visits/statics.ts";
export { whyNoCourses } from "../visits/why-no-courses.ts";
export { withPatients } from "../table/split.ts";
export { reviseTable } from "../table/read/revise.ts";
export { identifierFindings, patientQuestion } from "../table/identifiers/findings.ts";
export { createCsvWriter } from "../table/write-csv.ts";
export { resolveParams, findSynthesizer } from "../synthesizers/registry.ts";
export { currentDevice, openDevice, tensorCount } from "../nn/device.ts";
export { listDevices, listSynthesizers } from "./offer.ts";
export { measurePace } from "./fit/pace.ts";
export { createEstimator, shapeOf, type Estimate, type Estimator, type FitPlan } from "./fit/estimate.ts";
export { startFit } from "./fit/fit-run.ts";
export type { Fit, FitProgress, FitRequest, FittedRun } from "./fit/fit-request.ts";
export { askedRows, splitTable, type Holdout } from "./fit/training-rows.ts";
export {
  checkModel,
  expectedRows,
  sampleAs,
  sampleCsv,
  sampleTable,
  usualRows,
  type SampledPart,
} from "./sample/sample.ts";
export type { Asked, Wanted } from "./sample/asked.ts";
export { drawsPatients } from "./sample/patient-column.ts";
export { changesToContinue, givenPatients, type GivenPatients } from "./sample/futures/given-patients.ts";
export {
  continueCourses,
  MOST_FUTURES_ASKED,
  type FutureRequest,
} from "./sample/futures/continue-courses.ts";
export { futuresAs, withoutWords, type FutureChunk } from "./sample/futures/future-file.ts";
export { changingColumns, patientBands, timeUnit } from "./sample/futures/one-patient.ts";
export { formatOfName, type ExportFormat } from "../export/formats.ts";
export { gzipped } from "../export/gzipped.ts";
export { checkExport, fetchWriters } from "../export/write-table.ts";
export { severalTables, type CombinedRow } from "./sample/several-tables.ts";
export { kindsToLearn } from "./sample/complete.ts";
export type { FollowOptions } from "../table/read/follow-file.ts";
export { fillFile, type FilledPart, type FillRequest } from "./sample/fill-file.ts";
export { emptyByRule, type EmptyByRule } from "./sample/empty-by-rule.ts";
export { readingLines, readingList, sharedReading } from "./reading-list.ts";
export { valueLines } from "../table/profile/value-words.ts";
export type { ReadItem } from "../report/read-item.ts";
export { exposedRows, type ExposedRow } from "./evaluate/exposed-rows.ts";
export { checkRule } from "./rules/check-rule.ts";
export { checkClinicalRule, type ClinicalCheck } from "./rules/check-clinical-rule.ts";
export { listClinicalRules, type ClinicalLine, type ClinicalList } from "./rules/clinical-list.ts";
export { isRuleBook, readRuleBook, writeRuleBook } from "../clinic/rules/book/rule-book-file.ts";
export { NO_CHANGES, type RuleBook } from "../clinic/rules/book/rule-book.ts";
export type { ClinicalRule } from "../clinic/rules/clinical-rule.ts";
export { listRules, type FoundRules } from "./rules/list-rules.ts";
export type { RuleLine, RuleList } from "./rules/rule-list.ts";
export { filedRules, rulesToKeep } from "./rules/keep-rules.ts";
export { findRules } from "../rules/finding/find-rules.ts";
export { ruleColumns } from "../rules/read-rule.ts";
export { readRuleFile, writeRuleFile } from "../rules/rule-file.ts";
export type { Constraint, Rule } from "../rules/constraint.ts";
export { conditionFields, type ConditionField } from "./sample/condition-fields.ts";
export {
  elsewhereFacts,
  evaluateModel,
  evaluateTables,
  MADE_ELSEWHERE,
  realSides,
  type Answer,
} from "./evaluate/evaluate-model.ts";
export { attackModel, attackTable, type AttackOptions } from "./attack/attack-model.ts";
export { LEAST_SHADOWS, MOST_SHADOWS } from "./attack/shadow-attack.ts";
export { auditGuarantee, LEAST_RUNS, MOST_RUNS, type AuditSettings } from "./audit/audit-guarantee.ts";
export type { AuditRequest, AuditResult } from "./audit/audit-shape.ts";
export { auditLines } from "./audit/audit-words.ts";
export { beforeTraining } from "./evaluate/few-patients.ts";
export type { EvaluateOptions } from "./evaluate/evaluate.ts";
export type { Report } from "../report/report.ts";
export { RULE_FAMILIES, RULE_METRICS } from "./evaluate/rule-names.ts";
export { surveil, type Pattern, type Surveillance } from "./surveillance/surveil.ts";
export { surveillanceCsv, surveillanceJson, surveillanceWords } from "./surveillance/surveillance-files.ts";
export { learnedTable } from "./left-out.ts";
export { createTimeLeft } from "./fit/time-left.ts";
export { readRepaired } from "./elsewhere/read-repaired.ts";
export { readAlike, type AlikeTable, type ReadFile } from "./elsewhere/read-alike.ts";
export { readAlikeCleaned, type ReadCleanedFile } from "./elsewhere/read-cleaned.ts";
export {
  openModelFile,
  openOwnModelFile,
  saveModelFile,
  sharedModelFile,
  type TrainedModel,
} from "./model-file/model-file.ts";
export {
  takeAway,
  type Chunks,
  type SyntheticCsv,
  type Release,
  type TakeAway,
  type TakeAwayKind,
} from "./take-away/take-away.ts";
export { guaranteeHtml } from "./take-away/guarantee/guarantee-html.ts";
export { htmlReport } from "./take-away/html/html-report.ts";
export {
  factsOfRun,
  factsOfTable,
  settingsOfRun,
  settingsOfTable,
  type RunContext,
} from "./take-away/run-facts.ts";
export { versions } from "./take-away/versions.ts";
export type { GuaranteeOffer, GuaranteeStop, PublicLine } from "./guarantee/guarantee-offer.ts";
export { offerOf, type GuaranteeChoice } from "./guarantee/offer-of.ts";
export { readLedger, writeLedger } from "./guarantee/ledger-file.ts";
export { entryOf } from "./guarantee/entry-of.ts";
export {
  addEntry,
  emptyLedger,
  ledgerLines,
  strikeEntry,
  totalOf,
  type Ledger,
  type LedgerEntry,
  type LedgerLine,
  type Total,
} from "../private/accounting/ledger.ts";
export { guaranteeWords as guaranteeLines } from "../words/guarantee.ts";
export { guaranteeIn } from "./guarantee/guarantee-in.ts";
export { readPublicFacts, writePublicFacts } from "./guarantee/public-file.ts";
export { isMarked, tableMark } from "./guarantee/table-mark.ts";
export { fittingFacts } from "./guarantee/fitting-facts.ts";
export { refuseTooFew } from "./guarantee/refuse-too-few.ts";
export { rowsCounted, type RowsCounted } from "./guarantee/rows-counted.ts";
export {
  viewOfLedger,
  withNextRun,
  type LedgerNext,
  type LedgerRun,
  type LedgerView,
} from "./guarantee/ledger-view.ts";
export { runSplit } from "./fit/training-rows.ts";
export { sourceFacts } from "./take-away/source-facts.ts";
export { PLANE_KS, pulseUntil, riskAndUse, type PlaneRun } from "./plane/risk-and-use.ts";
export { epsilonSweep, SWEEP_EPSILONS, SWEEP_SEEDS } from "./plane/epsilon-sweep.ts";
export { coarsenedLines } from "../words/coarsened-words.ts";
export { coarsenTable, coarsenedCsv, type CoarsenedTable } from "./plane/coarsen-table.ts";
export type { EvaluationFacts, SourceFacts } from "./take-away/facts.ts";
