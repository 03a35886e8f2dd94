/** Milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;
export const DAYS_A_YEAR = 365.25;
export const YEAR = DAYS_A_YEAR * DAY;

/** When simulated patients come: from the first of these days on, for so many years. */
export const FIRST_DAY = Date.UTC(2019, 0, 1);
export const YEARS_OF_COMING = 4;
/** Days of five years, in which a clinic or ward is observed from its first day on. */
export const OBSERVED_DAYS = 1826;

const [OPENS, CLOSES] = [8, 17];
/** Days from a Saturday, and from a Sunday, to the weekdays that its appointments are kept on, week by week. */
const [OF_SATURDAY, OF_SUNDAY] = [
  [2, 3, 4],
  [2, 3, 4, 5],
];

/** 0 for Monday to 6 for Sunday; 1 January 1970 was a Thursday. */
export const weekdayOf = (at: number): number => (((Math.floor(at / DAY) + 3) % 7) + 7) % 7;

/**
 * When an appointment due at `at` is kept (both milliseconds): on the same day or, after a weekend, on one of the days that follow,
 * in the hours in which clinics see patients, in whole quarters.
 */
export function appointment(at: number): number {
  const day = Math.floor(at / DAY);
  const [weekday, week] = [weekdayOf(at), Math.floor(day / 7)];
  const later = weekday < 5 ? [0] : weekday === 5 ? OF_SATURDAY : OF_SUNDAY;
  const hours = OPENS + (CLOSES - OPENS) * (at / DAY - day);
  const kept = day + (later?.[week % later.length] as number);
  return kept * DAY + (Math.floor(hours * 4) / 4) * HOUR;
}

/** As `appointment`, where only the day is written. */
export const appointmentDay = (at: number): number => Math.floor(appointment(at) / DAY) * DAY;

/** The weekday next to a day, at most one day away, where an appointment must not move further. */
export function nextWeekday(at: number): number {
  const weekday = weekdayOf(at);
  return at + (weekday === 5 ? -DAY : weekday === 6 ? DAY : 0);
}
