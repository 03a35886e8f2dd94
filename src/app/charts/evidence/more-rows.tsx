import { useState, type ReactNode } from "react";
import { count } from "../../../core/words/numbers.ts";
import styles from "./evidence.module.css";
import { useFind } from "../columns/column-filter.ts";

const FIRST = 8;
/** so many more at a time, that no press of the button takes long */
const MORE = 40;

interface FirstRows<R> {
  readonly shown: readonly R[];
  /** the button that shows more or fewer, or the words that nothing is left; undefined where neither is needed */
  readonly foot: ReactNode;
}

/** The first rows of a list that is worst first, and the way to the others. `remark` says what the others have in common. */
export function useFirstRows<R>(
  rows: readonly R[],
  remark: (rest: readonly R[]) => string = () => "",
  first = FIRST,
): FirstRows<R> {
  const [limit, setLimit] = useState(first);
  const find = useFind();
  const shown = rows.slice(0, limit);
  const rest = rows.slice(limit);
  if (rows.length === 0 && find !== "")
    return { shown, foot: <p className={styles.reason}>Nothing here is called “{find}”.</p> };
  if (rows.length <= first) return { shown, foot: undefined };
  const label =
    rest.length > 0
      ? `Show ${count(Math.min(MORE, rest.length))} more${remark(rest)}`
      : `Show the first ${count(first)} only`;
  return {
    shown,
    foot: (
      <button
        type="button"
        className={`btn quiet sm ${styles.moreRows}`}
        onClick={() => setLimit(rest.length > 0 ? limit + MORE : first)}
      >
        {label}
      </button>
    ),
  };
}

/** ", all within sampling noise" where every row is. */
export const allWithin = (rest: readonly { readonly verdict?: string | undefined }[]): string =>
  rest.every(({ verdict }) => verdict === "good") ? ", all within sampling noise" : "";
