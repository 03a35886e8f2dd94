import type { ReactNode } from "react";
import type { Report } from "../../../core/lab/comparison.ts";
import { usePartByPart } from "../../charts/use-turn.ts";
import styles from "./compare.module.css";
import { evidenceProps } from "./evidence-nav.tsx";
import { MetricBlock } from "./metric-block.tsx";
import blocks from "./metric-block.module.css";
import { metricsOf, sectionNames, type EvidenceSection, type MetricRow } from "./sections.ts";

interface MetricsSectionProps {
  readonly section: EvidenceSection;
  readonly report: Report;
  /** beside the heading */
  readonly about: ReactNode;
  /** before the metrics */
  readonly children?: ReactNode;
}

/** One side's evidence: every metric with what stands behind it, worst first. */
export function MetricsSection({ section, report, about, children }: MetricsSectionProps) {
  const rows = metricsOf(report, section);
  const name = sectionNames[section];
  return (
    <section {...evidenceProps(section)} className={`card ${styles.section}`} aria-label={name}>
      <header>
        <h2>{name}</h2>
        <p>{about}</p>
      </header>
      {children}
      <MetricBlocks rows={rows} />
      {rows.length === 0 && <p className="q s13">Nothing measures this side.</p>}
    </section>
  );
}

/** Blocks of metrics, drawn a few at a time. */
export function MetricBlocks({ rows }: { rows: readonly MetricRow[] }) {
  const drawn = usePartByPart(rows.length);
  return (
    <div className={blocks.grid}>
      {rows.slice(0, drawn).map((row) => (
        <MetricBlock key={row.info.id} row={row} />
      ))}
    </div>
  );
}
