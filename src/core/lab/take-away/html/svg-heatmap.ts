/** Links between columns as lower triangles; strength of colour in eighths, a dash in negative cells. */
import type { CorrelationComparison } from "../../../report/report.ts";
import { lowerTriangle, shade, type HeatCell } from "../../../shapes/heatmap-shape.ts";
import { html, Markup, shortened } from "./markup.ts";

const PITCH = 14;
const NAMES = 96;

type Matrix = readonly (readonly number[])[];

interface Heatmap {
  readonly correlations: CorrelationComparison;
  readonly matrix: Matrix;
  readonly shown: readonly number[];
  readonly scale: number;
  /** classes of positive and negative cells */
  readonly colours: readonly [string, string];
  readonly label: string;
  /** cells with a frame around them */
  readonly framed?: readonly HeatCell[];
}

export function heatmap({
  correlations,
  matrix,
  shown,
  scale,
  colours,
  label,
  framed = [],
}: Heatmap): Markup {
  const paths = new Map<string, string>();
  let dashes = "";
  for (const { row, column, value } of lowerTriangle(matrix, shown)) {
    const [x, y] = [NAMES + column * PITCH, (row - 1) * PITCH];
    const strength = Number.isNaN(value) ? 0 : shade(value, scale);
    const key = Number.isNaN(value)
      ? "nd"
      : `${strength < 0 ? colours[1] : colours[0]} ${Math.abs(strength)}`;
    paths.set(key, `${paths.get(key) ?? ""}M${x} ${y}h13v13h-13z`);
    if (strength < 0) dashes += `M${x + 4} ${y + 6.5}h5`;
  }
  const cells = Array.from(paths, ([key, d]) => {
    const [colour = "", strength = "0"] = key.split(" ");
    if (colour === "nd" || strength === "0") return `<path class="z0" d="${d}"/>`;
    return `<path class="z0" d="${d}"/><path class="${colour}" fill-opacity="${Number(strength) / 8}" d="${d}"/>`;
  });
  const frames = framed.map(
    ({ row, column }) =>
      `<path class="fm" d="M${NAMES + column * PITCH - 0.5} ${(row - 1) * PITCH - 0.5}h14v14h-14z"/>`,
  );
  const size = Math.max(0, shown.length - 1) * PITCH;
  const names = shown.map((i) => shortened(correlations.names[i] ?? "", 16));
  return html`<svg width="${NAMES + size + 6}" height="${size + 96}" role="img" aria-label="${label}">
    ${new Markup(`${cells.join("")}<path class="dash" d="${dashes}"/>${frames.join("")}`)}
    ${names
      .slice(1)
      .map(
        (name, row) => html`<text x="${NAMES - 6}" y="${row * PITCH + 11}" text-anchor="end">${name}</text>`,
      )}
    ${names
      .slice(0, -1)
      .map(
        (name, column) =>
          html`<text
            transform="translate(${NAMES + column * PITCH + 11} ${size + 5}) rotate(-90)"
            text-anchor="end"
            >${shortened(name, 14)}</text
          >`,
      )}
  </svg>`;
}
