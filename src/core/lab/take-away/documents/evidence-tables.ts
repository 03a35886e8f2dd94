/** The tables of Markdown that the model card and the datasheet share. */
import type { Report } from "../../../report/report.ts";
import { verdictWords } from "../../../words/verdict.ts";
import { byCriterion, criteria } from "../../../words/criterion.ts";
import type { EvaluationFacts } from "../facts.ts";
import { sides } from "../../../words/sides.ts";
import { mark, table } from "./markdown.ts";
import { provenance } from "../provenance.ts";
import { intervalWords, fixed, measuredWords, plain, sentence } from "../../../words/numbers.ts";

/** The five sides with their verdicts, worst first. */
export function axesTable({ axes, metrics }: Report): string {
  return table(
    [
      "Side",
      "Verdict",
      "Margins worse than held-out patients (1 is the margin)",
      "Worst measure",
      "What was found",
    ],
    axes.map((axis) => {
      const { name } = sides[axis.family];
      const verdict = verdictWords[axis.verdict];
      if (!("metric" in axis)) return [name, verdict, "–", "–", mark(sentence(axis.sentence))];
      const { loss, margin, metric } = axis;
      const inMargins = (value: number): string => fixed(value / margin, 1);
      const speaks = metrics.find(({ info }) => info.id === metric)?.info.name ?? metric;
      return [name, verdict, measuredWords(loss, inMargins), mark(speaks), mark(axis.sentence)];
    }),
  );
}

/** Every measure beside its references; those of privacy by their criteria. */
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
    inOrder(metrics).map(({ info, result }) => {
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
      return [mark(info.name), sideOf(info), ...numbers, mark(info.reference)];
    }),
  );
}

type Row = Report["metrics"][number];

/** As they come, worst first, but for those of privacy: they stand together, where the first of them does. */
function inOrder(rows: readonly Row[]): Row[] {
  const isPrivate = ({ info }: Row): boolean => info.family === "privacy";
  const first = rows.findIndex(isPrivate);
  const ruled = byCriterion(rows.filter(isPrivate)).flatMap((group) => group.rows);
  return rows.flatMap((row, i) => (i === first ? ruled : isPrivate(row) ? [] : [row]));
}

/** "Privacy: singling out" */
function sideOf({ family, criterion }: Row["info"]): string {
  const asked = criteria.find((one) => one.criterion === criterion);
  return `${sides[family].name}${asked ? `: ${asked.name.toLowerCase()}` : ""}`;
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
