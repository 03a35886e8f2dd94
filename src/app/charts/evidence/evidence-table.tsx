import type { ReactNode } from "react";
import styles from "./evidence.module.css";

/** A table that scrolls inside its card where it is too wide, by keyboard too. */
export function EvidenceTable({
  label,
  plots = false,
  children,
}: {
  label: string;
  plots?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={styles.list} role="group" aria-label={label} tabIndex={0}>
      <table className={plots ? styles.plots : ""}>{children}</table>
    </div>
  );
}
