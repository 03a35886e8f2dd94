import styles from "./charts.module.css";

export function RealKey({ children = "Real" }: { children?: string }) {
  return (
    <span className="key">
      <span className="k real" aria-hidden="true" />
      {children}
    </span>
  );
}

export function SyntheticKey({ children = "Synthetic" }: { children?: string }) {
  return (
    <span className="key">
      <span className="k syn" aria-hidden="true" />
      {children}
    </span>
  );
}

export function HoldoutKey() {
  return (
    <span className="key">
      <span className="k held" aria-hidden="true" />
      Held-out real
    </span>
  );
}

/** The one key of a section: solid is real, outline is synthetic. */
export function Keys({ holdout = false }: { holdout?: boolean }) {
  return (
    <span className="keys">
      <RealKey />
      <SyntheticKey />
      {holdout && <HoldoutKey />}
    </span>
  );
}

/** The key of range plots. */
export function RangeKeys({ other }: { other?: boolean }) {
  return (
    <span className="keys">
      <span className="key">
        <svg width="26" height="12" aria-hidden="true">
          <path className="es" d="M1 2v8m0-4h24m0-4v8" />
          <circle cx="13" cy="6" r="4.5" fill="var(--surface)" stroke="var(--syn)" strokeWidth="2" />
        </svg>
        <span>
          Synthetic<span className={styles.optional}>, 95% interval</span>
        </span>
      </span>
      {other && (
        <span className="key">
          <svg width="26" height="12" aria-hidden="true">
            <path className={styles.otherWhisker} d="M1 6h24" />
            <path className={styles.otherPoint} d="M13 1.200l4.800 4.800-4.800 4.800-4.800-4.800z" />
          </svg>
          <span>Other runs</span>
        </span>
      )}
      <span className="key">
        <svg width="22" height="14" aria-hidden="true">
          <path d="M1 0h20v14H1z" fill="var(--real-fill)" />
          <path d="M11 0v14" stroke="var(--real)" strokeWidth="2" />
        </svg>
        <span>
          Held-out real<span className={styles.optional}>, the level to reach</span>
        </span>
      </span>
    </span>
  );
}
