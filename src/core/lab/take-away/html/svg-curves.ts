/** Curves of real and synthetic rows in one frame: real solid with full dots, synthetic with a casing and open dots. */
import type { Detail } from "../../../metrics/metric.ts";
import { html, Markup } from "./markup.ts";
import { px } from "./svg-range.ts";
import { plainTick, valueAxis, type RangeAxis } from "../../../shapes/range-shape.ts";

type Curve = Extract<Detail, { type: "curves" }>["curves"][number];

const WIDTH = 320;
const HEIGHT = 208;
const BOX = { left: 44, top: 8, right: WIDTH - 12, bottom: HEIGHT - 38 };

const axisOf = (values: readonly number[], least?: number): RangeAxis =>
  valueAxis(
    values.map((value) => ({ value })),
    plainTick,
    values.every((value) => value >= 0 && value <= 1)
      ? [0, 1]
      : least === undefined
        ? undefined
        : [least, Infinity],
  );

/** `diagonal`: x and y are of one kind, so that what is expected can be drawn against what is seen. */
export function curvesChart(
  curves: readonly Curve[],
  { x: xName, y: yName, diagonal = true }: { x: string; y: string; diagonal?: boolean },
  label: string,
): Markup {
  const points = curves.flatMap((curve) => curve.points);
  const x = axisOf(
    points.map((point) => point.x),
    diagonal ? undefined : 0,
  );
  const y = axisOf(points.map((point) => point.y));
  const atX = (value: number): number =>
    BOX.left + ((value - x.low) / (x.high - x.low || 1)) * (BOX.right - BOX.left);
  const atY = (value: number): number =>
    BOX.bottom - ((value - y.low) / (y.high - y.low || 1)) * (BOX.bottom - BOX.top);
  const shares =
    diagonal && points.every((point) => [point.x, point.y].every((value) => value >= 0 && value <= 1));
  const equal: readonly [number, number] = [Math.max(x.low, y.low), Math.min(x.high, y.high)];
  const marks: string[] = [
    ...y.ticks.map(({ value }) => `<path class="gl" d="M${BOX.left} ${px(atY(value))}H${BOX.right}"/>`),
    `<path class="ax" d="M${BOX.left} ${BOX.top}V${BOX.bottom}H${BOX.right}"/>`,
  ];
  if (shares && equal[1] > equal[0])
    marks.push(
      `<path class="ck" d="M${px(atX(equal[0]))} ${px(atY(equal[0]))}L${px(atX(equal[1]))} ${px(atY(equal[1]))}"/>`,
    );
  for (const of of ["real", "synthetic"] as const)
    for (const curve of curves.filter((one) => one.of === of)) marks.push(drawn(curve, atX, atY));
  return html`<svg width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}">
    ${new Markup(marks.join(""))}
    ${x.ticks.map(
      ({ value, label: text }) =>
        html`<text x="${px(atX(value))}" y="${BOX.bottom + 15}" text-anchor="middle">${text}</text>`,
    )}
    ${y.ticks.map(
      ({ value, label: text }) =>
        html`<text x="${BOX.left - 6}" y="${px(atY(value) + 4)}" text-anchor="end">${text}</text>`,
    )}
    <text x="${px((BOX.left + BOX.right) / 2)}" y="${HEIGHT - 5}" text-anchor="middle">${xName}</text>
    <text transform="translate(11 ${px((BOX.top + BOX.bottom) / 2)}) rotate(-90)" text-anchor="middle">
      ${yName}
    </text>
  </svg>`;
}

function drawn(curve: Curve, atX: (value: number) => number, atY: (value: number) => number): string {
  const points = curve.points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  const path = points
    .map((point, i) => `${i === 0 ? "M" : "L"}${px(atX(point.x))} ${px(atY(point.y))}`)
    .join("");
  const dots = points.length <= 24 ? points : [];
  const circles = dots
    .map(
      (point) =>
        `<circle class="${curve.of === "real" ? "cr" : "cs"}" cx="${px(atX(point.x))}" cy="${px(atY(point.y))}" r="3.2"/>`,
    )
    .join("");
  const lines =
    curve.of === "real"
      ? `<path class="lr" d="${path}"/>`
      : `<path class="eh" d="${path}"/><path class="es" d="${path}"/>`;
  return lines + circles;
}
