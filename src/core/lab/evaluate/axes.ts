import type { Family, MeasuredResult } from "../../metrics/metric.ts";
import type { Axis, Report } from "../../report/report.ts";
import { rank, worstFirst } from "./worst-first.ts";

type Row = Report["metrics"][number];
type Measured = Row & { readonly result: MeasuredResult };

const families: readonly Family[] = ["fidelity", "utility", "privacy", "fairness", "clinical"];

/**
 * A side is as good as the worst of its scored measures. One that gave no answer for want of patients counts as one that
 * cannot be told, so that a side is not called good by what is easy to show.
 */
function axisOf(family: Family, rows: Report["metrics"]): Axis {
  const own = worstFirst(rows.filter(({ info }) => info.family === family && info.scored));
  const measured = own.filter((row): row is Measured => row.result.status === "ok");
  const answers = {
    worse: measured.filter(({ result }) => isWorse(result)).length,
    cannotTell: measured.filter(({ result }) => result.verdict === "cannot-tell").length,
    good: measured.filter(({ result }) => result.verdict === "good").length,
    notMeasured: own.length - measured.length,
  };
  const wanting = own.flatMap(({ result }) => (result.status === "skipped" && result.wants ? [result] : []));
  const [worst] = measured;
  const unjudged = worst?.result.unjudged;
  const silent =
    worst === undefined || unjudged !== undefined || (wanting.length > 0 && worst.result.verdict === "good");
  if (silent) {
    const reason = unjudged ?? wanting[0]?.reason ?? reasonOf(own) ?? "Nothing measures it.";
    return { family, verdict: "cannot-tell", sentence: reason, answers };
  }
  const { score, verdict, sentence, loss, judgement } = worst.result;
  return {
    family,
    metric: worst.info.id,
    score,
    verdict,
    sentence:
      answers.notMeasured > 0 ? `${sentence} ${silentWords(answers.notMeasured, own.length)}` : sentence,
    answers,
    loss,
    margin: judgement.margin,
  };
}

/** Measures without an answer are counted where the verdict stands. */
const silentWords = (silent: number, all: number): string =>
  silent === 1 ? `1 of ${all} measures gave no answer.` : `${silent} of ${all} measures gave no answer.`;

const isWorse = ({ verdict }: MeasuredResult): boolean => verdict === "worse" || verdict === "much-worse";

function reasonOf([row]: readonly Row[]): string | undefined {
  return row?.result.status === "skipped" ? row.result.reason : undefined;
}

const FITTED: ReadonlySet<Family> = new Set<Family>(["fidelity", "utility", "fairness"]);

/** Copies of patients always fit: what they are as good at is measured, and not judged. */
const unjudged = (axis: Axis): Axis =>
  axis.verdict === "good" && FITTED.has(axis.family)
    ? {
        family: axis.family,
        verdict: "cannot-tell",
        sentence: "Measured, but not judged: copies of patients always fit.",
        answers: axis.answers,
      }
    : axis;

/** How far outside its margin, in margins. */
const gap = (axis: Axis): number => ("metric" in axis ? axis.loss.value / axis.margin : -Infinity);

/**
 * The five sides, worst first.
 * @param copies the table holds more copies of patients than held-out ones do
 */
export function axesOf(rows: Report["metrics"], copies = false): Axis[] {
  const told = families.map((family) => axisOf(family, rows));
  const axes = copies ? told.map(unjudged) : told;
  return axes.toSorted((a, b) => rank[a.verdict] - rank[b.verdict] || gap(b) - gap(a));
}
