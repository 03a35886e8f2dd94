import { useId } from "react";
import { ChartFrame, type Tip } from "../chart-frame.tsx";
import { tallest, type BarShape } from "../../../core/shapes/column-shape.ts";
import { percent } from "../../../core/words/numbers.ts";
import { labelWidth } from "../text-width.ts";
import { Hatch } from "../hatch.tsx";

interface BarsChartProps {
  readonly label: string;
  readonly bars: readonly BarShape[];
  readonly width: number;
  /** of the plot when the bars stand; lying bars take as much as they need */
  readonly height: number;
  readonly holdout: boolean;
  readonly lying: boolean;
}

const TOP = 4;
const TICKS = 18;
const ROW = 18;

const tipLines = (bar: BarShape, holdout: boolean): Tip["lines"] => [
  { of: "real", label: "Real", value: percent(bar.real) },
  { of: "syn", label: "Synthetic", value: percent(bar.synthetic) },
  ...(holdout ? [{ of: "held" as const, label: "Held-out real", value: percent(bar.holdout) }] : []),
];

/** Where the bars are: one slot per level, along x when they stand and along y when they lie. */
interface Places {
  readonly lying: boolean;
  readonly slot: number;
  /** of one bar */
  readonly thick: number;
  /** x of the axis that lying bars start at */
  readonly from: number;
  /** pixels of the tallest bar */
  readonly room: number;
  /** y of the axis that standing bars start at */
  readonly bottom: number;
}

/** One path per mark over all bars: real filled with its edge at the far end, synthetic outlined and open at the axis. */
function barPaths(bars: readonly BarShape[], top: number, places: Places) {
  const { lying, slot, thick, from, room, bottom } = places;
  const gap = lying ? 1 : 2;
  const inset = Math.floor((slot - 2 * thick - gap) / 2);
  const paths = { fill: "", edge: "", synthetic: "", holdout: "" };
  bars.forEach((bar, i) => {
    const real = (bar.real / top) * room;
    const syn = (bar.synthetic / top) * room;
    const held = (bar.holdout / top) * room;
    const first = i * slot + inset;
    const second = first + thick + gap;
    if (lying) {
      paths.fill += `M${from} ${first}h${real}v${thick}H${from}z`;
      paths.edge += `M${from + real} ${first}v${thick}`;
      paths.synthetic += `M${from} ${second + 1}h${Math.max(0, syn - 0.5)}v${thick - 2}H${from}`;
      paths.holdout += `M${from + held} ${i * slot + 2}v${slot - 4}`;
    } else {
      paths.fill += `M${first} ${bottom}v${-real}h${thick}V${bottom}z`;
      paths.edge += `M${first} ${bottom - real}h${thick}`;
      paths.synthetic += `M${second + 1} ${bottom}V${bottom - syn + 0.5}h${thick - 2}V${bottom}`;
      paths.holdout += `M${i * slot + slot * 0.1} ${bottom - held}h${slot * 0.8}`;
    }
  });
  return paths;
}

/** A filled bar beside an outlined, hatched one per level; standing, or lying with the names at the left. */
export function BarsChart({ label, bars, width, height, holdout, lying }: BarsChartProps) {
  const hatch = useId();
  const top = tallest(bars, holdout);
  const names = lying ? Math.min(width * 0.45, Math.max(...bars.map((bar) => labelWidth(bar.label))) + 8) : 0;
  const plot = lying ? bars.length * ROW : height;
  const slot = lying ? ROW : width / bars.length;
  const thick = lying ? 6 : Math.max(2, Math.min(30, slot * 0.36));
  const pointAt = (x: number, y: number): number | undefined => {
    const i = Math.floor((lying ? y : x) / slot);
    return i >= 0 && i < bars.length ? i : undefined;
  };
  const tipOf = (i: number): Tip => {
    const bar = bars[i] as BarShape;
    const longest = Math.max(bar.real, bar.synthetic) / top;
    return {
      x: lying ? names + (longest * (width - names)) / 2 : (i + 0.5) * slot,
      y: lying ? i * ROW : TOP + (height - TOP) * (1 - longest),
      title: bar.label,
      lines: tipLines(bar, holdout),
    };
  };
  const room = lying ? width - names - 2 : height - TOP;
  const marks = barPaths(bars, top, { lying, slot, thick, from: names, room, bottom: height });
  return (
    <ChartFrame
      label={label}
      width={width}
      height={plot + (lying ? 2 : TICKS)}
      points={bars.length}
      pointAt={pointAt}
      tipOf={tipOf}
    >
      <svg width={width} height={plot + (lying ? 2 : TICKS)} aria-hidden="true">
        <defs>
          <Hatch id={hatch} />
        </defs>
        <path className="fr" d={marks.fill} />
        <path className="er" d={marks.edge} />
        <path
          d={marks.synthetic}
          fill={`url(#${hatch})`}
          stroke="var(--syn)"
          strokeWidth={lying ? 1.25 : 1.75}
        />
        {holdout && <path className="hl" d={marks.holdout} />}
        {lying ? (
          <LevelNames bars={bars} width={names} plot={plot} />
        ) : (
          <>
            <path className="ax" d={`M0 ${height + 0.5}H${width}`} />
            {bars.map((bar, i) => (
              <text key={bar.label} x={(i + 0.5) * slot} y={height + 14} textAnchor="middle">
                {bar.label}
              </text>
            ))}
          </>
        )}
      </svg>
    </ChartFrame>
  );
}

/** "Other (10 levels)" keeps its number where there is no room for all of it. */
const briefOther = (name: string): string => name.replace(/^Other \((\d+) levels?(, <5)?\)$/u, "Other ($1)");

function LevelNames({ bars, width, plot }: { bars: readonly BarShape[]; width: number; plot: number }) {
  const short = (given: string): string => {
    if (labelWidth(given) <= width - 8) return given;
    const name = briefOther(given);
    if (labelWidth(name) <= width - 8) return name;
    let end = name.length - 1;
    while (end > 1 && labelWidth(`${name.slice(0, end)}…`) > width - 8) end--;
    return `${name.slice(0, end).trimEnd()}…`;
  };
  return (
    <>
      <path className="ax" d={`M${width - 0.5} 0V${plot}`} />
      {bars.map((bar, i) => (
        <text key={bar.label} x={width - 6} y={(i + 0.5) * ROW + 4} textAnchor="end">
          {short(bar.label)}
        </text>
      ))}
    </>
  );
}
