import type { LookPoint } from "../../state/lab-state.ts";
import { ChartFrame } from "../chart-frame.tsx";
import styles from "../charts.module.css";
import { count, percent } from "../../../core/words/numbers.ts";
import { roundTicks } from "./loss-chart.tsx";
import { useWidth } from "../use-width.ts";

const LEFT = 44;
const RIGHT = 8;
const TOP = 8;
const TICKS = 20;
const HEIGHT = 150;

const series = [
  { name: "Told apart", dash: undefined, of: (look: LookPoint) => look.c2st },
  { name: "Closer to training patients", dash: "5 3", of: (look: LookPoint) => look.nearer },
] as const;

/** What one look found, in a sentence: a single point makes no chart. */
export const lookWords = ({ step, c2st, nearer, nearerByChance }: LookPoint): string =>
  `At step ${count(step)} a classifier picks the synthetic row ${percent(c2st, 0)} of the time, and ${percent(nearer, 0)} of the rows are nearer to a training row than to a held-out one; chance alone gives up to ${percent(nearerByChance, 0)}.`;

/** Ink solid = how well a classifier tells the rows apart, ink dashed = share nearer to training rows; dotted = by chance. */
export function LookChart({ looks }: { looks: readonly LookPoint[] }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={ref} style={{ minHeight: HEIGHT }}>
      {width > 0 && <Plot looks={looks} width={width} />}
    </div>
  );
}

function Plot({ looks, width }: { looks: readonly LookPoint[]; width: number }) {
  const chance = looks.at(-1)?.nearerByChance ?? 0.5;
  const values = looks.flatMap((look) => series.map((s) => s.of(look))).filter(Number.isFinite);
  const ticks = roundTicks(Math.min(0.5, ...values), Math.max(chance, ...values), 3);
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const end = Math.max(1, looks.at(-1)?.step ?? 1);
  const across = (step: number): number => LEFT + (step / end) * (width - LEFT - RIGHT);
  const up = (value: number): number => TOP + (1 - (value - low) / (high - low)) * (HEIGHT - TOP - TICKS);
  const bottom = HEIGHT - TICKS;
  const path = (of: (look: LookPoint) => number): string =>
    looks
      .filter((look) => Number.isFinite(of(look)))
      .map((look, i) => `${i === 0 ? "M" : "L"}${across(look.step).toFixed(1)} ${up(of(look)).toFixed(1)}`)
      .join("");
  const last = looks.at(-1);
  const label = last ? lookWords(last) : "";
  return (
    <ChartFrame
      label={label}
      width={width}
      height={HEIGHT}
      points={looks.length}
      pointAt={(x) => {
        if (x < LEFT - 8) return undefined;
        const apart = looks.map(({ step }) => Math.abs(across(step) - x));
        return apart.indexOf(Math.min(...apart));
      }}
      tipOf={(i) => {
        const look = looks[i] as LookPoint;
        return {
          x: across(look.step),
          y: TOP + 24,
          title: `Step ${count(look.step)}`,
          lines: series.map((s) => ({ label: s.name, value: percent(s.of(look), 1) })),
        };
      }}
    >
      <svg className={styles.under} width={width} height={HEIGHT} aria-hidden="true">
        <path className="gr" d={ticks.map((tick) => `M${LEFT} ${up(tick)}H${width - RIGHT}`).join("")} />
        <path className="ax" d={`M${LEFT} ${bottom}H${width - RIGHT}`} />
        {ticks.map((tick) => (
          <text key={tick} x={LEFT - 8} y={up(tick) + 4} textAnchor="end">
            {percent(tick, 0)}
          </text>
        ))}
        <text x={width - RIGHT} y={bottom + 16} textAnchor="end">
          step {count(end)}
        </text>
        {[0.5, chance].map((value) => (
          <path
            key={value}
            d={`M${LEFT} ${up(value)}H${width - RIGHT}`}
            stroke="var(--edge)"
            strokeDasharray="1 3"
            fill="none"
          />
        ))}
        {series.map((s) => (
          <g key={s.name}>
            <path d={path(s.of)} stroke="var(--ink)" strokeWidth="1.5" strokeDasharray={s.dash} fill="none" />
            {last && Number.isFinite(s.of(last)) && (
              <circle cx={across(last.step)} cy={up(s.of(last))} r="2.5" fill="var(--ink)" />
            )}
          </g>
        ))}
      </svg>
    </ChartFrame>
  );
}

/** The key of the chart. */
export function LookKeys() {
  const keys = [...series, { name: "By chance", dash: "1 3" }];
  return (
    <span className="keys">
      {keys.map(({ name, dash }) => (
        <span key={name} className="key">
          <svg width="18" height="8" aria-hidden="true">
            <path d="M0 4h18" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray={dash} />
          </svg>
          {name}
        </span>
      ))}
    </span>
  );
}
