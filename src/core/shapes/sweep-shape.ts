/** What each epsilon costs: use and measured advantage at every stop, with the limit as a curve. */
import type { PlaneFigure, Sweep } from "../report/plane.ts";
import { fixed, intervalWords } from "../words/numbers.ts";
import { epsilonWords, unitWords } from "../words/plane-words.ts";
import {
  linePath,
  px,
  type Drawing,
  type Label,
  type Listing,
  type Mark,
  type Place,
  type Spot,
} from "./drawing.ts";
import { circle, diamond } from "./plane-shape.ts";
import { plainTick, valueAxis, type RangeAxis } from "./range-shape.ts";

export const SWEEP_HEIGHT = 210;
const MARGIN = { left: 40, top: 24, right: 10, bottom: 38 };

/** One stop as it is drawn; `off` has no epsilon. */
interface Placed {
  readonly x: number;
  readonly name: string;
  readonly figure: PlaneFigure;
  readonly off: boolean;
}

interface Ground {
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  readonly across: (epsilon: number) => number;
  readonly offAt: number;
}

/** Stops by the logarithm of epsilon; room for “off” at the right. */
function groundOf({ stops, off }: Sweep, width: number): Ground {
  const box = {
    left: MARGIN.left,
    top: MARGIN.top,
    right: width - MARGIN.right,
    bottom: SWEEP_HEIGHT - MARGIN.bottom,
  };
  const logs = stops.map(({ epsilon }) => Math.log(epsilon));
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const aside = off === undefined ? 20 : 64;
  const from = box.left + 24;
  const span = box.right - aside - from;
  const across = (epsilon: number): number =>
    from + (most > least ? (Math.log(epsilon) - least) / (most - least) : 0.5) * span;
  return { box, across, offAt: box.right - 20 };
}

function placedBy(sweep: Sweep, { across, offAt }: Ground, what: "use" | "risk"): Placed[] {
  const stops = sweep.stops.flatMap((stop) => {
    const figure = stop[what];
    return figure === undefined
      ? []
      : [{ x: across(stop.epsilon), name: epsilonWords(stop.epsilon), figure, off: false }];
  });
  const off = sweep.off?.[what];
  return off === undefined
    ? stops
    : [...stops, { x: offAt, name: `No guarantee: ${sweep.off?.name ?? ""}`, figure: off, off: true }];
}

interface Curve {
  readonly title: string;
  readonly placed: readonly Placed[];
  readonly axis: RangeAxis;
  readonly behind: readonly Mark[];
  readonly labels: readonly Label[];
  readonly label: string;
}

/** Use at every stop, real rows as a band behind. */
export function sweepUseDrawing(sweep: Sweep, width: number): Drawing {
  const { use, real } = sweep;
  const within = use?.unit === "R²" ? ([-1, 1] as const) : ([0, 1] as const);
  if (use === undefined) return { width, height: 0, marks: [], labels: [], spots: [] };
  const ground = groundOf(sweep, width);
  const placed = placedBy(sweep, ground, "use").map((one) => ({
    ...one,
    figure: clipped(one.figure, within),
  }));
  const axis = valueAxis(
    [...placed.map(({ figure }) => figure), { value: use.chance }, ...(real ? [real] : [])],
    plainTick,
    within,
  );
  const up = upOf(ground, axis);
  const { left, right } = ground.box;
  const band =
    real === undefined
      ? []
      : ([
          {
            kind: "real-fill",
            d: `M${px(left)} ${px(up(real.interval.high))}H${px(right)}V${px(up(real.interval.low))}H${px(left)}Z`,
          },
          { kind: "real-line", d: `M${px(left)} ${px(up(real.value))}H${px(right)}` },
        ] satisfies Mark[]);
  const labels: Label[] =
    real === undefined
      ? []
      : [
          {
            x: left + 6,
            y: up(real.value) - 5,
            text: `real rows ${fixed(real.value, 3)}`,
            anchor: "start",
            tone: "ink",
          },
        ];
  return drawn(sweep, width, ground, {
    title: `${unitWords(use)} on held-out real patients`,
    placed,
    axis,
    behind: band,
    labels,
    label: unitWords(use),
  });
}

/** A t interval of few seeds may pass what the figure can be; drawn, it ends there. */
const clipped = (
  { value, interval }: PlaneFigure,
  [least, most]: readonly [number, number],
): PlaneFigure => ({
  value,
  interval: { low: Math.max(least, interval.low), high: Math.min(most, interval.high) },
});

