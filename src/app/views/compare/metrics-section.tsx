import type { ReactNode } from "react";
import type { Report } from "../../../core/report/report.ts";
import { byCriterion } from "../../../core/words/criterion.ts";
import { RangeKeys } from "../../charts/keys.tsx";
import { usePartByPart } from "../../charts/use-turn.ts";
import { useWidth } from "../../charts/use-width.ts";
import styles from "./compare.module.css";
import { evidenceProps } from "./evidence-nav.tsx";
import { MetricBlock } from "./metric-block.tsx";
import blocks from "./metric-block.module.css";
import { packed, type BlockLine } from "./packed.ts";
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
        {rows.length > 0 && <RangeKeys />}
      </header>
      {children}
      {section === "privacy" ? (
        byCriterion(rows).map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h3 className={styles.criterion}>
              {group.name} <span>{group.asks}</span>
            </h3>
            <MetricBlocks rows={group.rows} />
          </section>
        ))
      ) : (
        <MetricBlocks rows={rows} />
      )}
      {rows.length === 0 && <p className="q s13">Nothing measures this side.</p>}
    </section>
  );
}

/** The width from which two blocks stand beside each other. */
const TWO = 1080;

/** Blocks of metrics in the order given, drawn a few at a time. */
export function MetricBlocks({ rows }: { rows: readonly MetricRow[] }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const drawn = usePartByPart(width === 0 ? 0 : rows.length);
  const lines = packed(rows.slice(0, drawn), width >= TWO);
  return (
    <div ref={ref} className={blocks.lines}>
      {lines.map((line) => (
        <Line key={line.columns[0]?.[0]?.info.id} line={line} />
      ))}
    </div>
  );
}

function Line({ line: { place, columns } }: { line: BlockLine }) {
  return (
    <div className={blocks.line} data-columns={columns.length}>
      {columns.map((column) => (
        <div key={column[0]?.info.id}>
          {column.map((row) => (
            <MetricBlock key={row.info.id} row={row} place={place} />
          ))}
        </div>
      ))}
    </div>
  );
}
