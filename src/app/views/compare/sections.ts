/** The sections of the evidence, in the page's order, and which metric stands in which: by its family and its detail. */
import type { Report } from "../../../core/report/report.ts";
import type { Detail, Family } from "../../../core/metrics/metric.ts";

export type MetricRow = Report["metrics"][number];

export const sections = [
  "columns",
  "relationships",
  "fidelity",
  "utility",
  "privacy",
  "groups",
  "clinical",
  "map",
  "methods",
] as const;
export type EvidenceSection = (typeof sections)[number];

export const sectionNames: Readonly<Record<EvidenceSection, string>> = {
  columns: "Columns",
  relationships: "Relationships",
  fidelity: "Fidelity",
  utility: "Utility",
  privacy: "Privacy",
  groups: "Groups",
  clinical: "Clinical rules",
  map: "Map",
  methods: "How it was measured",
};

/** Where the evidence of a whole side begins. */
export const sectionOfFamily: Readonly<Record<Family, EvidenceSection>> = {
  fidelity: "columns",
  utility: "utility",
  privacy: "privacy",
  fairness: "groups",
  clinical: "clinical",
};

const detailOf = ({ result }: MetricRow): Detail | undefined =>
  result.status === "ok" ? result.detail : undefined;

/** Where a metric's evidence stands. Fidelity that is told column by column stands with the columns, pair by pair with the pairs. */
export function sectionOf(row: MetricRow, columns: ReadonlySet<string>): EvidenceSection {
  const detail = detailOf(row);
  if (row.info.family !== "fidelity") return sectionOfFamily[row.info.family];
  if (detail?.type !== "per-column" || detail.columns.length === 0) return "fidelity";
  return detail.columns.every(({ name }) => columns.has(name)) ? "columns" : "relationships";
}

export const columnNames = (report: Report): ReadonlySet<string> =>
  new Set(report.columns.map(({ name }) => name));

/** The metrics of a section, in the report's order: worst first, those that could not be measured last. */
export function metricsOf(report: Report, section: EvidenceSection): MetricRow[] {
  const names = columnNames(report);
  return report.metrics.filter((row) => sectionOf(row, names) === section);
}
