import { LEAST_SHARED } from "../../table/rare-levels.ts";

/** A count at the beginning of a sentence that may be written into a file: "1,204", or "Fewer than 5" of one to four. */
export const countOrFew = (count: number): string =>
  count > 0 && count < LEAST_SHARED ? `Fewer than ${LEAST_SHARED}` : count.toLocaleString("en-US");
