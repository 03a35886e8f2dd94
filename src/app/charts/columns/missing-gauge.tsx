import { useId } from "react";
import styles from "../charts.module.css";
import type { ColumnComparison } from "../../../core/report/report.ts";
import { missingWords } from "../../../core/shapes/column-shape.ts";
import { Hatch } from "../hatch.tsx";

/** Missing cells on a scale of their own, 0 to 100%: real beside synthetic, the value printed. */
export function MissingGauge({ missing, height }: { missing: ColumnComparison["missing"]; height: number }) {
  const hatch = useId();
  const { real, synthetic } = missing;
  const words = missingWords(missing);
  const at = (share: number): number => height - (height - 4) * share;
  const same = words.real === words.synthetic;
  const label = Math.max(22, Math.min(at(real), at(synthetic)) - 5);
  return (
    <svg
      className={styles.gauge}
      width="27"
      height={height + 18}
      role="img"
      aria-label={`Missing: ${words.real} of real rows, ${words.synthetic} of synthetic rows`}
    >
      <defs>
        <Hatch id={hatch} />
      </defs>
      <path className={styles.gaugeFrame} d={`M.5 4.5h26V${height}H.5z`} />
      <path className="fr" d={`M1 ${height}V${at(real)}h12V${height}z`} />
      <path className="er" d={`M1 ${at(real)}h12`} />
      <path
        d={`M14.500 ${height}V${at(synthetic)}h11V${height}`}
        fill={`url(#${hatch})`}
        stroke="var(--syn)"
        strokeWidth="1.75"
      />
      {same ? (
        <text x="13.5" y={label} textAnchor="middle">
          {words.real}
        </text>
      ) : (
        <>
          <text x="13.5" y={label - 11} textAnchor="middle" style={{ fill: "var(--real)" }}>
            {words.real}
          </text>
          <text x="13.5" y={label} textAnchor="middle" style={{ fill: "var(--syn)" }}>
            {words.synthetic}
          </text>
        </>
      )}
      <path className="ax" d={`M0 ${height + 0.5}H27`} />
      <text x="14" y={height + 14} textAnchor="middle">
        missing
      </text>
    </svg>
  );
}
