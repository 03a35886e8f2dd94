import { useEffect, useState } from "react";
import type { Report } from "../../../core/lab/comparison.ts";
import type { MetricInfo } from "../../../core/metrics/metric.ts";
import styles from "./compare.module.css";

export type EvidenceSection = "columns" | "relationships" | "utility" | "privacy" | "methods";

const sectionId = (section: EvidenceSection): string => `evidence-${section}`;

/** Marks a section as a place to jump to. */
export const evidenceProps = (section: EvidenceSection) =>
  ({ id: sectionId(section), tabIndex: -1, "data-evidence": section }) as const;

/** Where the evidence for a metric stands on the page. */
export function evidenceOf(info: MetricInfo): EvidenceSection {
  if (info.family === "utility") return "utility";
  if (info.family === "privacy") return "privacy";
  if (info.id.includes("pair") || info.id.includes("correlation")) return "relationships";
  return info.id.includes("c2st") ? "methods" : "columns";
}

/** Scrolls to a section and moves the focus there; the address keeps saying which view this is. */
export function showEvidence(section: EvidenceSection): void {
  const target = document.getElementById(sectionId(section));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target?.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
  target?.focus({ preventScroll: true });
}

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

const names: Readonly<Record<EvidenceSection, string>> = {
  columns: "Columns",
  relationships: "Relationships",
  utility: "Utility",
  privacy: "Privacy",
  methods: "How it was measured",
};
const isSection = (text: string | undefined): text is EvidenceSection => text !== undefined && text in names;

/** The sections of the evidence, and how many things each holds. */
export function EvidenceNav({ report }: { report: Report }) {
  const current = useSectionInView();
  const n = report.correlations.names.length;
  const counts: Partial<Record<EvidenceSection, number>> = {
    columns: report.columns.length,
    relationships: (n * (n - 1)) / 2,
  };
  return (
    <nav className={styles.nav} aria-label="Evidence">
      {(Object.keys(names) as EvidenceSection[]).map((section) => (
        <button
          key={section}
          type="button"
          className={styles.tab}
          aria-current={section === current ? "location" : undefined}
          onClick={() => showEvidence(section)}
        >
          {names[section]}
          {counts[section] !== undefined && <sup>{counts[section]}</sup>}
        </button>
      ))}
    </nav>
  );
}
