import { FaultError } from "../../core/lab/lab.ts";
import { cellsCsv, resultJson, studyHtml } from "../../core/studies/studies.ts";
import type { QueuedStudy } from "./queued-study.ts";

/** A study's file as text. Throws FaultError `bad-use` where nothing of it is known: its table has not been open. */
export function studyFile(study: QueuedStudy, as: "csv" | "json" | "html"): string {
  const result = study.result();
  if (result === undefined)
    throw new FaultError({
      code: "bad-use",
      message:
        study.done.length === 0 ? "It has no cell yet." : `Open ${study.table} again to see what it found.`,
    });
  if (as === "csv") return cellsCsv(study.cells, study.done);
  return as === "json" ? resultJson(result, study.cells, study.done) : studyHtml(result);
}
