/** The tables of Markdown that the model card and the datasheet share. */
import type { Report } from "../comparison.ts";
import { epsilonWords, familyNames, sourceWords, verdictNames, type EvaluationFacts } from "./facts.ts";
import { mark, table } from "./markdown.ts";
import {
  between,
  count,
  deviceTitle,
  duration,
  fixed,
  percent,
  plain,
  plural,
  sentence,
} from "./write-number.ts";

/** The five sides with their verdicts, worst first. */
export function axesTable({ axes }: Report): string {
  return table(
    ["Side", "Score (100 = cannot be told from real)", "Held-out real", "Verdict", "What was found"],
    axes.map((axis) => {
      const { name } = familyNames[axis.family];
      if ("skipped" in axis) return [name, "–", "–", "Not measured", mark(sentence(axis.skipped))];
      const { value, interval, baseline } = axis.score;
      return [
        name,
        `${count(value)} (${between(interval, (v) => fixed(v, 0))})`,
        count(baseline.value),
        verdictNames[axis.verdict],
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
              `${plain(result.value)} (${between(result.interval, plain)})`,
              plain(result.baseline.value),
              result.extremes ? plain(result.extremes.independent) : "–",
              result.extremes ? plain(result.extremes.bootstrap) : "–",
              verdictNames[result.verdict],
            ]
          : ["–", "–", "–", "–", `Not measured: ${mark(sentence(result.reason))}`];
      return [mark(info.name), familyNames[info.family].name, ...numbers, mark(info.reference)];
    }),
  );
}

/** How the rows came about: source, settings, seed, versions, device. */
export function provenanceTable({ run, shape, target }: Report, facts: EvaluationFacts): string {
  const { source, holdout, versions } = facts;
  const params = Object.entries(run.params).map(([name, value]) => `${mark(name)} ${mark(String(value))}`);
  const rows: (readonly [string, string])[] = [
    ["Source", mark(run.table)],
    [
      "Shape of the source",
      source ? `${plural(source.rows, "row")}, ${plural(source.columns, "column")}` : "not known",
    ],
    source
      ? [sourceWords(source), `\`${source.sha256}\``]
      : ["SHA-256 of the source", "not known: the table was not at hand when this file was written"],
    ["Rows learned from", count(shape.train)],
    [
      "Rows held out",
      `${count(shape.holdout)}${holdout ? ` (${percent(holdout.share, 0)}, set aside before anything was fitted)` : ""}`,
    ],
    ["Synthetic rows measured", count(shape.synthetic)],
    ...(target === undefined ? [] : [["Target", mark(target)] as const]),
    ["Method", mark(run.synthesizerName)],
    ["Settings", params.length === 0 ? "none" : params.join(", ")],
    ["Seed", String(run.seed)],
    ["Differential privacy (ε)", epsilonWords(facts)],
    ["Device", deviceTitle(run.device)],
    ["Training", `${duration(run.seconds)}, ended ${mark(run.finishedAt)}`],
    ["Versions", `Semblance ${versions.semblance}, TensorFlow.js ${versions.tensorflow}`],
  ];
  return table(["", ""], rows);
}
