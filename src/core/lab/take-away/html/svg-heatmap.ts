/** Links between columns as lower triangles; strength of colour in eighths, a dash in negative cells. */
import type { CorrelationComparison } from "../../../report/report.ts";
import { html, Markup, shortened } from "./markup.ts";

/** Columns that are drawn at most. */
export const MOST_LINKED = 18;
const PITCH = 14;
const NAMES = 96;

type Matrix = readonly (readonly number[])[];

const cell = (matrix: Matrix, row: number, column: number): number => matrix[row]?.[column] ?? NaN;

/** The columns whose links are strongest in sum and those of the three worst pairs; those that differ most first. */
export function shownColumns({ names, real, worst, difference }: CorrelationComparison): number[] {
  const all = names.map((_, i) => i);
  const inWorst = new Set(worst.slice(0, 3).flatMap(({ a, b }) => [names.indexOf(a), names.indexOf(b)]));
  const sum = (matrix: Matrix, i: number, others: readonly number[]): number =>
    others.reduce((total, j) => total + (i === j ? 0 : Math.abs(cell(matrix, i, j)) || 0), 0);
  const strength = all.map((i) => sum(real, i, all) + (inWorst.has(i) ? 1e6 : 0));
  const shown = all
    .sort((i, j) => (strength[j] as number) - (strength[i] as number) || i - j)
    .slice(0, MOST_LINKED);
  const off = new Map(shown.map((i) => [i, sum(difference, i, shown)]));
  return shown.sort((i, j) => (off.get(j) as number) - (off.get(i) as number) || i - j);
}

/** The end of the colour scale: the strongest off-diagonal value, rounded up to a tenth, at least 0.3. */
export function reach(matrices: readonly Matrix[], shown: readonly number[]): number {
  let most = 0;
  for (const matrix of matrices)
    for (const i of shown)
      for (const j of shown) {
        const value = Math.abs(cell(matrix, i, j));
        if (i !== j && value > most) most = value;
      }
  return Math.min(1, Math.max(0.3, Math.ceil(most * 10 - 1e-9) / 10));
}

interface Heatmap {
  readonly correlations: CorrelationComparison;
  readonly matrix: Matrix;
  readonly shown: readonly number[];
  readonly scale: number;
  /** classes of positive and negative cells */
  readonly colours: readonly [string, string];
  readonly label: string;
  /** pairs with a frame around them: indices into names */
  readonly outlined?: readonly (readonly [number, number])[];
}

export function heatmap({
  correlations,
  matrix,
  shown,
  scale,
  colours,
  label,
  outlined = [],
}: Heatmap): Markup {
  const paths = new Map<string, string>();
  let dashes = "";
  shown.forEach((i, row) =>
    shown.slice(0, row).forEach((j, column) => {
      const value = cell(matrix, i, j);
      const [x, y] = [NAMES + column * PITCH, (row - 1) * PITCH];
      const strength = Number.isNaN(value) ? 0 : Math.max(-8, Math.min(8, Math.round((8 * value) / scale)));
      const key = Number.isNaN(value)
        ? "nd"
        : `${strength < 0 ? colours[1] : colours[0]} ${Math.abs(strength)}`;
      paths.set(key, `${paths.get(key) ?? ""}M${x} ${y}h13v13h-13z`);
      if (strength < 0) dashes += `M${x + 4} ${y + 6.5}h5`;
    }),
  );
  const cells = Array.from(paths, ([key, d]) => {
    const [colour = "", strength = "0"] = key.split(" ");
    if (colour === "nd" || strength === "0") return `<path class="z0" d="${d}"/>`;
    return `<path class="z0" d="${d}"/><path class="${colour}" fill-opacity="${Number(strength) / 8}" d="${d}"/>`;
  });
  const frames = outlined.map(([i, j]) => {
    const [row, column] = [Math.max(i, j), Math.min(i, j)];
    return `<path class="fm" d="M${NAMES + column * PITCH - 0.5} ${(row - 1) * PITCH - 0.5}h14v14h-14z"/>`;
  });
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
