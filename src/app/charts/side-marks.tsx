import type { SideVerdict } from "../state/axes.ts";
import { NotMeasuredMark, VerdictMark } from "./verdict-mark.tsx";
import styles from "./charts.module.css";

/** One mark per side, always in the same order; a ring of dots where a side was not measured. */
export function SideMarks({ sides }: { sides: readonly SideVerdict[] }) {
  return (
    <span className={styles.sides}>
      {sides.map(({ family, name, verdict }) =>
        verdict === undefined ? (
          <NotMeasuredMark key={family} of={name} />
        ) : (
          <VerdictMark key={family} verdict={verdict} word={false} of={name} />
        ),
      )}
    </span>
  );
}
