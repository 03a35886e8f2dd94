import type { Detail, Measured, Unit } from "../../../core/metrics/metric.ts";
import { measuredWords, writer } from "../../../core/words/numbers.ts";
import { PlotTable, type PlotCell, type PlotRow } from "./plot-table.tsx";
import { RangeDrawing, rangeHeight } from "../range-plot.tsx";
import { percentTick, plainTick, valueAxis, type RangeAxis } from "../../../core/shapes/range-shape.ts";

type Figure = Extract<Detail, { type: "figures" }>["rows"][number];

const HEIGHT = 34;

const marksOf = ({ synthetic, baseline, chance }: Figure): Measured[] => [
  synthetic,
  ...(baseline === undefined ? [] : [baseline]),
  ...(chance === undefined ? [] : [{ value: chance }]),
];

const reachOf = (marks: readonly Measured[]): number => {
  const all = marks
    .flatMap(({ value, interval }) => [value, interval?.low ?? value, interval?.high ?? value])
    .filter(Number.isFinite);
  return all.length === 0 ? 0 : Math.max(...all) - Math.min(...all);
};

const axisFor = (marks: readonly Measured[], unit: Unit): RangeAxis =>
  valueAxis(marks, unit === "share" ? percentTick : plainTick);

/** One axis for all rows, unless they have several units or the widest would hide the others. */
function commonAxis(rows: readonly Figure[]): RangeAxis | undefined {
  const unit = rows[0]?.unit ?? "number";
  if (rows.some((row) => row.unit !== unit)) return undefined;
  const all = rows.flatMap(marksOf);
  const typical = rows.map((row) => reachOf(marksOf(row))).toSorted((a, b) => a - b)[rows.length >> 1] ?? 0;
  return rows.length > 1 && typical > 0.04 * reachOf(all) ? axisFor(all, unit) : undefined;
}

interface Columns {
  readonly chance: boolean;
  readonly baseline: boolean;
  readonly write: (unit: Unit) => (value: number) => string;
}

function figureRow(
  row: Figure,
  common: RangeAxis | undefined,
  { chance, baseline, write }: Columns,
): PlotRow {
  const say = write(row.unit);
  const axis = common ?? axisFor(marksOf(row), row.unit);
  const ticks = common === undefined;
  const cells = (words: (mark: Measured) => string): PlotCell[] => [
    ...(chance ? [{ text: row.chance === undefined ? "–" : say(row.chance) }] : []),
    ...(baseline
      ? [{ text: row.baseline === undefined ? "–" : words(row.baseline), of: "real" as const }]
      : []),
    { text: words(row.synthetic), of: "syn" },
  ];
  return {
    name: row.name,
    note: row.note,
    axis,
    at: row.synthetic.value,
    height: rangeHeight(HEIGHT, 0, ticks),
    draw: (width) => (
      <RangeDrawing
        axis={axis}
        width={width}
        height={HEIGHT}
        ticks={ticks}
        synthetic={row.synthetic}
        reference={row.baseline}
        chance={row.chance}
      />
    ),
    label:
      `${row.name}: synthetic ${measuredWords(row.synthetic, say)}` +
      (row.baseline === undefined ? "" : `, held-out real ${measuredWords(row.baseline, say)}`) +
      (row.chance === undefined ? "." : `, chance ${say(row.chance)}.`),
    tip: [
      { of: "syn", label: "Synthetic", value: measuredWords(row.synthetic, say) },
      ...(row.baseline === undefined
        ? []
        : [{ of: "real" as const, label: "Held-out real", value: measuredWords(row.baseline, say) }]),
      ...(row.chance === undefined ? [] : [{ label: "Chance", value: say(row.chance) }]),
    ],
    cells: cells((mark) => say(mark.value)),
    full: cells((mark) => measuredWords(mark, say)),
    verdict: row.verdict,
  };
}

/** Several numbers under each other: chance dotted, held-out real as a band, synthetic as a circle with its interval. */
export function FiguresChart({
  rows,
  asTable,
  label,
}: {
  rows: readonly Figure[];
  asTable: boolean;
  label: string;
}) {
  const units = new Map<Unit, (value: number) => string>();
  const columns: Columns = {
    chance: rows.some((row) => row.chance !== undefined),
    baseline: rows.some((row) => row.baseline !== undefined),
    write: (unit) => {
      const known = units.get(unit);
      if (known !== undefined) return known;
      const made = writer(
        unit,
        rows.filter((row) => row.unit === unit).flatMap((row) => marksOf(row).map(({ value }) => value)),
      );
      units.set(unit, made);
      return made;
    },
  };
  const axis = commonAxis(rows);
  const heads = [
    ...(columns.chance ? ["Chance"] : []),
    ...(columns.baseline ? ["Held-out"] : []),
    "Synthetic",
  ];
  return (
    <PlotTable
      label={label}
      heads={heads}
      fullHeads={heads}
      rows={rows.map((row) => figureRow(row, axis, columns))}
      axis={axis}
      asTable={asTable}
    />
  );
}
