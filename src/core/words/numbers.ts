/** How numbers, shares and dates are written, on the page and in files: locale separators, a true minus, one precision. The locale is fixed, so that files repeat. */
import type { Interval, Measured, Unit } from "../metrics/metric.ts";

const formats = new Map<string, Intl.NumberFormat>();

function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat("en-US", options);
  formats.set(key, made);
  return made;
}

const minus = (text: string): string => text.replace("-", "−");

/** A count: 4,812; a dash for what is not defined. */
export const count = (value: number): string =>
  Number.isFinite(value) ? minus(format({ maximumFractionDigits: 0 }).format(value)) : "–";

/** A number with fixed decimals: 0.084, −0.41; a dash for what is not defined. */
export const fixed = (value: number, decimals: number): string =>
  !Number.isFinite(value)
    ? "–"
    : minus(
        format({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(
          Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value,
        ),
      );

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

/** A value in its unit: a share as a percentage, a count whole, anything else with three significant digits. */
export function inUnit(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return "–";
  return unit === "share" ? percent(value) : unit === "count" ? count(value) : plain(value);
}

/** How the values of one column of numbers are written: one unit, one precision. */
export function writer(unit: Unit, values: readonly number[]): (value: number) => string {
  const sizes = values.map(Math.abs).filter((size) => Number.isFinite(size) && size > 0);
  const least = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  if (unit === "count") return (value) => fixed(value, 0);
  if (unit === "share") return (value) => percent(value, least < 0.005 ? 2 : 1);
  const decimals = most >= 1000 ? 0 : most >= 100 ? 1 : most >= 10 ? 2 : 3;
  return (value) => fixed(value, decimals);
}

/** "0.51 to 0.57"; an end that is 0 for its digits alone has one more where the interval leaves 0 out: "−0.010 to −0.0003". */
export function intervalWords({ low, high }: Interval, write: (value: number) => string): string {
  const end = (value: number): string => {
    const text = write(value);
    const decimals = /^[−-]?0\.(0+)$/.exec(text)?.[1]?.length;
    return low * high > 0 && decimals !== undefined ? fixed(value, decimals + 1) : text;
  };
  return `${end(low)} to ${end(high)}`;
}

/** "0.54 (0.51 to 0.57)"; the interval is left out where there is none. */
export const measuredWords = ({ value, interval }: Measured, write: (value: number) => string): string =>
  interval === undefined ? write(value) : `${write(value)} (${intervalWords(interval, write)})`;

/** A value on an axis: at most three significant digits, and never more decimals than the column shows. */
export function tick(value: number, decimals: number): string {
  const size = Math.abs(value);
  const wanted = size === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(size)));
  if (size >= 1e7 || (size > 0 && size < 1e-4)) return minus(value.toExponential(1).replace("e+", "e"));
  const rounded = size >= 1000 ? Number(value.toPrecision(size >= 10_000 ? 3 : 2)) : value;
  return minus(format({ maximumFractionDigits: Math.min(wanted, decimals) }).format(rounded));
}

const DAY = 86_400_000;
const date = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options });

/** A moment on an axis that spans `span` milliseconds: the year, the month, the day or the hour. */
export function dateTick(value: number, span: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > 8.64e15) return "–";
  if (span > 1500 * DAY) return date({ year: "numeric" }).format(value);
  if (span > 90 * DAY) return date({ month: "short", year: "numeric" }).format(value);
  if (span > 2 * DAY) return date({ day: "numeric", month: "short" }).format(value);
  return date({ hour: "2-digit", minute: "2-digit" }).format(value);
}

/** Seconds as a person says them: 42 s, 4 min 16 s, 1 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${fixed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}

/** Seconds that are only estimated, as rough as they are: under 1 s, about 8 s, about 45 s, about 3 min, about 1.5 h. */
export function aboutDuration(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 9.5) return `about ${Math.round(seconds)} s`;
  if (seconds < 57.5) return `about ${5 * Math.round(seconds / 5)} s`;
  if (seconds < 3570) return `about ${Math.max(1, Math.round(seconds / 60))} min`;
  return `about ${format({ maximumFractionDigits: 1 }).format(seconds / 3600)} h`;
}

/** 1st, 2nd, 3rd, 4th. */
export function ordinal(n: number): string {
  const endings: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };
  return `${count(n)}${endings[ordinals.select(n)] ?? "th"}`;
}
const ordinals = new Intl.PluralRules("en-US", { type: "ordinal" });

/** Bytes in the units of a file list: 0.9 MB. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${count(bytes)} bytes`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${fixed(value, value < 9.95 ? 1 : 0)} ${units[unit]}`;
}

/** 1 row, 2 rows. */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;

/** The day of an ISO date-time, or the text as it is. */
export const dayOf = (moment: string): string => /^\d{4}-\d\d-\d\d/.exec(moment)?.[0] ?? moment;

/** A text that ends as a sentence does. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const devices: ReadonlyMap<string, string> = new Map([
  ["webgpu", "WebGPU"],
  ["wasm", "WASM"],
  ["webgl", "WebGL"],
  ["cpu", "CPU"],
]);

/** A device as a run's facts name it: "wasm" -> "WASM". */
export const deviceTitle = (device: string): string => devices.get(device) ?? device;
