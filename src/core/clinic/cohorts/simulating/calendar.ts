/** Milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;
export const YEAR = 365.25 * DAY;

/** When simulated patients come: from the first of these days on, for so many years. */
export const FIRST_DAY = Date.UTC(2019, 0, 1);
export const YEARS_OF_COMING = 4;