/** Measured advantage at every stop under the curve of the limit. */
export function sweepRiskDrawing(sweep: Sweep, width: number): Drawing {
  const ground = groundOf(sweep, width);
  const axis: RangeAxis = {
    low: 0,
    high: 1,
    ticks: [0, 0.5, 1].map((value) => ({ value, label: fixed(value, 1) })),
  };
  const up = upOf(ground, axis);
  const { left } = ground.box;
  const curve = sweep.limits
    .map(({ epsilon, limit }): Place => ({ x: ground.across(epsilon), y: up(limit) }))
    .filter(({ x }) => x >= left && x <= ground.offAt - 24);
  const middle = curve[Math.floor(curve.length / 3)];
  const placed = placedBy(sweep, ground, "risk");
  const labels: Label[] = [
    ...(middle === undefined
      ? []
      : [{ x: middle.x - 8, y: middle.y - 4, text: "limit by ε", anchor: "end", tone: "ink" } as const]),
    ...(placed[1] === undefined
      ? []
      : [
          {
            x: placed[1].x + 12,
            y: up(placed[1].figure.value) - 8,
            text: "measured",
            anchor: "start",
          } as const,
        ]),
  ];
  return drawn(sweep, width, ground, {
    title: "Largest attack advantage",
    placed,
    axis,
    behind: [{ kind: "end", d: linePath(curve) }],
    labels,
    label: "Advantage",
  });
}

const upOf =
  ({ box }: Ground, { low, high }: RangeAxis) =>
  (value: number): number =>
    box.bottom - ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * (box.bottom - box.top);

function drawn(sweep: Sweep, width: number, ground: Ground, curve: Curve): Drawing {
  const { box, across, offAt } = ground;
  const { placed, axis } = curve;
  const up = upOf(ground, axis);
  const epsilons = sweep.stops.map(({ epsilon }) => epsilon);
  const xs = [
    ...epsilons.map((epsilon) => ({ x: across(epsilon), text: String(epsilon) })),
    ...(sweep.off ? [{ x: offAt, text: "off" }] : []),
  ];
  return {
    width,
    height: SWEEP_HEIGHT,
    marks: [
      ...curve.behind,
      {
        kind: "grid",
        d: axis.ticks.map(({ value }) => `M${px(box.left)} ${px(up(value))}H${px(box.right)}`).join(""),
      },
      {
        kind: "axis",
        d:
          `M${px(box.left)} ${px(box.bottom)}H${px(box.right)}` +
          xs.map(({ x }) => `M${px(x)} ${px(box.bottom)}v4`).join(""),
      },
      {
        kind: "synthetic-line",
        d: linePath(placed.filter(({ off }) => !off).map(({ x, figure }) => ({ x, y: up(figure.value) }))),
      },
      ...placed.flatMap(({ x, figure, off }): Mark[] => [
        {
          kind: "synthetic-thin",
          d: `M${px(x)} ${px(up(figure.interval.low))}V${px(up(figure.interval.high))}`,
        },
        { kind: "synthetic-point", d: (off ? circle : diamond)(x, up(figure.value)) },
      ]),
    ],
    labels: [
      { x: 0, y: 11, text: curve.title, anchor: "start" },
      ...axis.ticks.map(({ value, label }): Label => ({
        x: box.left - 6,
        y: up(value) + 4,
        text: label,
        anchor: "end",
      })),
      ...xs.map(({ x, text }): Label => ({ x, y: box.bottom + 16, text, anchor: "middle" })),
      { x: box.right, y: box.bottom + 32, text: "ε", anchor: "end" },
      ...curve.labels,
    ],
    spots: placed.map(({ x, name, figure }): Spot => ({
      x,
      y: up(figure.value),
      title: name,
      lines: [{ of: "syn", label: curve.label, value: figureWords(figure) }],
    })),
  };
}

const three = (value: number): string => fixed(value, 3);
const figureWords = (figure: PlaneFigure | undefined): string =>
  figure === undefined
    ? "not measurable"
    : `${three(figure.value)} (${intervalWords(figure.interval, three)})`;

/** A curve in a sentence. */
export function sweepLabel({ stops, off, use }: Sweep, what: "use" | "risk"): string {
  const name = what === "risk" ? "Largest attack advantage" : use === undefined ? "Use" : unitWords(use);
  const each = stops.map(
    (stop) =>
      `${epsilonWords(stop.epsilon)}: ${figureWords(stop[what])}${what === "risk" ? `, limit ${fixed(stop.limit, 2)}` : ""}`,
  );
  const without = off?.[what] === undefined ? [] : [`without a guarantee: ${figureWords(off[what])}`];
  return `${name} by epsilon. ${[...each, ...without].join("; ")}.`;
}

export function sweepListing({ stops, off, use }: Sweep): Listing {
  return {
    heads: [
      "ε",
      use === undefined ? "Use" : `${unitWords(use)} (95% interval)`,
      "Advantage (95% interval)",
      "Limit",
    ],
    rows: [
      ...stops.map((stop) => ({
        name: String(stop.epsilon),
        cells: [
          { of: "syn" as const, text: figureWords(stop.use) },
          { of: "syn" as const, text: figureWords(stop.risk) },
          { text: fixed(stop.limit, 2) },
        ],
      })),
      ...(off === undefined
        ? []
        : [
            {
              name: `off: ${off.name}`,
              cells: [
                { of: "syn" as const, text: figureWords(off.use) },
                { of: "syn" as const, text: figureWords(off.risk) },
                { text: "none" },
              ],
            },
          ]),
    ],
  };
}
