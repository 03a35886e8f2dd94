import { useMemo } from "react";
import { ChartFrame, type Tip } from "./chart-frame.tsx";
import styles from "./evidence/evidence.module.css";
import { EvidenceTable } from "./evidence/evidence-table.tsx";
import { count, percent } from "../../core/words/numbers.ts";
import { useFirstRows } from "./evidence/more-rows.tsx";
import {
  amongReal,
  cellDifferences,
  pointShares,
  SHADES,
  shadeOf,
  type RowMap,
} from "../../core/shapes/row-map-shape.ts";
import { useWidth } from "./use-width.ts";

const MOST = 860;
const RATIO = 0.6;

interface RowMapChartProps {
  readonly map: RowMap;
  /** "principal components" */
  readonly by: string;
  readonly asTable: boolean;
}

/** Real rows as cells, the fuller the stronger; synthetic rows as outlined points. No patient is a point. */
export function RowMapChart({ map, by, asTable }: RowMapChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const label =
    `Map of rows by ${by}: real rows as cells, ${count(map.points.length)} synthetic rows as points; ` +
    `${percent(amongReal(map), 0)} of the points lie in cells where real rows are shown.`;
  return (
    <div ref={ref} className={styles.rowMap}>
      {asTable ? (
        <CellTable map={map} />
      ) : (
        width > 0 && <Picture map={map} label={label} width={Math.min(MOST, width)} />
      )}
    </div>
  );
}

function Picture({ map, label, width }: { map: RowMap; label: string; width: number }) {
  const { side } = map;
  const height = Math.round(width * RATIO);
  const shares = useMemo(() => pointShares(map), [map]);
  const [wide, high] = [width / side, height / side];
  // y grows upwards on the map and downwards on the screen.
  const rowOf = (cell: number): number => side - 1 - Math.floor(cell / side);
  const pointAt = (x: number, y: number): number | undefined => {
    const [column, row] = [Math.floor(x / wide), Math.floor(y / high)];
    return column >= 0 && row >= 0 && column < side && row < side
      ? (side - 1 - row) * side + column
      : undefined;
  };
  const step = (from: number, key: string): number | undefined => {
    const [column, row] = [from % side, Math.floor(from / side)];
    const move = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
    if (!move) return undefined;
    const [c, r] = [column + (move[0] ?? 0), row + (move[1] ?? 0)];
    return c >= 0 && r >= 0 && c < side && r < side ? r * side + c : from;
  };
  const tipOf = (cell: number): Tip => {
    const real = map.cells[cell] ?? 0;
    return {
      x: ((cell % side) + 0.5) * wide,
      y: rowOf(cell) * high,
      title: cellName(cell, side),
      lines: [
        { of: "real", label: "Real rows", value: real > 0 ? percent(real, 1) : "under 5 patients" },
        { of: "syn", label: "Synthetic rows", value: percent(shares[cell] ?? 0, 1) },
      ],
    };
  };
  return (
    <ChartFrame
      label={label}
      width={width}
      height={height}
      points={side * side}
      pointAt={pointAt}
      tipOf={tipOf}
      step={step}
      floating
    >
      <Marks map={map} width={width} height={height} />
    </ChartFrame>
  );
}

/** One path for each shade of the cells, one for all points. */
function Marks({ map, width, height }: { map: RowMap; width: number; height: number }) {
  const { cells, points } = useMemo(() => pathsOf(map, width, height), [map, width, height]);
  return (
    <svg width={width} height={height} aria-hidden="true">
      <rect
        x="0.5"
        y="0.5"
        width={width - 1}
        height={height - 1}
        fill="none"
        stroke="var(--line)"
        strokeWidth="1"
      />
      {cells.map((d, i) => (
        <path
          key={i}
          d={d}
          fill={`color-mix(in oklab, var(--real) ${Math.round((78 * (i + 1)) / SHADES)}%, var(--surface))`}
        />
      ))}
      <path d={points} fill="var(--surface)" stroke="var(--syn)" strokeWidth="1.25" />
    </svg>
  );
}

function pathsOf(map: RowMap, width: number, height: number): { cells: string[]; points: string } {
  const { side, x, y } = map;
  const [wide, high] = [width / side, height / side];
  const most = map.cells.reduce((a, b) => Math.max(a, b), 0);
  const cells = Array.from({ length: SHADES }, () => "");
  map.cells.forEach((share, cell) => {
    const shade = shadeOf(share, most);
    if (shade === 0) return;
    const [left, top] = [(cell % side) * wide, (side - 1 - Math.floor(cell / side)) * high];
    cells[shade - 1] +=
      `M${left.toFixed(1)} ${top.toFixed(1)}h${wide.toFixed(2)}v${high.toFixed(2)}h-${wide.toFixed(2)}z`;
  });
  const along = (value: number, [low, up]: readonly [number, number], room: number): number =>
    Math.max(3, Math.min(room - 3, ((value - low) / (up - low || 1)) * room));
  const points = map.points
    .map(([px, py]) => {
      const [cx, cy] = [along(px, x, width), height - along(py, y, height)];
      return `M${(cx - 2).toFixed(1)} ${cy.toFixed(1)}a2 2 0 1 0 4 0a2 2 0 1 0-4 0`;
    })
    .join("");
  return { cells, points };
}

const cellName = (cell: number, side: number): string =>
  `Cell ${(cell % side) + 1} across, ${Math.floor(cell / side) + 1} up`;

function CellTable({ map }: { map: RowMap }) {
  const differences = useMemo(() => cellDifferences(map), [map]);
  const { shown, foot } = useFirstRows(differences);
  return (
    <>
      <EvidenceTable label="Cells of the map, those that differ most first">
        <thead>
          <tr>
            <th scope="col">Cell</th>
            <th scope="col">Real rows</th>
            <th scope="col">Synthetic rows</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ cell, real, synthetic }) => (
            <tr key={cell}>
              <th scope="row">{cellName(cell, map.side)}</th>
              <td className={styles.ofReal}>{real > 0 ? percent(real, 1) : "< 5 patients"}</td>
              <td className={styles.ofSynthetic}>{percent(synthetic, 1)}</td>
            </tr>
          ))}
        </tbody>
      </EvidenceTable>
      {foot}
    </>
  );
}
