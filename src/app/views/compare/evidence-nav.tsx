import { useEffect, useMemo, useState } from "react";
import type { Report } from "../../../core/report/report.ts";
import { Icon } from "../../parts/icon.tsx";
import styles from "./compare.module.css";
import { metricsOf, sectionNames, type EvidenceSection } from "./sections.ts";

const sectionId = (section: EvidenceSection): string => `evidence-${section}`;

/** The element id of a metric's evidence. */
export const metricId = (metric: string): string => `metric-${metric}`;

/** Marks a section as a place to jump to. */
export const evidenceProps = (section: EvidenceSection) =>
  ({ id: sectionId(section), tabIndex: -1, "data-evidence": section }) as const;

/** Scrolls to an element and moves the focus there; the address keeps saying which view this is. */
function show(id: string): void {
  const target = document.getElementById(id);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target?.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
  target?.focus({ preventScroll: true });
}

export const showEvidence = (section: EvidenceSection): void => show(sectionId(section));
export const showMetric = (metric: string): void => show(metricId(metric));

function useSectionInView(): EvidenceSection {
  const [current, setCurrent] = useState<EvidenceSection>("columns");
  useEffect(() => {
    const onScroll = (): void => {
      const passed = [...document.querySelectorAll<HTMLElement>("[data-evidence]")].filter(
        (section) => section.getBoundingClientRect().top < innerHeight * 0.4,
      );
      const last = passed.at(-1)?.dataset["evidence"];
      setCurrent(isSection(last) ? last : "columns");
    };
    addEventListener("scroll", onScroll, { passive: true });
    return () => removeEventListener("scroll", onScroll);
  }, []);
  return current;
}

const isSection = (text: string | undefined): text is EvidenceSection =>
  text !== undefined && text in sectionNames;

function countsOf(report: Report): Partial<Record<EvidenceSection, number>> {
  const n = report.correlations.names.length;
  const own = (section: EvidenceSection): number => metricsOf(report, section).length;
  return {
    columns: report.columns.length,
    relationships: (n * (n - 1)) / 2,
    fidelity: own("fidelity"),
    utility: own("utility"),
    privacy: own("privacy"),
    groups: own("groups"),
    clinical: own("clinical"),
  };
}

interface EvidenceNavProps {
  readonly report: Report;
  readonly shown: readonly EvidenceSection[];
  readonly find: string;
  readonly setFind: (find: string) => void;
}

/** The sections of the evidence, how many things each holds, and the filter by column that all of them heed. */
export function EvidenceNav({ report, shown, find, setFind }: EvidenceNavProps) {
  const current = useSectionInView();
  const counts = useMemo(() => countsOf(report), [report]);
  return (
    <div className={styles.nav}>
      <nav className={styles.tabs} aria-label="Evidence">
        {shown.map((section) => (
          <button
            key={section}
            type="button"
            className={styles.tab}
            aria-current={section === current ? "location" : undefined}
            onClick={() => showEvidence(section)}
          >
            {sectionNames[section]}
            {counts[section] !== undefined && <sup>{counts[section]}</sup>}
          </button>
        ))}
      </nav>
      <label className={styles.find}>
        <Icon name="find" />
        <input
          type="search"
          className="inp"
          placeholder="Find a column"
          aria-label="Find a column"
          data-key="/"
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
      </label>
    </div>
  );
}
