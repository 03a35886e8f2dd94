import type { Report } from "../../../report/report.ts";
import { epsilonWords, SYNTHETIC, type EvaluationFacts, type SyntheticFile } from "../facts.ts";
import { evaluationNote } from "../../../words/guarantee.ts";
import { guardedReport } from "../guarded-report.ts";
import { limits, notFor, SMALL_CELLS } from "../limits.ts";

export const EVALUATION_FORMAT = "semblance-evaluation";
export const EVALUATION_VERSION = 1;

/**
 * Everything about an evaluation for programs: the report with the digests of the tables it is of, where it comes from,
 * the settings that repeat it, and its limits. Keys below the first level
 * are in alphabetical order, each key of the first level is on its own line, what is not a number is null. Same input,
 * same text.
 */
export function evaluationJson(
  given: Report,
  facts: EvaluationFacts,
  file?: SyntheticFile,
  settings?: object,
): string {
  const report = guardedReport(given);
  const content = {
    format: EVALUATION_FORMAT,
    version: EVALUATION_VERSION,
    notice: `${SYNTHETIC} ${SMALL_CELLS}${facts.guarantee ? ` ${evaluationNote(facts.guarantee)}` : ""}`,
    differentialPrivacy: epsilonWords(facts),
    facts,
    ...(file === undefined ? {} : { synthetic: file }),
    ...(settings === undefined ? {} : { settings }),
    limits: limits(report, facts),
    notFor: notFor(facts),
    report,
  };
  const lines = Object.entries(content).map(([key, value]) => `"${key}": ${JSON.stringify(inOrder(value))}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}
