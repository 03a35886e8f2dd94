/** Steps from one level to the next as a matrix: shares of each row, or what synthetic shares are more or less. */
import type { StepMatrix } from "../report/report.ts";
import { columnsOf, stepGaps } from "../words/courses.ts";
import { count, fixed, percent } from "../words/numbers.ts";
import type { LabelWidth } from "./column-shape.ts";
import { px, type Drawing, type Label, type Listing, type Mark, type Spot } from "./drawing.ts";

export type StepView = "real" | "synthetic" | "difference";

export interface StepFrame {
  readonly matrix: StepMatrix;
  readonly view: StepView;
  /** the most that may be taken */
  readonly width: number;
  readonly labelWidth: LabelWidth;
}

const ROW = 26;
const GAP = 2;
const MOST_WIDE = 58;
const HEAD = 20;
/** Points of difference at full colour. */
const FULL = 0.2;
const OUTLINED = 2;

export const FEW = "< 5";

/** A text as far as it fits. */
function cut(text: string, room: number, labelWidth: LabelWidth): string {
  if (labelWidth(text) <= room) return text;
  let end = text.length - 1;
  while (end > 1 && labelWidth(`${text.slice(0, end)}…`) > room) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

const valueOf = ({ real, synthetic }: StepMatrix, view: StepView, row: number, column: number): number => {
  const [ours, theirs] = [real.shares[row]?.[column] ?? NaN, synthetic.shares[row]?.[column] ?? NaN];
  return view === "real" ? ours : view === "synthetic" ? theirs : theirs - ours;
};

const write = (value: number, view: StepView): string =>
  view === "difference" ? `${value > 0.0005 ? "+" : ""}${fixed(100 * value, 1)}` : fixed(100 * value, 1);

export function stepsDrawing({ matrix, view, width, labelWidth }: StepFrame): Drawing {
  const { levels } = matrix;
  const columns = columnsOf(matrix);
  const names = Math.min(110, Math.max(24, ...levels.map(labelWidth)) + 10);
  const wide = Math.min(MOST_WIDE, (width - names) / columns.length);
  const marks: Mark[] = [];
  const labels: Label[] = [];
  const spots: Spot[] = [];
  const box = (row: number, column: number, inset = 0): string => {
    const [x, y] = [names + column * wide + inset, HEAD + row * ROW + inset];
    return `M${px(x)} ${px(y)}h${px(wide - GAP - 2 * inset)}v${px(ROW - GAP - 2 * inset)}h${px(-(wide - GAP - 2 * inset))}z`;
  };
  columns.forEach((name, column) =>
    labels.push({
      x: names + (column + 0.5) * wide - 1,
      y: 13,
      text: cut(name, wide - 2, labelWidth),
      anchor: "middle",
    }),
  );
  levels.forEach((name, row) => {
    labels.push({
      x: names - 8,
      y: HEAD + row * ROW + 16,
      text: cut(name, names - 10, labelWidth),
      anchor: "end",
    });
    columns.forEach((to, column) => {
      const value = valueOf(matrix, view, row, column);
      const middle = { x: names + (column + 0.5) * wide - 1, y: HEAD + row * ROW + 16 };
      const hidden = Number.isNaN(value);
      if (hidden) marks.push({ kind: "hidden", d: box(row, column, 0.5) });
      else marks.push({ kind: kindOf(view, value), d: box(row, column), strength: strengthOf(view, value) });
      if (wide >= 30 && !(hidden && view === "difference"))
        labels.push({
          ...middle,
          text: hidden ? FEW : write(value, view),
          anchor: "middle",
          tone: !hidden && view !== "difference" && isStrong(value) ? "on-strong" : "ink",
        });
      spots.push({
        x: middle.x,
        y: HEAD + row * ROW,
        title: `${name} to ${to}`,
        lines: linesOf(matrix, row, column),
      });
    });
  });
  if (view === "difference")
    for (const { row, column, gap } of stepGaps(matrix).slice(0, OUTLINED))
      if (Math.abs(gap) >= 0.005) marks.push({ kind: "frame", d: box(row, column, -0.5) });
  return { width: names + columns.length * wide, height: HEAD + levels.length * ROW, marks, labels, spots };
}

const kindOf = (view: StepView, value: number): Mark["kind"] =>
  view !== "difference" ? "share" : value < 0 ? "less" : "more";

/** Shares up to a half take ink, greater ones the surface's colour: between the two no text could be read. */
const strengthOf = (view: StepView, value: number): number => {
  const strength =
    view === "difference"
      ? 0.45 * Math.min(1, Math.abs(value) / FULL)
      : isStrong(value)
        ? 0.85 + 0.3 * (value - 0.5)
        : 0.9 * value;
  return Math.round(100 * strength) / 100;
};

const isStrong = (share: number): boolean => share > 0.5;

const shareWords = (share: number | undefined): string =>
  share === undefined || Number.isNaN(share) ? "under 5 patients" : percent(share);

function linesOf({ real, synthetic }: StepMatrix, row: number, column: number): Spot["lines"] {
  return [
    { of: "real", label: "Real", value: shareWords(real.shares[row]?.[column]) },
    { of: "syn", label: "Synthetic", value: percent(synthetic.shares[row]?.[column] ?? NaN) },
  ];
}

/** Steps of one side, over all rows that are told. */
export const stepsTold = ({ steps }: StepMatrix["real"]): number =>
  steps.reduce((sum, own) => sum + (Number.isNaN(own) ? 0 : own), 0);

/** One row of the table for each cell. */
export function stepsListing(matrix: StepMatrix): Listing {
  const columns = columnsOf(matrix);
  return {
    heads: ["From and to", "Real", "Synthetic", "Difference, points", "Real steps of the row"],
    rows: matrix.levels.flatMap((from, row) =>
      columns.map((to, column) => {
        const gap = valueOf(matrix, "difference", row, column);
        const steps = matrix.real.steps[row] as number;
        return {
          name: `${from} to ${to}`,
          cells: [
            { text: shareWords(matrix.real.shares[row]?.[column]), of: "real" as const },
            { text: percent(matrix.synthetic.shares[row]?.[column] ?? NaN), of: "syn" as const },
            { text: Number.isNaN(gap) ? "–" : write(gap, "difference") },
            { text: Number.isNaN(steps) ? FEW : count(steps) },
          ],
        };
      }),
    ),
  };
}
