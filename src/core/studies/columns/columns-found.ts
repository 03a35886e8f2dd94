/** Whether quality holds as columns are added: what the cells done so far say. */
import type { StudyFound } from "../../report/study.ts";
import { unitNumber } from "../../shapes/studies/figure-words.ts";
import { count } from "../../words/numbers.ts";
import { REAL } from "../measuring/fit-and-sample.ts";
import { differenceBySeed } from "../reducing/by-seed.ts";
import { judged, NOTABLE, type Judged } from "../reducing/judged.ts";
import {
  figureAt,
  lossAt,
  nameOf,
  ranked,
  seedsAt,
  stepsDone,
  sweepNotes,
  sweepPictures,
  sweepTable,
  type Sweep,
  type SweepDone,
} from "../reducing/sweep-found.ts";
import { differenceWords, methodsAt, seenWords, stepWords, tooLittle } from "../reducing/sweep-words.ts";
import type { CellDone } from "../study.ts";

/** Pure; works on part of the cells. `untold`: why nothing can be predicted. */
export function columnsFound(grid: Sweep, done: readonly CellDone[], untold?: string): StudyFound {
  const sweep = { ...grid, done };
  const steps = stepsDone(sweep);
  const [first, last] = [steps[0], steps.at(-1)];
  const order = last === undefined ? [] : ranked({ ...sweep, target: undefined }, last);
  const [lead] = order;
  const some = first !== undefined && last !== undefined && lead !== undefined;
  return {
    say: !some
      ? { bold: "Nothing has been measured yet." }
      : first === last
        ? {
            bold: `${stepWords(sweep, first)} are measured so far; a second number of columns is needed to compare.`,
          }
        : holdsOf(sweep, lead, first, last),
    more: some
      ? [
          ...order.slice(1).flatMap((method) => changeWords(sweep, method, first, last)),
          ...(sweep.target === undefined ? [] : lossWords(sweep, lead, first, last)),
          ...methodsAt(sweep, last),
        ]
      : [],
    pictures: sweepPictures(sweep),
    tables: [sweepTable(sweep)],
    notes: [...(untold === undefined ? [] : [`Nothing is predicted: ${untold}`]), ...sweepNotes(sweep)],
  };
}

/** How much easier rows are to tell from real ones than real rows are from each other, at the last step less at the first. */
function easierBy(sweep: SweepDone, method: string, first: number, last: number): Judged | undefined {
  const over = (step: number) =>
    differenceBySeed(seedsAt(sweep, "c2st", method, step), seedsAt(sweep, "c2st", REAL, step));
  return judged(differenceBySeed(over(last), over(first)), NOTABLE);
}

function holdsOf(sweep: SweepDone, method: string, first: number, last: number): StudyFound["say"] {
  const change = easierBy(sweep, method, first, last);
  const name = nameOf(method);
  const [from, to] = [count(first), stepWords(sweep, last)];
  if (change === undefined) return { bold: `${name} is measured; real rows to compare with are not yet.` };
  const rest = `${aucWords(sweep, method, first, last)} Change beside real rows: ${differenceWords(change)}.`;
  switch (change.state) {
    case "above":
      return { bold: `From ${from} to ${to} ${name} becomes easier to tell from real rows.`, rest };
    case "below":
      return { bold: `From ${from} to ${to} ${name} becomes harder to tell from real rows.`, rest };
    case "none":
      return {
        bold: `${name} holds from ${from} to ${to}: there is no difference beyond noise in how well it is told from real rows.`,
        rest: `${rest} One above ${unitNumber(change.seen, "AUC")} would have been seen.`,
      };
    case "unclear":
      return {
        bold: `Whether ${name} holds from ${from} to ${to} cannot be told ${tooLittle(change)}.`,
        rest: `${rest} ${Number.isFinite(change.seen) ? `Only a change above ${unitNumber(change.seen, "AUC")} would have been seen.` : "How much seeds differ is not known of one."}`,
      };
  }
}

/** "AUC 0.551 with 5 columns, 0.602 with 40." */
function aucWords(sweep: SweepDone, method: string, first: number, last: number): string {
  const told = [first, last].flatMap((step) => {
    const figure = figureAt(sweep, "c2st", method, step);
    return figure === undefined ? [] : [`${unitNumber(figure.value, "AUC")} with ${stepWords(sweep, step)}`];
  });
  return told.length === 0 ? "" : `AUC ${told.join(", ")}.`;
}

function changeWords(sweep: SweepDone, method: string, first: number, last: number): string[] {
  const change = easierBy(sweep, method, first, last);
  if (change === undefined || change.state === "unclear") return [];
  const name = nameOf(method);
  if (change.state === "none")
    return [
      `${name} is told from real rows as well with ${count(first)} as with ${stepWords(sweep, last)}, as far as noise lets see: ${seenWords(change, "a change")}.`,
    ];
  return [
    `${name} becomes ${change.state === "above" ? "easier" : "harder"} to tell from real rows, by ${differenceWords({ ...change, figure: unsigned(change) })}.`,
  ];
}

function unsigned({ figure: { value, interval } }: Judged): Judged["figure"] {
  if (value >= 0) return { value, ...(interval && { interval }) };
  return { value: -value, ...(interval && { interval: { low: -interval.high, high: -interval.low } }) };
}

/** What predictions lose at both ends. */
function lossWords(sweep: SweepDone, method: string, first: number, last: number): string[] {
  const [few, all] = [lossAt(sweep, method, first), lossAt(sweep, method, last)];
  if (few === undefined || all === undefined) return [];
  const verdict =
    all.state === "above"
      ? `A model of ${sweep.target?.name ?? ""} learned from ${nameOf(method)} loses`
      : all.state === "unclear"
        ? `What a model of ${sweep.target?.name ?? ""} learned from ${nameOf(method)} loses is not sure:`
        : `A model of ${sweep.target?.name ?? ""} learned from ${nameOf(method)} loses nothing beyond noise:`;
  return [
    `${verdict} ${differenceWords(all)} with ${stepWords(sweep, last)}, ${differenceWords(few, true)} with ${count(first)}.`,
  ];
}
