/** How many rows are enough: what the cells done so far say. */
import type { StudyFound } from "../../report/study.ts";
import { figureInSentence } from "../../shapes/studies/figure-words.ts";
import { count } from "../../words/numbers.ts";
import { REAL } from "../measuring/fit-and-sample.ts";
import type { Judged } from "../reducing/judged.ts";
import {
  changeOf,
  figureAt,
  lossAt,
  nameOf,
  ranked,
  stepsDone,
  sweepNotes,
  sweepPictures,
  sweepTable,
  type Sweep,
  type SweepDone,
} from "../reducing/sweep-found.ts";
import { differenceWords, methodsAt, seenWords, stepWords, tooLittle } from "../reducing/sweep-words.ts";
import { listed } from "../../words/plane-words.ts";
import type { CellDone } from "../study.ts";

/** Pure; works on part of the cells. `untold`: why nothing can be predicted. */
export function rowsFound(grid: Sweep, done: readonly CellDone[], untold?: string): StudyFound {
  const sweep = { ...grid, done };
  const last = stepsDone(sweep).at(-1);
  const [lead] = last === undefined ? [] : ranked(sweep, last);
  return {
    say:
      last === undefined || lead === undefined
        ? { bold: "Nothing has been measured yet." }
        : sweep.target === undefined
          ? withoutTarget(sweep, lead, last)
          : enoughOf(sweep, lead, last),
    more:
      last === undefined
        ? []
        : [...othersLose(sweep, last), ...stillFalling(sweep, last), ...methodsAt(sweep, last)],
    pictures: sweepPictures(sweep),
    tables: [sweepTable(sweep)],
    notes: [...(untold === undefined ? [] : [`Nothing is predicted: ${untold}`]), ...sweepNotes(sweep)],
  };
}

interface Loss {
  readonly step: number;
  readonly loss: Judged;
}

/** From which number of rows on a model learned from synthetic rows does as well as one learned from as many real ones. */
function enoughOf(sweep: SweepDone, method: string, last: number): StudyFound["say"] {
  const losses = stepsDone(sweep).flatMap((step): Loss[] => {
    const loss = lossAt(sweep, method, step);
    return loss === undefined ? [] : [{ step, loss }];
  });
  const end = losses.at(-1);
  if (end === undefined) return { bold: `Real rows to compare ${nameOf(method)} with are not measured yet.` };
  const model = `a model of ${sweep.target?.name ?? ""}`;
  const asWell = ({ loss: { state } }: Loss): boolean => state === "none" || state === "below";
  if (end.loss.state === "unclear")
    return {
      bold: `Whether ${nameOf(method)} teaches ${model} as well as real rows cannot be told ${tooLittle(end.loss)}.`,
      rest: `Loss at ${count(last)}: ${differenceWords(end.loss)}; ${seenWords(end.loss, "only a loss")}.`,
    };
  if (!asWell(end))
    return {
      bold: `Even with ${stepWords(sweep, end.step)} ${nameOf(method)} teaches ${model} less well than the same number of real rows.`,
      rest: lossWords(losses.length > 1 ? [end, losses[0] as Loss] : [end]),
    };
  const before = losses.findLast((one) => !asWell(one));
  const enough = losses[before === undefined ? 0 : losses.indexOf(before) + 1] as Loss;
  const asMany = `teaches ${model} as well as the same number of real rows`;
  const seen = ` ${capital(seenWords(enough.loss, "a loss"))}.`;
  if (before === undefined)
    return {
      bold: `Already with ${stepWords(sweep, enough.step)} ${nameOf(method)} ${asMany}.`,
      rest: lossWords([enough]) + seen,
    };
  const not = before.loss.state === "unclear" ? "it cannot be told" : "it does not yet";
  return {
    bold: `With ${stepWords(sweep, enough.step)} ${nameOf(method)} ${asMany}; with ${count(before.step)} ${not}.`,
    rest: lossWords([enough, before]) + seen,
  };
}

const lossWords = (losses: readonly Loss[]): string =>
  losses
    .map(
      ({ step, loss }, i) => `${i === 0 ? "Loss at" : "At"} ${count(step)}: ${differenceWords(loss, i > 0)}.`,
    )
    .join(" ");

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** What models of the target lose that were learned from the other methods' rows, at the last step. */
function othersLose(sweep: SweepDone, last: number): string[] {
  const losses = ranked(sweep, last)
    .slice(1)
    .flatMap((method) => {
      const loss = lossAt(sweep, method, last);
      return loss === undefined ? [] : [`${nameOf(method)} ${differenceWords(loss, true)}`];
    });
  if (sweep.target === undefined || losses.length === 0) return [];
  return [`Loss of the others at ${stepWords(sweep, last)}: ${listed(losses)}.`];
}

/** Without a target rows are judged by how hard they are to tell from real ones. */
function withoutTarget(sweep: SweepDone, method: string, last: number): StudyFound["say"] {
  const figure = figureAt(sweep, "c2st", method, last);
  const real = figureAt(sweep, "c2st", REAL, last);
  const bold = `At ${stepWords(sweep, last)} ${nameOf(method)} is the hardest to tell from real rows.`;
  if (figure === undefined) return { bold };
  const beside = real ? `; real rows from each other ${figureInSentence(real, "AUC", true)}` : "";
  return { bold, rest: `AUC ${figureInSentence(figure, "AUC")}${beside}.` };
}

/** Whether rows still become harder to tell from real ones from the last step but one to the last. */
function stillFalling(sweep: SweepDone, last: number): string[] {
  const before = stepsDone(sweep).at(-2);
  if (before === undefined) return [];
  const changes = sweep.methods.flatMap((method) => {
    const change = changeOf(sweep, "c2st", method, before, last);
    return change === undefined ? [] : [{ method, change }];
  });
  const named = (state: Judged["state"]): string =>
    listed(changes.filter(({ change }) => change.state === state).map(({ method }) => nameOf(method)));
  const from = `From ${count(before)} to ${stepWords(sweep, last)}`;
  const [falls, flat, rises, open] = [named("below"), named("none"), named("above"), named("unclear")];
  return [
    ...(falls === "" ? [] : [`${from} ${falls} still became harder to tell from real rows.`]),
    ...(flat === "" ? [] : [`${from} ${flat} had levelled off: no difference beyond noise.`]),
    ...(rises === "" ? [] : [`${from} ${rises} became easier to tell from real rows.`]),
    ...(open === "" ? [] : [`Whether ${open} still changed ${from.toLowerCase()} cannot be told.`]),
  ];
}
