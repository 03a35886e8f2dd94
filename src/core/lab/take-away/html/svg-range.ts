/** Range plots: band and tick = held-out real, open circle and whisker = synthetic, dots = chance. */
import { fittingLabels, place, type RangeAxis, type RangeMark } from "../../../shapes/range-shape.ts";
import { html, Markup } from "./markup.ts";

const WIDTH = 260;

/** How wide a label is in the report, whose font is not known: by its length. */
export const labelWidth = (text: string): number => text.length * 6.2;

/** One decimal is finer than a pixel and keeps files small. */
export const px = (value: number): string => String(Math.round(10 * value) / 10);

/** The axis' labels, for the head of a column of range plots; those that would touch are left out. */
export function rangeScale(axis: RangeAxis, width = WIDTH): Markup {
  const at = place(axis, width);
  const fitting = fittingLabels(axis, width, labelWidth);
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
