import type { Report } from "../../../report/report.ts";
import { verdictWords } from "../../../words/verdict.ts";
import { epsilonWords, SYNTHETIC, type EvaluationFacts } from "../facts.ts";
import { guardedReport } from "../guarded-report.ts";
import { visible } from "../html/markup.ts";
import { ALL_UNDERSTOOD, READING_TITLE, readingWords } from "../reading-words.ts";
import { dayOf, sentence } from "../../../words/numbers.ts";

/** What is in the folder for others, and what its name means. `csv`: where the synthetic rows are, if they are at hand. */
export function sharedReadme(
  report: Report,
  facts: EvaluationFacts,
  csv: "inside" | "apart" | undefined,
): string {
  const { run, axes, risk } = report;
  const reading = readingWords(guardedReport(report));
  const privacy = axes.find(({ family }) => family === "privacy");
  const verdict =
    privacy === undefined || !("metric" in privacy)
      ? "Nothing was measured about what the rows tell about the patients they were learned from."
      : `${report.claimed === true ? "Claimed by the model file, not measured here, about privacy" : "What was measured about privacy"}: ${verdictWords[privacy.verdict].toLowerCase()}. ${sentence(privacy.sentence)}`;
  return text([
    `${SYNTHETIC} ${run.table}, ${run.synthesizerName}, seed ${run.seed}, ${dayOf(run.finishedAt)}.`,
    "WHAT THE NAME OF THIS FOLDER MEANS",
    "These are the files that are meant to be given to others. The name says no more than that. It is no promise, no legal assessment and no consent; what was measured of how much they tell about single patients stands below. Counts of 1 to 4 patients are left out or merged. The synthetic rows, where they are here, were learned from patients; whether they may be given to somebody is for those responsible for the table to decide, on the evidence in this folder.",
    verdict,
    ...(risk === undefined ? [] : [risk.sentence]),
    `Differential privacy: ${epsilonWords(facts)}.`,
    ...(reading === undefined
      ? []
      : [
          READING_TITLE.toUpperCase(),
          reading.length === 0 ? ALL_UNDERSTOOD : reading.map((line) => `- ${visible(line)}`).join("\n"),
        ]),
    "WHAT IS IN IT",
    [
      "evaluation.html   the evaluation for people: five sides, every column, every measure, limits. Opens in any",
      "                  browser without a network and prints to PDF. It runs no script.",
      "evaluation.json   the same for programs",
      "model-card.md     what the model is, what it is meant for and what not (Mitchell et al. 2019)",
      "datasheet.md      what the synthetic table is (Gebru et al. 2021); questions that only you can answer are",
      "                  left open in it: fill them in",
      ...(csv === undefined
        ? []
        : [
            `croissant.json    ${csv === "inside" ? "synthetic.csv" : "the synthetic CSV"} described for machines (MLCommons Croissant 1.0); choose a licence in it`,
          ]),
      ...(csv === "inside" ? ["synthetic.csv     the synthetic rows, written as the source was"] : []),
    ].join("\n"),
    "SHARING",
    [
      "- Give the evaluation with the rows, so that whoever uses them knows what they are good for.",
      "- Column names and level names come from the source. Look through them: a name can tell something too.",
      "- The SHA-256 of the source lets those who hold that file see that it is the one; it does not give the file away.",
      "- Keep the folder “private” where the real table is.",
    ].join("\n"),
  ]);
}

/** What is in the folder that stays, and why it stays. */
export function privateReadme(
  { run }: Report,
  { model, cleaning }: { readonly model?: unknown; readonly cleaning?: unknown },
): string {
  return text([
    `${run.table}, ${run.synthesizerName}, seed ${run.seed}, ${dayOf(run.finishedAt)}.`,
    "WHY THIS FOLDER STAYS WHERE THE REAL TABLE IS",
    model !== undefined
      ? "model.semblance holds no row of the source, but whoever has it can ask it for as many rows as they like, under any condition, and look at its weights. The evaluation measured a limited number of rows; questions to the model itself cannot be limited or counted, and no privacy budget bounds what all answers together tell. Give it only to those who may see the real table."
      : "The synthetic table was made elsewhere, so there is no model here.",
    "settings.json repeats the run: method, settings, seeds and how each column was read. Together with the real table it also tells which rows the model was learned from and which were held out, so it belongs beside that table and nowhere else.",
    "WHAT IS IN IT",
    [
      ...(model !== undefined
        ? ["model.semblance   opens under Take away, or with `semblance sample` in a terminal"]
        : []),
      "settings.json     what to set to make the same rows again",
      ...(cleaning === undefined
        ? []
        : ["cleaning.json     what was done to the table before; it names texts of its cells"]),
    ].join("\n"),
  ]);
}

const WIDTH = 100;

/** Lines of a text file for any editor. */
export function text(paragraphs: readonly string[]): string {
  const wrap = (line: string): string => {
    const lines: string[] = [];
    const indent = line.startsWith("- ") ? "  " : "";
    let open = "";
    for (const word of line.split(" ")) {
      if (open !== "" && open.length + 1 + word.length > WIDTH) {
        lines.push(open);
        open = indent + word;
      } else open = open === "" ? word : `${open} ${word}`;
    }
    return [...lines, open].join("\n");
  };
  const isList = (paragraph: string): boolean => paragraph.includes("\n") && !paragraph.startsWith("- ");
  return `${paragraphs
    .map((paragraph) => {
      const lines = paragraph.split("\n").map((line) => visible(line));
      return (isList(paragraph) ? lines : lines.map(wrap)).join("\n");
    })
    .join("\n\n")}\n`;
}
