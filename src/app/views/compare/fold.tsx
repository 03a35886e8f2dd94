import type { ReactNode } from "react";
import { Icon } from "../../parts/icon.tsx";
import { useFolds } from "./folds.ts";
import styles from "./all-measures.module.css";

interface FoldProps {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly counts?: ReactNode;
  /** open although the person did not open it: something inside was found */
  readonly found?: boolean;
  readonly children: ReactNode;
}

/** One fold of the list of all measures; what is in it is drawn only while it is open. */
export function Fold({ id, title, about, counts, found = false, children }: FoldProps) {
  const folds = useFolds();
  const open = found || folds.open.has(id);
  return (
    <details id={id} open={open} className={styles.fold}>
      <summary
        onClick={(event) => {
          event.preventDefault();
          folds.toggle(id);
        }}
      >
        <Icon name="right" className={`${styles.turn}`} />
        <h3>{title}</h3>
        <p>{about}</p>
        {counts}
      </summary>
      {open && children}
    </details>
  );
}
