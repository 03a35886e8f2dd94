/** The tables of Markdown that the model card and the datasheet share. */
import type { Report } from "../../../report/report.ts";
import { verdictWords } from "../../../words/verdict.ts";
import { familyNames, type EvaluationFacts } from "../facts.ts";
import { mark, table } from "./markdown.ts";
import { provenance } from "../provenance.ts";
import { intervalWords, count, fixed, plain, sentence } from "../../../words/numbers.ts";

/** The five sides with their verdicts, worst first. */
export function axesTable({ axes }: Report): string {
  return table(
    ["Side", "Score (100 = cannot be told from real)", "Held-out real", "Verdict", "What was found"],
    axes.map((axis) => {
      const { name } = familyNames[axis.family];
      if (!("metric" in axis)) return [name, "–", "–", "Not measured", mark(sentence(axis.sentence))];
      const { value, interval, baseline } = axis.score;
      return [
        name,
        `${count(value)} (${intervalWords(interval, (v) => fixed(v, 0))})`,
        count(baseline.value),
        verdictWords[axis.verdict],
        mark(axis.sentence),
      ];
    }),
  );
}

/** Every measure beside its references. */
export function metricsTable({ metrics }: Report): string {
  return table(
    [
      "Measure",
      "Side",
      "Synthetic",
      "Held-out real",
      "Independent columns",
      "Copied rows",
      "Verdict",
      "Source",
    ],
    metrics.map(({ info, result }) => {
      const numbers =
        result.status === "ok"
          ? [
              `${plain(result.value)} (${intervalWords(result.interval, plain)})`,
              plain(result.baseline.value),
              result.extremes ? plain(result.extremes.independent) : "–",
              result.extremes ? plain(result.extremes.bootstrap) : "–",
              verdictWords[result.verdict],
            ]
          : ["–", "–", "–", "–", `Not measured: ${mark(sentence(result.reason))}`];
      return [mark(info.name), familyNames[info.family].name, ...numbers, mark(info.reference)];
    }),
  );
}

/** How the rows came about: source, settings, seed, versions, device. */
export const provenanceTable = (report: Report, facts: EvaluationFacts): string =>
  table(
    ["What", "Value"],
    provenance(report, facts).map(({ term, words, code }) => [
      term,
      code === true ? `\`${words}\`` : mark(words),
    ]),
  );
