/** Measures without an answer, and why: what one reads beside the verdict. */
import type { Family, MeasuredResult, MetricInfo } from "../metrics/metric.ts";
import type { Report } from "../report/report.ts";
import { count, plural, sentence } from "./numbers.ts";
import { enoughPatients, unsettledWords } from "./measure.ts";
import { realRowsWords } from "./real-rows.ts";
import { sides } from "./sides.ts";

export interface Unanswered {
  readonly family: Family;
  /** cannot-tell: it was measured, with too wide an interval */
  readonly kind: "cannot-tell" | "not-measured";
  /** "Coverage", or "6 measures of privacy" */
  readonly title: string;
  readonly why: string;
  /** ids, worst first */
  readonly metrics: readonly string[];
}

/** Held-out patients; rows, where a row is a patient. */
export const heldOutOf = ({ shape }: Report): number => shape.heldOut ?? shape.holdout;

const order: readonly Family[] = ["privacy", "utility", "fairness", "fidelity", "clinical"];

/** Everything without an answer, by side and reason; privacy first, what was measured before what was not. */
export function unanswered(report: Report): Unanswered[] {
  return order.flatMap((family) => [...greyOf(report, family), ...silentOf(report, family)]);
}

interface Grey {
  readonly info: MetricInfo;
  readonly result: MeasuredResult;
}

function greyOf(report: Report, family: Family): Unanswered[] {
  const grey = report.metrics.flatMap(({ info, result }): Grey[] =>
    info.family === family && result.status === "ok" && result.verdict === "cannot-tell"
      ? [{ info, result }]
      : [],
  );
  const [first] = grey;
  if (first === undefined) return [];
  return [
    {
      family,
      kind: "cannot-tell",
      title: titleOf(
        family,
        grey.map(({ info }) => info.name),
      ),
      why:
        grey.length === 1
          ? unsettledWords(first.info, first.result, heldOutOf(report))
          : greyWords(grey, heldOutOf(report)),
      metrics: grey.map(({ info }) => info.id),
    },
  ];
}

function greyWords(grey: readonly Grey[], heldOut: number): string {
  const enough = grey
    .flatMap(({ result }) => enoughPatients(result, heldOut) ?? [])
    .toSorted((a, b) => a - b);
  const [least, most] = [enough[0], enough.at(-1)];
  const start = `The intervals cross the margin ${heldOut === 0 ? "without held-out patients" : `with ${plural(heldOut, "held-out patient")}`}.`;
  if (least === undefined || most === undefined) return `${start} Each says below what would have been seen.`;
  const between = least === most ? count(least) : `${count(least)} to ${count(most)}`;
  return `${start} About ${between} would be enough if there is no loss.`;
}

function silentOf(report: Report, family: Family): Unanswered[] {
  const names = new Map(report.metrics.map(({ info }) => [info.id, info.name]));
  return report.notMeasured
    .filter((group) => group.family === family)
    .map(({ why, metrics }) => ({
      family,
      kind: "not-measured" as const,
      title: titleOf(
        family,
        metrics.map((id) => names.get(id) ?? id),
      ),
      why: sentence(why),
      metrics,
    }));
}

const titleOf = (family: Family, names: readonly string[]): string =>
  names.length <= 2 ? names.join(" and ") : `${names.length} measures of ${sides[family].name.toLowerCase()}`;

export interface AnswerCounts {
  readonly all: number;
  readonly worse: number;
  readonly cannotTell: number;
  readonly good: number;
  readonly notMeasured: number;
}

/** "1 worse, 2 cannot be told": the answers that there are; "" where there are none. */
export function countWords({ worse, cannotTell, good, notMeasured }: Omit<AnswerCounts, "all">): string {
  return [
    ...(worse > 0 ? [`${worse} worse`] : []),
    ...(cannotTell > 0 ? [`${cannotTell} cannot be told`] : []),
    ...(good > 0 ? [`${good} as good`] : []),
    ...(notMeasured > 0 ? [`${notMeasured} not measured`] : []),
  ].join(", ");
}

/** How many measures gave which answer; of one side, or of all. */
export function answerCounts(report: Report, family?: Family): AnswerCounts {
  const own = report.metrics.filter(({ info }) => family === undefined || info.family === family);
  const having = (...verdicts: string[]): number =>
    own.filter(({ result }) => result.status === "ok" && verdicts.includes(result.verdict)).length;
  return {
    all: own.length,
    worse: having("worse", "much-worse"),
    cannotTell: having("cannot-tell"),
    good: having("good"),
    notMeasured: own.filter(({ result }) => result.status === "skipped").length,
  };
}

/** "31 of 40 measures gave an answer: 27 as good, 4 worse. 7 cannot be told, 2 were not measured." */
export function answersWords(report: Report): string {
  const { all, worse, cannotTell, good, notMeasured } = answerCounts(report);
  const open = [
    ...(cannotTell > 0 ? [`${cannotTell} cannot be told`] : []),
    ...(notMeasured > 0 ? [`${notMeasured} ${notMeasured === 1 ? "was" : "were"} not measured`] : []),
  ];
  const answered = `${worse + good} of ${plural(all, "measure")} gave an answer: ${good} as good, ${worse} worse.`;
  return open.length === 0 ? answered : `${answered} ${open.join(", ")}.`;
}

/** "615 synthetic rows against 153 real rows held out, of 80 patients; learned from 612 rows." */
export function comparedWords(report: Report): string {
  const { shape } = report;
  const made =
    shape.syntheticPatients === undefined
      ? plural(shape.synthetic, "synthetic row")
      : `${plural(shape.syntheticPatients, "synthetic patient")} with ${plural(shape.synthetic, "visit")}`;
  return `${made} against ${realRowsWords(shape)}.`;
}

/** "privacy 9, utility 6": how many measures of each side have no answer; "" where all have one. */
export function openWords(report: Report): string {
  return order
    .flatMap((family) => {
      const { cannotTell, notMeasured } = answerCounts(report, family);
      const open = cannotTell + notMeasured;
      return open === 0 ? [] : [`${sides[family].name.toLowerCase()} ${open}`];
    })
    .join(", ");
}
