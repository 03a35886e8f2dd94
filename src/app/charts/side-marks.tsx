import type { SideVerdict } from "../state/axes.ts";
import { VerdictMark } from "./verdict-mark.tsx";
import styles from "./charts.module.css";

/** One mark per side, always in the same order; a side that was not measured cannot be told. */
export function SideMarks({ sides }: { sides: readonly SideVerdict[] }) {
  return (
    <span className={styles.sides}>
      {sides.map(({ family, name, verdict }) => (
        <VerdictMark key={family} verdict={verdict} word={false} of={name} />
      ))}
    </span>
  );
}
