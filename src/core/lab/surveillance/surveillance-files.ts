/** A surveillance in words, as JSON and as CSV. */
import {
  alarmWords,
  periodWords,
  realWords,
  scaledSynthetic,
  seriesName,
} from "../../shapes/incidence-shape.ts";
import { dayLabel, weekLabel } from "../../surveillance/calendar.ts";
import { daysOf } from "../../surveillance/incidence.ts";
import { count, fixed } from "../../words/numbers.ts";
import type { Pattern, Surveillance } from "./surveil.ts";

const MONTHS = "January,February,March,April,May,June,July,August,September,October,November,December".split(
  ",",
);
const DAYS = "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday".split(",");
/** Alarms that are listed one by one. */
const MOST_LISTED = 40;

/** Lines for a terminal: what was counted, its pattern, and every alarm. */
export function surveillanceWords({ column, series, real, synthetic, notCounted }: Surveillance): string[] {
  const periods = series.real.length;
  const shown = series.real.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
  const hidden = series.real.filter(Number.isNaN).length;
  const rows = series.by ? `${seriesName(series)}, ` : "";
  const rest = hidden > 0 ? `, and ${count(hidden)} ${series.every}s that are not shown (under 5)` : "";
  return [
    `${column} by ${series.every}, ${rows}${count(periods)} ${series.every}s from ${periodWords(series, 0).toLowerCase()}: ${count(shown)} events${rest}.`,
    ...(notCounted.real !== 0
      ? [
          `Not counted: ${Number.isNaN(notCounted.real) ? "fewer than 5" : count(notCounted.real)} real rows without a day.`,
        ]
      : []),
    ...(notCounted.synthetic
      ? [
          `Not counted: ${count(notCounted.synthetic)} synthetic rows without a day or outside of these ${series.every}s.`,
        ]
      : []),
    ...patternWords("Real", real),
    ...patternWords("Synthetic", synthetic),
    alarmWords(series),
    ...alarmLines(series),
  ];
}

function patternWords(side: string, pattern: Pattern | undefined): string[] {
  if (pattern === undefined) return [];
  const { trend, season, weekday, dispersion } = pattern;
  const parts = [
    `${fixed(trend, 2)} times as many each year`,
    ...extremeWords(season, MONTHS),
    ...extremeWords(weekday, DAYS),
    `variance ${fixed(dispersion, 2)} times the mean`,
  ];
  return [`${side}: ${parts.join("; ")}.`];
}

function extremeWords(factors: readonly number[] | undefined, names: readonly string[]): string[] {
  if (factors === undefined) return [];
  const most = factors.reduce((best, value, i) => (value > (factors[best] as number) ? i : best), 0);
  const least = factors.reduce((best, value, i) => (value < (factors[best] as number) ? i : best), 0);
  const word = (i: number): string =>
    `${names[i] as string} (${fixed(factors[i] as number, 2)} of the usual)`;
  return [
    `most in ${word(most)}, fewest in ${word(least)}`.replaceAll(" in ", names === DAYS ? " on " : " in "),
  ];
}

function alarmLines(series: Surveillance["series"]): string[] {
  const { alarms } = series;
  if (alarms === undefined) return [];
  const made = scaledSynthetic(series);
  const periods = [...new Set([...alarms.real, ...(alarms.synthetic ?? [])])].sort((a, b) => a - b);
  const lines = periods.slice(0, MOST_LISTED).map((at) => {
    const own = alarms.real.includes(at) ? " (alarm)" : "";
    const other = alarms.synthetic?.includes(at) === true ? " (alarm)" : "";
    const synthetic = made[at] === undefined ? "" : `, synthetic ${fixed(made[at], 0)}${other}`;
    return `  ${periodWords(series, at)}: real ${realWords(series, series.real[at] as number)}${own}${synthetic}`;
  });
  const more = periods.length - lines.length;
  return more > 0 ? [...lines, `  and ${count(more)} more`] : lines;
}

/** NaN, a hidden count, is null. */
export const surveillanceJson = (found: Surveillance): string => `${JSON.stringify(found, null, 1)}\n`;

/** One line a period; a hidden count is written "<5". */
export function surveillanceCsv({ series }: Surveillance): string {
  const { every, start, real, synthetic, alarms } = series;
  const made = scaledSynthetic(series);
  const yes = (periods: readonly number[] | undefined, i: number): string =>
    periods === undefined ? "" : periods.includes(i) ? "1" : "0";
  const names = ["period", "from", "real", "real_alarm"];
  const others = ["synthetic", "synthetic_to_scale", "synthetic_alarm"];
  const lines = real.map((value, i) => {
    const day = start + i * daysOf(every);
    const cells = [
      every === "week" ? weekLabel(day) : dayLabel(day),
      dayLabel(day),
      Number.isNaN(value) ? "<5" : String(value),
      yes(alarms?.real, i),
    ];
    const own = synthetic
      ? [String(synthetic[i]), String(Math.round((made[i] as number) * 100) / 100), yes(alarms?.synthetic, i)]
      : [];
    return [...cells, ...own].join(",");
  });
  return `${[[...names, ...(synthetic ? others : [])].join(","), ...lines].join("\n")}\n`;
}
