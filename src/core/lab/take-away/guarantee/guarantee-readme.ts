import { dayOf } from "../../../words/numbers.ts";
import { text } from "../documents/bundle-readme.ts";
import { SYNTHETIC } from "../facts.ts";
import type { TrainedModel } from "../../model-file/model-file.ts";
import { releaseWords, type ReleaseReport } from "./release-report.ts";

const runLine = ({ facts }: TrainedModel): string =>
  `${facts.table}, ${facts.synthesizerName}, seed ${facts.seed}, ${dayOf(facts.finishedAt)}.`;

/** What is in the folder for others of a run with a guarantee, and which of it the guarantee covers: all of it. */
export function guaranteedSharedReadme(
  report: ReleaseReport,
  model: TrainedModel,
  withRows: boolean,
): string {
  return text([
    `${SYNTHETIC} ${runLine(model)}`,
    "WHAT THE GUARANTEE COVERS",
    "Every file in this folder is made from the model alone, and the model from the patients through noise. The guarantee covers all of them, and whatever anybody makes of them. It is no legal assessment and no consent; whether they may be given to somebody is for those responsible for the table to decide.",
    ...releaseWords(report),
    "Other releases of the same table add up. Those who hold the table keep the ledger of all of them.",
    "WHAT IS IN IT",
    [
      ...(withRows ? ["synthetic.csv     covered: the synthetic rows, drawn from the model"] : []),
      "model.semblance   covered: the noisy model itself. Same file and seed, same rows; asking it more spends no more",
      "guarantee.html    covered: the guarantee, what was spent, what was taken as public, and the rows beside the",
      "                  noisy tables. Reads no real patient",
      "guarantee.json    covered: the same for programs",
      "model-card.md     covered: what the model is, what it is meant for and what not (Mitchell et al. 2019)",
      "datasheet.md      covered: what the synthetic table is (Gebru et al. 2021); fill in what only you can answer",
    ].join("\n"),
    "SHARING",
    [
      "- Column names, declared ranges and declared levels were taken as known to everybody. Look through them: a name can tell something too.",
      "- Keep the folder “private” where the real table is. The guarantee does not cover it.",
    ].join("\n"),
  ]);
}

export interface PrivateFiles {
  readonly evaluated: boolean;
  readonly croissant: boolean;
  readonly cleaning: boolean;
  readonly ledger: boolean;
}

/** What is in the folder that stays: what reads real patients, which the guarantee does not cover. */
export function guaranteedPrivateReadme(model: TrainedModel, files: PrivateFiles): string {
  return text([
    runLine(model),
    "WHY THIS FOLDER STAYS WHERE THE REAL TABLE IS",
    "The guarantee covers the files in the other folder. These here were made by reading the real patients, or tell how many there are and which were held out: each of them is outside the guarantee.",
    "WHAT IS IN IT",
    [
      ...(files.evaluated
        ? [
            "evaluation.html   not covered: the evaluation beside real patients",
            "evaluation.json   not covered: the same for programs",
          ]
        : []),
      ...(files.croissant
        ? [
            "croissant.json    not covered: the rows described for machines, with the size and digest of the real table",
          ]
        : []),
      "settings.json     not covered: method, settings, seeds of the rows and of the split",
      ...(files.ledger
        ? [
            "ledger.json       not covered: what all runs on this table spent together. Keep it with the table",
          ]
        : []),
      ...(files.cleaning
        ? ["cleaning.json     not covered: what was done to the table before; it names texts of its cells"]
        : []),
    ].join("\n"),
  ]);
}
