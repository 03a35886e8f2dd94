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
export { fractionOf, runWatched, secondsOf, type CellWatch } from "./running/run-watched.ts";
export { studyLines } from "./told/study-lines.ts";
export { resolveSettings } from "./running/settings.ts";
export { studyMark } from "./running/study-mark.ts";
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
export { promptPack } from "./language/prompts/make-prompts.ts";
export {
  MOST_REPLIES,
  MOST_ROWS_ASKED,
  PROMPT_STRATEGIES,
  USUAL_CHOICES,
  type PromptChoices,
  type PromptPack,
  type PromptStrategy,
} from "./language/prompts/prompt-pack.ts";
export { readReplies, type GivenReply, type ReadReplies } from "./language/replies/read-replies.ts";
export type { RepliesView } from "./language/replies/replies-view.ts";
