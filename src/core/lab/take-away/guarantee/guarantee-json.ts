import { SYNTHETIC, type EvaluationFacts } from "../facts.ts";
import { OUTSIDE } from "./guarantee-html.ts";
import { releaseWords, type ReleaseReport } from "./release-report.ts";

/** The report for outside for programs. Same report, same text. */
export const guaranteeJson = (report: ReleaseReport, { versions }: EvaluationFacts): string =>
  `${JSON.stringify(
    {
      format: "semblance-guarantee",
      version: 1,
      notice: `${SYNTHETIC} ${OUTSIDE}`,
      versions,
      words: releaseWords(report),
      ...report,
    },
    undefined,
    2,
  )}\n`;
