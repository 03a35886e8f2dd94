/** Times that run beyond a day, "36:15" or "120:05:30": numbers of minutes or seconds, written as a clock. */

/** How a column writes durations: hours padded to two digits or not, with seconds or without. */
export const CLOCKS = ["HH:mm", "H:mm", "HH:mm:ss", "H:mm:ss"] as const;
export type DurationClock = (typeof CLOCKS)[number];

const DURATION = /^(-?)(\d{1,5}):([0-5]\d)(?::([0-5]\d))?$/;
const DAY_HOURS = 24;

/** Minutes, or seconds where the clock has them; NaN for a text that is no such duration. */
export function readDuration(text: string, clock: DurationClock): number {
  const match = DURATION.exec(text);
  if (match === null) return NaN;
  const [, sign, hours, minutes, seconds] = match;
  if ((seconds !== undefined) !== clock.endsWith("ss")) return NaN;
  const whole = 60 * Number(hours) + Number(minutes);
  const value = seconds === undefined ? whole : 60 * whole + Number(seconds);
  return sign === "-" ? -value : value;
}

/** Inverse of `readDuration`, to whole minutes or seconds. */
export function writeDuration(value: number, clock: DurationClock): string {
  const rounded = Math.round(Math.abs(value));
  const seconds = clock.endsWith("ss") ? rounded % 60 : undefined;
  const minutes = seconds === undefined ? rounded : (rounded - seconds) / 60;
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(minutes / 60);
  const text = `${clock.startsWith("HH") ? two(hours) : String(hours)}:${two(minutes % 60)}`;
  return (value < 0 && rounded > 0 ? "-" : "") + (seconds === undefined ? text : `${text}:${two(seconds)}`);
}

/** The clock of `texts` where all are durations and one at least runs beyond a day: else they are times of day. */
export function durationClock(texts: readonly string[]): DurationClock | undefined {
  let beyond = false;
  let padded = true;
  let seconds: boolean | undefined;
  for (const text of texts) {
    const match = DURATION.exec(text);
    if (match === null) return undefined;
    const [, sign = "", hours = "", minutes, more] = match;
    if (seconds !== undefined && seconds !== (more !== undefined)) return undefined;
    seconds = more !== undefined;
    const whole = Number(hours);
    beyond ||=
      sign === "-" ||
      whole > DAY_HOURS ||
      (whole === DAY_HOURS && (minutes !== "00" || (more ?? "00") !== "00"));
    padded &&= hours.length >= 2;
  }
  if (!beyond || seconds === undefined) return undefined;
  return seconds ? (padded ? "HH:mm:ss" : "H:mm:ss") : padded ? "HH:mm" : "H:mm";
}
