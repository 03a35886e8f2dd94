import { ChartFrame, type Tip } from "./chart-frame.tsx";
import styles from "./charts.module.css";
import { fixed } from "../../core/words/numbers.ts";
import { labelWidth } from "./text-width.ts";
import { lowerTriangle, shade, type HeatCell } from "../../core/shapes/heatmap-shape.ts";

interface HeatmapProps {
  readonly label: string;
  /** of the shown columns, in the order of the rows */
  readonly names: readonly string[];
  readonly matrix: readonly (readonly number[])[];
  /** indices into the matrix */
  readonly shown: readonly number[];
  /** the value at full colour */
  readonly scale: number;
  /** colours of full positive and negative values: names of theme variables */
  readonly colours: { readonly positive: string; readonly negative: string };
  /** distance between cells, 14 to 21 px */
  readonly pitch: number;
  readonly rowNames: boolean;
  /** the picture may be wider than its place and scrolls in it */
  readonly scrolls: boolean;
  readonly outlined?: readonly HeatCell[];
  readonly tipOf: (row: number, column: number) => Tip["lines"];
}

const short = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name);

const nameRoom = (names: readonly string[]): number =>
  Math.min(132, Math.max(20, ...names.map((name) => labelWidth(short(name)))) + 8);

/** Room that the row names take at the left of a heatmap. */
export const rowNameRoom = nameRoom;

/** The lower triangle of a square matrix. A dash marks a negative value, an outline the worst pairs. */
export function Heatmap(props: HeatmapProps) {
  const { names, matrix, shown, scale, colours, pitch, rowNames, outlined = [] } = props;
  const left = rowNames ? nameRoom(names) : 0;
  const cells = lowerTriangle(matrix, shown);
  const side = names.length * pitch;
  const height = side + nameRoom(names) + 6;
  const index = (row: number, column: number): number => (row * (row - 1)) / 2 + column;
  const pointAt = (x: number, y: number): number | undefined => {
    const column = Math.floor((x - left) / pitch);
    const row = Math.floor(y / pitch);
    return column >= 0 && row < names.length && column < row ? index(row, column) : undefined;
  };
  const step = (from: number, key: string): number | undefined => {
    const { row, column } = cells[from] as HeatCell;
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[key];
    if (!move) return undefined;
    const [r, c] = [row + (move[0] ?? 0), column + (move[1] ?? 0)];
    return c >= 0 && c < r && r < names.length ? index(r, c) : from;
  };
  const tipOf = (i: number): Tip => {
    const { row, column } = cells[i] as HeatCell;
    const below = props.scrolls && row * pitch < 100;
    return {
      x: left + (column + 0.5) * pitch,
      y: row * pitch + (below ? pitch : 0),
      below,
      title: `${names[row] ?? ""}, ${names[column] ?? ""}`,
      lines: props.tipOf(row, column),
    };
  };
  return (
    <div className={props.scrolls ? styles.heatScroll : ""}>
      <ChartFrame
        label={props.label}
        width={left + side}
        height={height}
        points={cells.length}
        pointAt={pointAt}
        tipOf={tipOf}
        step={step}
      >
        <svg width={left + side} height={height} className={styles.heatmap} aria-hidden="true">
          <g transform={`translate(${left} 0)`}>
            <Cells cells={cells} count={names.length} scale={scale} colours={colours} pitch={pitch} />
            {outlined.map(({ row, column }) => (
              <rect
                key={`${row} ${column}`}
                x={column * pitch - 0.5}
                y={row * pitch - 0.5}
                width={pitch}
                height={pitch}
                fill="none"
                stroke="var(--ink)"
                strokeWidth="1.5"
              />
            ))}
          </g>
          <Names names={names} left={left} pitch={pitch} rowNames={rowNames} />
        </svg>
      </ChartFrame>
    </div>
  );
}

function Names({
  names,
  left,
  pitch,
  rowNames,
}: {
  names: readonly string[];
  left: number;
  pitch: number;
  rowNames: boolean;
}) {
  const foot = names.length * pitch + 6;
  return (
    <>
      {names.map((name, i) => (
        <text
          key={`below ${name}`}
          transform={`translate(${left + (i + 0.5) * pitch + 3.5} ${foot}) rotate(-90)`}
          textAnchor="end"
        >
          {short(name)}
        </text>
      ))}
      {rowNames &&
        names.map((name, i) => (
          <text key={`beside ${name}`} x={left - 6} y={(i + 0.5) * pitch + 4} textAnchor="end">
            {short(name)}
          </text>
        ))}
    </>
  );
}

/** One path per shade, so that a large matrix stays a small picture. */
function Cells({
  cells,
  count,
  scale,
  colours,
  pitch,
}: {
  cells: readonly HeatCell[];
  count: number;
  scale: number;
  colours: HeatmapProps["colours"];
  pitch: number;
}) {
  const size = pitch - 1;
  const square = (column: number, row: number): string =>
    `M${column * pitch} ${row * pitch}h${size}v${size}h-${size}z`;
  const shades = new Map<number, string>();
  let lightDashes = "";
  let darkDashes = "";
  for (const { row, column, value } of cells) {
    if (Number.isNaN(value)) continue;
    const strength = shade(value, scale);
    shades.set(strength, (shades.get(strength) ?? "") + square(column, row));
    if (strength >= 0) continue;
    const dash = `M${(column + 0.5) * pitch - 3.5} ${(row + 0.5) * pitch - 0.5}h6`;
    if (strength <= -4) lightDashes += dash;
    else darkDashes += dash;
  }
  const diagonal = Array.from({ length: count }, (_, i) => square(i, i)).join("");
  return (
    <>
      <path d={diagonal} fill="var(--sunken)" />
      {[...shades].map(([strength, d]) => (
        <path
          key={strength}
          d={d}
          fill={`color-mix(in oklab, var(--${strength < 0 ? colours.negative : colours.positive}) ${Math.round(Math.abs(strength) * 11.8)}%, var(--zero))`}
        />
      ))}
      <path d={darkDashes} stroke={`var(--${colours.negative})`} strokeWidth="1.5" />
      <path d={lightDashes} stroke="var(--surface)" strokeWidth="1.5" />
    </>
  );
}

/** The colour scale under a heatmap; the class names a gradient of the theme's variables. */
export function Ramp({ from, to, colours }: { from: string; to: string; colours: HeatmapProps["colours"] }) {
  return (
    <div className={styles.ramp}>
      <span>{from}</span>
      <i
        style={{
          background: `linear-gradient(90deg, var(--${colours.negative}), var(--zero), var(--${colours.positive}))`,
        }}
      />
      <span>{to}</span>
    </div>
  );
}

export const signed = (value: number): string => (Number.isNaN(value) ? "not defined" : fixed(value, 2));
