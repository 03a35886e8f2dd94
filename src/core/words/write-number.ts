/** How numbers are written in files: as on the page, which may not import from here. Locale fixed, so that files repeat. */
import type { Interval, Measured, Unit } from "../metrics/metric.ts";

const formats = new Map<string, Intl.NumberFormat>();

function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat("en-US", options);
  formats.set(key, known);
  return known;
}

const minus = (text: string): string => text.replace("-", "−");

/** A count: 4,812; a dash for what is not defined. */
export const count = (value: number): string =>
  Number.isFinite(value) ? minus(format({ maximumFractionDigits: 0 }).format(value)) : "–";

/** A number with fixed decimals: 0.084, −0.41; a dash for what is not defined. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "–";
  const shown = Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value;
  return minus(format({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(shown));
}

/** A share as a percentage: 0.114 -> "11.4%". */
export const percent = (share: number, decimals = 1): string =>
  Number.isFinite(share) ? `${fixed(100 * share, decimals)}%` : "–";

/** Three significant digits, from a ten-thousandth to ten million without a power of ten. */
export function plain(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e7 || (size > 0 && size < 1e-4)) return minus(value.toExponential(1).replace("e+", "e"));
  const decimals = size === 0 ? 0 : Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(size))));
  return fixed(value, decimals);
}

export function inUnit(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return "–";
  return unit === "share" ? percent(value) : unit === "count" ? count(value) : plain(value);
}

export const between = ({ low, high }: Interval, write: (value: number) => string): string =>
  `${write(low)} to ${write(high)}`;

/** "12.1% (10.4% to 13.9%)" */
export const measuredWords = ({ value, interval }: Measured, write: (value: number) => string): string =>
  interval === undefined ? write(value) : `${write(value)} (${between(interval, write)})`;

/** A value on an axis: at most three significant digits, and never more decimals than the column shows. */
export function tick(value: number, decimals: number): string {
  const size = Math.abs(value);
  const wanted = size === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(size)));
  if (size >= 1e7 || (size > 0 && size < 1e-4)) return minus(value.toExponential(1).replace("e+", "e"));
  const rounded = size >= 1000 ? Number(value.toPrecision(size >= 10_000 ? 3 : 2)) : value;
  return minus(format({ maximumFractionDigits: Math.min(wanted, decimals) }).format(rounded));
}

const DAY = 86_400_000;

/** A moment on an axis that spans `span` milliseconds: the year, the month, the day or the hour. */
export function dateTick(value: number, span: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > 8.64e15) return "–";
  const options: Intl.DateTimeFormatOptions =
    span > 1500 * DAY
      ? { year: "numeric" }
      : span > 90 * DAY
        ? { month: "short", year: "numeric" }
        : span > 2 * DAY
          ? { day: "numeric", month: "short" }
          : { hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options }).format(value);
}

/** Seconds as a person says them: 42 s, 4 min 16 s, 1 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${fixed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}

/** 1 row, 2 rows. */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;

/** The day of an ISO date-time, or the text as it is. */
export const dayOf = (moment: string): string => /^\d{4}-\d\d-\d\d/.exec(moment)?.[0] ?? moment;

const devices: ReadonlyMap<string, string> = new Map([
  ["webgpu", "WebGPU"],
  ["wasm", "WASM"],
  ["webgl", "WebGL"],
  ["cpu", "plain JavaScript"],
]);

/** A device as a run's facts name it: "wasm" -> "WASM". */
export const deviceTitle = (device: string): string => devices.get(device) ?? device;

/** A text that ends as a sentence does. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
