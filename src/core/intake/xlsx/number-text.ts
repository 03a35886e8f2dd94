/** Digits that Excel shows of a number. */
const DIGITS = 15;
/** What has no more digits once it is rounded to those was meant so; what has more goes on for ever, and is kept as it is. */
const MEANT = 12;

/** A number as a person wrote it: in full, without the noise of binary fractions. Whole numbers keep every digit they have. */
export function numberText(value: string): string {
  if (/^-?\d+$/.test(value)) return value;
  const number = Number(value);
  return Number.isFinite(number) ? plain(withoutNoise(number)) : value;
}

function withoutNoise(number: number): number {
  const rounded = Number(number.toPrecision(DIGITS));
  const digits = rounded.toExponential().replace(/e.*$/, "").replaceAll(/[^\d]/g, "").length;
  return digits <= MEANT ? rounded : number;
}

/** `0.065` as `6.5%` */
export function percentText(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) ? `${plain(Number((number * 100).toPrecision(DIGITS)))}%` : value;
}

/** Without an exponent, which a reader of tables would take for a code. */
function plain(number: number): string {
  const text = String(number);
  const [, sign = "", digits = "", fraction = "", exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const all = digits + fraction;
  const point = digits.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${all}`;
  return point >= all.length
    ? sign + all.padEnd(point, "0")
    : `${sign}${all.slice(0, point)}.${all.slice(point)}`;
}

const DAY = 86_400_000;
const two = (value: number): string => String(value).padStart(2, "0");

/** A clock time, with thousandths where there are any; hours may be more than 24. */
export function clockText(milliseconds: number): string {
  const sign = milliseconds < 0 ? "-" : "";
  const all = Math.abs(milliseconds);
  const seconds = Math.floor(all / 1000);
  const rest = all % 1000;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${sign}${clock}${rest === 0 ? "" : `.${String(rest).padStart(3, "0")}`}`;
}

/** Whether a serial date has a time of day, to the millisecond. */
export const hasTime = (serial: number): boolean => Math.round(serial * DAY) % DAY !== 0;

/**
 * A serial date as ISO, with its time where that is asked for; undefined for what is no date. In the system of 1900, day 60 is
 * the 29th of February that 1900 did not have, and days before it count from a day later (ECMA-376 part 1, 18.17.4.1).
 */
export function dateText(serial: number, since1904: boolean, withTime: boolean): string | undefined {
  const all = Math.round(serial * DAY);
  const day = Math.floor(all / DAY);
  const least = since1904 ? 0 : 1;
  if (!Number.isFinite(all) || day < least || day > 2_958_465) return undefined;
  const clock = withTime ? ` ${clockText(all - day * DAY)}` : "";
  if (!since1904 && day === 60) return `1900-02-29${clock}`;
  const start = since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  const date = new Date(start + day * DAY);
  return `${String(date.getUTCFullYear()).padStart(4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}${clock}`;
}
