/** Kaplan-Meier curves: real filled and solid, synthetic as an outline with dashed limits; numbers at risk below. */
import type { SurvivalComparison } from "../report/report.ts";
import { count, percent, plain } from "../words/numbers.ts";
import type { LabelWidth } from "./column-shape.ts";
import { acrossBox, courseAxis, timeFoot, upBox, type Box } from "./course-axis.ts";
import { stairPath, type Drawing, type Label, type Listing, type Place } from "./drawing.ts";

export interface SurvivalFrame {
  readonly survival: SurvivalComparison;
  readonly width: number;
  /** with the numbers at risk */
  readonly height: number;
  readonly labelWidth: LabelWidth;
}

const RISK = 52;
const LEFT = 44;

export function survivalDrawing({ survival, width, height, labelWidth }: SurvivalFrame): Drawing {
  const { times, real, synthetic, horizon, axis, event } = survival;
  const box: Box = { left: LEFT, top: 24, right: width - 12, bottom: height - RISK - 36 };
  const least = [...real.low, ...synthetic.low, ...real.survival, ...synthetic.survival]
    .filter(Number.isFinite)
    .reduce((a, b) => Math.min(a, b), 1);
  const floor = least < 0.2 ? 0 : Math.floor(least * 10) / 10;
  const y = { ...courseAxis([floor, 1], 5), low: floor, high: 1 };
  const x = {
    ...courseAxis([0, horizon], Math.max(2, Math.min(7, Math.floor((box.right - box.left) / 60)))),
    low: 0,
  };
  const [across, up] = [acrossBox(x, box), upBox(y, box)];
  const stairs = (values: readonly number[]): Place[] => [
    ...times.map((time, i) => ({ x: across(time), y: up(values[i] as number) })),
    { x: across(horizon), y: up(values.at(-1) as number) },
  ];
  const foot = timeFoot(x, box, axis, labelWidth);
  return {
    width,
    height,
    marks: [
      { kind: "real-fill", d: stairArea(stairs(real.high), stairs(real.low)) },
      { kind: "real-edge", d: stairPath(stairs(real.low)) + stairPath(stairs(real.high)) },
      { kind: "real-line", d: stairPath(stairs(real.survival)) },
      { kind: "synthetic-edge", d: stairPath(stairs(synthetic.low)) + stairPath(stairs(synthetic.high)) },
      { kind: "synthetic-casing", d: stairPath(stairs(synthetic.survival)) },
      { kind: "synthetic-line", d: stairPath(stairs(synthetic.survival)) },
      foot.mark,
    ],
    labels: [
      { x: 0, y: 12, text: `without ${event}`, anchor: "start" },
      ...y.ticks.map(({ value }): Label => ({
        x: box.left - 8,
        y: up(value) + 4,
        text: percent(value, 0),
        anchor: "end",
      })),
      ...foot.labels,
      ...riskLabels(survival, across, box, labelWidth),
    ],
    spots: times.map((time, i) => ({
      x: across(time),
      y: up(real.survival[i] as number),
      title: `${plain(time)} ${axis.split(" since ")[0] ?? ""}`.trim(),
      lines: [
        { of: "real", label: "Real", value: intervalled(real, i) },
        { of: "syn", label: "Synthetic", value: intervalled(synthetic, i) },
      ],
    })),
  };
}

/** The upper stairs, and back along the lower ones. */
function stairArea(upper: readonly Place[], lower: readonly Place[]): string {
  const known = upper.flatMap((place, i) =>
    Number.isFinite(place.y) && Number.isFinite(lower[i]?.y)
      ? [{ upper: place, lower: lower[i] as Place }]
      : [],
  );
  const last = known.at(-1);
  if (last === undefined) return "";
  const back = known
    .map(({ lower: place }, i) => ({ x: known[i + 1]?.lower.x ?? last.lower.x, y: place.y }))
    .reverse();
  const steps = back.map(({ x, y }) => `H${Math.round(10 * x) / 10}V${Math.round(10 * y) / 10}`).join("");
  const first = known[0]?.lower as Place;
  return `${stairPath(known.map((pair) => pair.upper))}V${Math.round(10 * last.lower.y) / 10}${steps}H${Math.round(10 * first.x) / 10}Z`;
}

const intervalled = (side: SurvivalComparison["real"], i: number): string => {
  const [low, high] = [side.low[i] as number, side.high[i] as number];
  const value = percent(side.survival[i] as number);
  return Number.isNaN(low) || Number.isNaN(high) ? value : `${value} (${percent(low)} to ${percent(high)})`;
};

function riskLabels(
  { risk }: SurvivalComparison,
  across: (time: number) => number,
  box: Box,
  labelWidth: LabelWidth,
): Label[] {
  const y = box.bottom + 50;
  let free = -Infinity;
  const numbers = risk.times.flatMap((time, i): Label[] => {
    const [real, synthetic] = [risk.real[i] as number, risk.synthetic[i] as number];
    const ours = Number.isNaN(real) ? "–" : count(real);
    const half = Math.max(labelWidth(ours), labelWidth(count(synthetic))) / 2;
    if (across(time) - half < free) return [];
    free = across(time) + half + 10;
    return [
      { x: across(time), y: y + 16, text: ours, anchor: "middle", tone: "real" },
      { x: across(time), y: y + 31, text: count(synthetic), anchor: "middle", tone: "synthetic" },
    ];
  });
  return [{ x: 0, y, text: "At risk", anchor: "start" }, ...numbers];
}

export function survivalListing({ times, real, synthetic, axis }: SurvivalComparison): Listing {
  return {
    heads: [axis, "Real, 95% interval", "Real at risk", "Synthetic, 95% interval", "Synthetic at risk"],
    rows: times.map((time, i) => ({
      name: plain(time),
      cells: [
        { text: intervalled(real, i), of: "real" },
        { text: count(real.atRisk[i] as number), of: "real" },
        { text: intervalled(synthetic, i), of: "syn" },
        { text: count(synthetic.atRisk[i] as number), of: "syn" },
      ],
    })),
  };
}
