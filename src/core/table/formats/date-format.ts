/** Dates, date-times and times of day as a column writes them. */
export { guessDate, type DateGuess } from "./dates/guess-date.ts";
export { readDate } from "./dates/read-date.ts";
export { formatDate } from "./dates/write-date.ts";
