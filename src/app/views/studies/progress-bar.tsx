import styles from "./studies.module.css";

interface ProgressBarProps {
  readonly label: string;
  /** in [0, 1] */
  readonly fraction: number;
}

/** How far something is. Drawn, so that no style is written into the page. */
export function ProgressBar({ label, fraction }: ProgressBarProps) {
  const share = Math.min(1, Math.max(0, fraction));
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(100 * share)}
    >
      <svg width="100%" height="8" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width={Math.round(1000 * share)} height="1" />
      </svg>
    </div>
  );
}
