import type { IncidenceSeries } from "../../core/report/report.ts";
import {
  ALARM_ROWS,
  alarmWords,
  incidenceMarks,
  periodWords,
  realWords,
  scaledSynthetic,
  seriesName,
} from "../../core/shapes/incidence-shape.ts";
import { fixed } from "../../core/words/numbers.ts";
import { ChartFrame, type Tip } from "./chart-frame.tsx";
import styles from "./charts.module.css";
import { labelWidth } from "./text-width.ts";
import { useWidth } from "./use-width.ts";

const HEIGHT = 260;
const LEFT = 40;
const BELOW = 20;
const RIGHT = 4;
/** Pixels of a period from which on the line has a casing; where periods are narrower it would hide the counts. */
const CASED = 4;

/** Real counts as filled steps, synthetic ones as a line, alarms of both as triangles above. */
export function IncidenceChart({ name, series }: { name: string; series: IncidenceSeries }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const box = {
    left: LEFT,
    top: ALARM_ROWS,
    right: Math.max(LEFT + 1, width - RIGHT),
    bottom: HEIGHT - BELOW,
  };
  const marks = incidenceMarks(series, box, labelWidth);
  const made = scaledSynthetic(series);
  const slot = (box.right - box.left) / Math.max(1, series.real.length);
  const tipOf = (i: number): Tip => ({
    x: box.left + (i + 0.5) * slot,
    y: box.top,
    title: periodWords(series, i) + alarmNote(series, i),
    lines: [
      { of: "real", label: "Real", value: realWords(series, series.real[i] as number) },
      ...(made[i] === undefined
        ? []
        : [{ of: "syn" as const, label: "Synthetic, to scale", value: fixed(made[i] as number, 0) }]),
    ],
  });
  return (
    <div ref={ref}>
      {width > 0 && (
        <ChartFrame
          label={`${name} by ${series.every}, ${seriesName(series)}: real counts and synthetic ones. ${alarmWords(series)}`}
          width={width}
          height={HEIGHT}
          points={series.real.length}
          pointAt={(x) => {
            const i = Math.floor((x - box.left) / slot);
            return i >= 0 && i < series.real.length ? i : undefined;
          }}
          tipOf={tipOf}
        >
          <svg width={width} height={HEIGHT} aria-hidden="true">
            {marks.y.map(({ at, label }) => (
              <g key={label}>
                <path className="gr" d={`M${box.left} ${at}H${box.right}`} />
                <text x={box.left - 6} y={at + 4} textAnchor="end">
                  {label}
                </text>
              </g>
            ))}
            <path className={styles.hiddenCounts} d={marks.hidden} />
            <path className="fr" d={marks.area} />
            <path className="er" d={marks.edge} />
            {slot >= CASED && <path className="eh" d={marks.synthetic} />}
            <path className="es" d={marks.synthetic} />
            <path className={styles.realAlarm} d={marks.realAlarms} />
            <path className={styles.syntheticAlarm} d={marks.syntheticAlarms} />
            <path className="ax" d={`M${box.left} ${box.bottom + 0.5}H${box.right}`} />
            {marks.x.map(({ at, label }) => (
              <text
                key={`${at} ${label}`}
                x={at}
                y={HEIGHT - 5}
                textAnchor={at - box.left < 12 ? "start" : "middle"}
              >
                {label}
              </text>
            ))}
          </svg>
        </ChartFrame>
      )}
    </div>
  );
}

function alarmNote({ alarms }: IncidenceSeries, period: number): string {
  const [real, made] = [alarms?.real.includes(period), alarms?.synthetic?.includes(period)];
  if (!real && !made) return "";
  return real && made ? ", alarm in both" : real ? ", alarm in real rows" : ", alarm in synthetic rows";
}

/** What the marks of an incidence chart are. */
export function IncidenceKeys({ alarms }: { alarms: boolean }) {
  return (
    <span className="keys">
      <span className="key">
        <span className="k real" aria-hidden="true" />
        Real
      </span>
      <span className="key">
        <svg width="20" height="12" aria-hidden="true">
          <path className="es" d="M0 9L7 4L13 8L20 3" />
        </svg>
        Synthetic, to scale
      </span>
      <span className="key">
        <svg width="14" height="12" aria-hidden="true">
          <path className={styles.hiddenCounts} d="M0 12V4H14V12z" />
        </svg>
        Under 5 patients
      </span>
      {alarms && (
        <span className="key">
          <svg width="26" height="12" aria-hidden="true">
            <path className={styles.realAlarm} d="M1 2h10l-5 8z" />
            <path className={styles.syntheticAlarm} d="M15 2h10l-5 8z" />
          </svg>
          Alarm, real and synthetic
        </span>
      )}
    </span>
  );
}
