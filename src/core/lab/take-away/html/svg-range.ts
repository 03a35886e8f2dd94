/** Range plots: band and tick = held-out real, open circle and whisker = synthetic, dots = chance. */
import type { Interval } from "../../../metrics/metric.ts";
import { html, Markup } from "./markup.ts";
import { count, fixed } from "../../../words/numbers.ts";

/** It may start anywhere, because nothing is drawn as a length from its start. */
export interface RangeAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

export interface RangeMark {
  readonly value: number;
  readonly interval?: Interval;
}

const WIDTH = 260;
const PAD = 14;

/** One decimal is finer than a pixel and keeps files small. */
export const px = (value: number): string => String(Math.round(10 * value) / 10);

const marksOf = ({ value, interval }: RangeMark): number[] =>
  [value, interval?.low, interval?.high].filter(
    (number): number is number => number !== undefined && Number.isFinite(number),
  );

/** Scores: from 0, 50 or 70 to 100, the highest start that fits all marks. */
export function scoreAxis(marks: readonly RangeMark[]): RangeAxis {
  const least = Math.min(100, ...marks.flatMap(marksOf));
  const low = [70, 50, 0].find((start) => start <= least) ?? 0;
  const steps =
    low === 70 ? [70, 80, 90, 100] : low === 50 ? [50, 60, 70, 80, 90, 100] : [0, 25, 50, 75, 100];
  return { low, high: 100, ticks: steps.map((value) => ({ value, label: count(value) })) };
}

/** The widest of 1, 2 or 5 times a power of ten that puts at least three ticks between the ends. */
function widestStep(low: number, high: number): number {
  const power = 10 ** Math.floor(Math.log10((high - low) / 2));
  const ticks = (step: number): number => Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1;
  return [5, 2, 1, 0.5, 0.2].map((m) => m * power).find((step) => ticks(step) >= 3) ?? power / 10;
}

const decimalsOf = (step: number): number => Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
export const plainTick = (value: number, step: number): string => fixed(value, decimalsOf(step));
export const percentTick = (value: number, step: number): string =>
  `${fixed(100 * value, decimalsOf(100 * step))}%`;

/** An axis around the marks with about four round ticks; undefined when there is nothing to draw. */
export function valueAxis(
  marks: readonly RangeMark[],
  write: (value: number, step: number) => string = plainTick,
  within?: readonly [number, number],
): RangeAxis | undefined {
  const all = marks.flatMap(marksOf);
  if (all.length === 0) return undefined;
  const least = all.reduce((a, b) => Math.min(a, b));
  const most = all.reduce((a, b) => Math.max(a, b));
  const margin = (most - least) * 0.08 || Math.abs(most) * 0.05 || 0.01;
  const low = Math.max(within?.[0] ?? -Infinity, least - margin);
  const high = Math.min(within?.[1] ?? Infinity, most + margin);
  if (!(high > low)) return undefined;
  const step = widestStep(low, high);
  const ticks: { value: number; label: string }[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9 && ticks.length < 12; i++) {
    ticks.push({ value: i * step, label: write(i * step, step) });
  }
  return { low, high, ticks };
}

const place =
  ({ low, high }: RangeAxis, width: number) =>
  (value: number): number =>
    PAD + ((Math.max(low, Math.min(high, value)) - low) / (high - low || 1)) * (width - 2 * PAD);

/** The axis' labels, for the head of a column of range plots; those that would touch are left out. */
export function rangeScale(axis: RangeAxis, width = WIDTH): Markup {
  const at = place(axis, width);
  let free = -Infinity;
  const fitting = axis.ticks.filter(({ value, label }) => {
    const half = (label.length * 6.2) / 2;
    if (at(value) - half < free) return false;
    free = at(value) + half + 4;
    return true;
  });
  const ends = `${axis.ticks[0]?.label ?? ""} to ${axis.ticks.at(-1)?.label ?? ""}`;
  return html`<svg
    class="scale"
    width="${width}"
    height="14"
    viewBox="0 0 ${width} 14"
    role="img"
    aria-label="Scale ${ends}"
  >
    ${fitting.map(
      ({ value, label }) => html`<text x="${px(at(value))}" y="11" text-anchor="middle">${label}</text>`,
    )}
  </svg>`;
}

interface RangePlot {
  readonly axis: RangeAxis;
  readonly synthetic: RangeMark;
  readonly real?: RangeMark;
  readonly chance?: number;
  readonly label: string;
  readonly width?: number;
}

/** One row of a column of range plots. */
export function rangePlot({ axis, synthetic, real, chance, label, width = WIDTH }: RangePlot): Markup {
  const at = place(axis, width);
  const height = 28;
  const y = height / 2;
  const parts: string[] = axis.ticks.map(
    ({ value }) => `<path class="gl" d="M${px(at(value))} 0V${height}"/>`,
  );
  if (chance !== undefined && Number.isFinite(chance) && chance >= axis.low && chance <= axis.high)
    parts.push(`<path class="ck" d="M${px(at(chance))} 0V${height}"/>`);
  if (real !== undefined && Number.isFinite(real.value)) {
    if (real.interval !== undefined) {
      const [from, to] = [at(real.interval.low), at(real.interval.high)];
      parts.push(
        `<path class="fr" d="M${px(from)} ${y - 8}H${px(Math.max(to, from + 2))}V${y + 8}H${px(from)}Z"/>`,
      );
    }
    parts.push(`<path class="tk" d="M${px(at(real.value))} ${y - 8}v16"/>`);
  }
  if (Number.isFinite(synthetic.value)) {
    if (synthetic.interval !== undefined) {
      const whisker = `M${px(at(synthetic.interval.low))} ${y - 4}v8m0-4H${px(at(synthetic.interval.high))}m0-4v8`;
      parts.push(`<path class="eh" d="${whisker}"/><path class="es" d="${whisker}"/>`);
    }
    parts.push(`<circle class="cs" cx="${px(at(synthetic.value))}" cy="${y}" r="5"/>`);
  }
  return html`<svg
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="${label}"
  >
    ${new Markup(parts.join(""))}
  </svg>`;
}
