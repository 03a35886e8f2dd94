/** What the leaderboard has a column for, read from the reports of runs. */
import type { Report } from "../../../core/report/report.ts";
import type { MetricInfo, Verdict } from "../../../core/metrics/metric.ts";
import { axisOf, families } from "../../state/axes.ts";
import { measured, type Measured } from "../../state/measured.ts";

/** One number of one run: as it is measured, with the half of its 95% interval, and as a score of 0 to 100. */
export interface Reading {
  readonly value: number;
  readonly half: number;
  readonly score: number;
  /** the same for held-out real rows */
  readonly reference: number;
  readonly verdict: Verdict;
}

export interface Measure {
  readonly id: string;
  /** what is asked */
  readonly title: string;
  /** what is measured */
  readonly about: string;
  /** the sentence behind the heading */
  readonly summary: string;
  readonly better: "higher" | "lower";
  /** of the value as it is written */
  readonly decimals: number;
  /** Grows as the value gets better. Of a metric whose best lies in the middle, only what lies above it is worse. */
  readonly merit: (value: number) => number;
  readonly read: (report: Report) => Reading | undefined;
}

const half = ({ low, high }: { low: number; high: number }): number => (high - low) / 2;

function readingOf({ result }: Measured): Reading {
  const { value, interval, baseline, score, verdict } = result;
  return {
    value,
    half: half(interval),
    score: score.value,
    reference: baseline.value,
    verdict,
  };
}

function meritOf({ better, ideal }: MetricInfo): Measure["merit"] {
  if (better === "middle") return (value) => -Math.max(0, value - ideal);
  return better === "higher" ? (value) => value : (value) => -value;
}

function single(info: MetricInfo, title: string): Measure {
  return {
    id: info.id,
    title,
    about: info.name,
    summary: info.summary,
    better: info.better === "higher" ? "higher" : "lower",
    decimals: 3,
    merit: meritOf(info),
    read: (report) => {
      const found = measured(report).find((row) => row.info.id === info.id);
      return found && readingOf(found);
    },
  };
}

const worse: readonly Verdict[] = ["good", "cannot-tell", "worse", "much-worse"];

export const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce<Verdict>((a, b) => (worse.indexOf(b) > worse.indexOf(a) ? b : a), "good");

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** The half of a mean's interval, its parts taken as independent. */
const halfOfMean = (halves: readonly number[]): number => Math.hypot(...halves) / halves.length;

const quality: Measure = {
  id: "quality",
  title: "Quality",
  about: "Shapes and pairs",
  summary: "The mean of column shapes and pair trends, as SDMetrics' quality report has it.",
  better: "higher",
  decimals: 3,
  merit: (value) => value,
  read: (report) => {
    const parts = measured(report)
      .filter(({ info }) => info.quality)
      .map(readingOf);
    if (parts.length < report.metrics.filter(({ info }) => info.quality).length || parts.length === 0)
      return undefined;
    return {
      value: mean(parts.map((part) => part.value)),
      half: halfOfMean(parts.map((part) => part.half)),
      score: mean(parts.map((part) => part.score)),
      reference: mean(parts.map((part) => part.reference)),
      verdict: worst(parts.map((part) => part.verdict)),
    };
  },
};

/** The side as a whole: no single attack stands for it. */
const privacy: Measure = {
  id: "privacy",
  title: "Privacy",
  about: "Lowest score, of 100",
  summary:
    "The lowest score among the attacks and copies that speak for privacy; 100 is what held-out rows reach at best.",
  better: "higher",
  decimals: 1,
  merit: (value) => value,
  read: (report) => {
    const axis = axisOf(report, "privacy");
    if (axis === undefined) return undefined;
    const { value, interval, baseline } = axis.score;
    return { value, half: half(interval), score: value, reference: baseline.value, verdict: axis.verdict };
  },
};

/** The columns these reports have something for: each metric with a column of its own, privacy as a side, quality. */
export function measuresOf(reports: readonly Report[]): Measure[] {
  const infos = new Map<string, MetricInfo>();
  for (const report of reports) for (const { info } of measured(report)) infos.set(info.id, info);
  const own = [...infos.values()]
    .toSorted((a, b) => families.indexOf(a.family) - families.indexOf(b.family))
    .flatMap((info) => (info.board === undefined ? [] : [single(info, info.board)]));
  const hasQuality = reports.some((report) => quality.read(report) !== undefined);
  const hasPrivacy = reports.some((report) => axisOf(report, "privacy") !== undefined);
  return [...own, ...(hasPrivacy ? [privacy] : []), ...(hasQuality ? [quality] : [])];
}
