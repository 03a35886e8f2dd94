import type { Family } from "../../metrics/metric.ts";
import type { Axis, Report } from "../../report/report.ts";
import { worstFirst } from "./headline.ts";

const families: readonly Family[] = ["fidelity", "utility", "privacy", "fairness", "clinical"];
const rank = { below: 0, close: 1, within: 2 } as const;

/** A side of which nothing was measured says why: the reason of the first metric that had to be skipped. */
function axisOf(family: Family, rows: Report["metrics"]): Axis {
  const own = worstFirst(rows.filter(({ info }) => info.family === family && info.scored));
  const [worst] = own;
  if (worst?.result.status === "ok") {
    const { score, verdict, sentence } = worst.result;
    return { family, metric: worst.info.id, score, verdict, sentence };
  }
  return { family, skipped: worst?.result.reason ?? "Nothing measures it." };
}

const gap = (axis: Axis): number =>
  "skipped" in axis ? -Infinity : axis.score.baseline.value - axis.score.value;

/** The five sides, worst first. A side is as good as the worst of its scored metrics. */
export function axesOf(rows: Report["metrics"]): Axis[] {
  const axes = families.map((family) => axisOf(family, rows));
  const order = (axis: Axis): number => ("skipped" in axis ? 3 : rank[axis.verdict]);
  return axes.toSorted((a, b) => order(a) - order(b) || gap(b) - gap(a));
}
