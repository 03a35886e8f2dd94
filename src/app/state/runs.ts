/** Questions about runs that more than one view asks. */
import type { RunView } from "../../worker/protocol.ts";
import type { Report } from "../../core/lab/comparison.ts";
import type { Verdict } from "../../core/metrics/metric.ts";
import type { LabState } from "./lab.ts";
import type { SynthesizerInfo } from "../../core/synthesizers/synthesizer.ts";

/** Lowest score over the metrics that could be computed, 0..100; undefined before an evaluation. */
export function lowestScore(report: Report | undefined): number | undefined {
  const scores = (report?.metrics ?? []).flatMap(({ result }) =>
    result.status === "ok" ? [result.score.value] : [],
  );
  return scores.length === 0 ? undefined : Math.min(...scores);
}

/** One verdict per metric that could be computed, in the report's order. */
export function verdicts(report: Report | undefined): { name: string; verdict: Verdict }[] {
  return (report?.metrics ?? []).flatMap(({ info, result }) =>
    result.status === "ok" ? [{ name: info.name, verdict: result.verdict }] : [],
  );
}

/** "3 · VAE", or the name the person gave it. */
export function runTitle(run: RunView): string {
  const own = run.name.endsWith(` ${run.number}`) ? run.name.slice(0, -` ${run.number}`.length) : run.name;
  return `${run.number} · ${own}`;
}

export const isUnderWay = (run: RunView): boolean =>
  run.state === "running" || run.state === "paused" || run.state === "evaluating";

/** The run that is training, paused or being measured now, if there is one. */
export function runUnderWay(state: LabState): RunView | undefined {
  return state.runs.find(isUnderWay);
}

/** The run that Train, Compare and Take away show. */
export function selectedRun(state: LabState): RunView | undefined {
  return state.runs.find((run) => run.run === state.selected);
}

/** The selected run first, then those shown beside it. */
export function shownRuns(state: LabState): RunView[] {
  return [state.selected, ...state.compared].flatMap((id) => state.runs.find((run) => run.run === id) ?? []);
}

/** The synthesizer the next run uses: the one chosen, or the first, which is the recommended one. */
export function chosenSynthesizer(state: LabState): SynthesizerInfo | undefined {
  const { synthesizers, settings } = state;
  return synthesizers.find((info) => info.id === settings.synthesizer) ?? synthesizers[0];
}

/** Those under way first, then those waiting, then the best score first, then the newest. */
export function bestFirst(runs: readonly RunView[]): RunView[] {
  const rank = (run: RunView): number => (isUnderWay(run) ? 0 : run.state === "queued" ? 1 : 2);
  return runs.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (lowestScore(b.report) ?? -1) - (lowestScore(a.report) ?? -1) ||
      b.number - a.number,
  );
}
