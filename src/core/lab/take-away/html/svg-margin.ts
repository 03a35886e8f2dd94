/** The distance from held-out patients in margins: the same picture as on the page and the card. */
import type { Interval } from "../../../metrics/metric.ts";
import { marginLines, marginSentence, marginShape } from "../../../shapes/margin-shape.ts";
import { html, Markup } from "./markup.ts";
import { px } from "./svg-range.ts";

const HEIGHT = 22;

interface MarginPlot {
  readonly name: string;
  readonly loss: { readonly value: number; readonly interval?: Interval };
  readonly margin: number;
  readonly width?: number;
}

export function marginPlot({ name, loss, margin, width = 180 }: MarginPlot): Markup {
  const { whisker, beyond, point, far } = marginShape(loss, margin);
  const y = HEIGHT / 2;
  const x = (share: number): string => px(share * width);
  const parts = [
    `<path class="fr" d="M${x(marginLines.margin)} ${y - 7}H${width}V${y + 7}H${x(marginLines.margin)}Z"/>`,
    `<path class="mg" d="M${x(marginLines.margin)} ${y - 10}v20"/>`,
    `<path class="tk" d="M${x(marginLines.equal)} ${y - 7}v14"/>`,
  ];
  if (far !== undefined)
    parts.push(
      `<path class="es" d="M6 ${y - 4}l-5 4 5 4M1 ${y}h18"/><text class="ts" x="24" y="${y + 4}">${far}</text>`,
    );
  else if (whisker) {
    const left = beyond.worse ? `M${x(whisker.from)} ${y}l5 -4m-5 4l5 4` : `M${x(whisker.from)} ${y - 4}v8`;
    const right = beyond.better ? `M${x(whisker.to)} ${y}l-5 -4m5 4l-5 4` : `M${x(whisker.to)} ${y - 4}v8`;
    const line = `${left}M${x(whisker.from)} ${y}H${x(whisker.to)}${right}`;
    parts.push(`<path class="eh" d="${line}"/><path class="es" d="${line}"/>`);
    if (point !== undefined) parts.push(`<circle class="cs" cx="${x(point)}" cy="${y}" r="4.5"/>`);
  }
  return html`<svg
    width="${width}"
    height="${HEIGHT}"
    viewBox="0 0 ${width} ${HEIGHT}"
    role="img"
    aria-label="${marginSentence(name, loss, margin)}"
  >
    ${new Markup(parts.join(""))}
  </svg>`;
}

/** The head of a column of these pictures. */
export function marginScale(width = 180): Markup {
  const x = (share: number): string => px(share * width);
  return html`<svg width="${width}" height="14" viewBox="0 0 ${width} 14" aria-hidden="true">
    <text x="0" y="11">← worse</text>
    <text x="${x(marginLines.margin)}" y="11" text-anchor="middle">margin</text>
    <text x="${x(marginLines.equal)}" y="11" text-anchor="start">equal</text>
  </svg>`;
}

/** What its marks mean. */
export const marginKeys = html`<p class="key">
  <span
    ><svg width="26" height="12" aria-hidden="true">
      <path class="es" d="M1 2v8m0-4h24m0-4v8" />
      <circle class="cs" cx="13" cy="6" r="4" /></svg
    >Synthetic, 95% interval</span
  >
  <span
    ><svg width="26" height="14" aria-hidden="true">
      <path class="fr" d="M3 0h23v14H3z" />
      <path class="mg" d="M3 0v14" />
      <path class="tk" d="M15 0v14" /></svg
    >Held-out real patients and the margin</span
  >
</p>`;
