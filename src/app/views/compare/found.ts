/** What the search field finds: measures by their words, and what stands inside them by the names of columns. */
import type { Report } from "../../../core/report/report.ts";
import { sides } from "../../../core/words/sides.ts";

export type MetricRow = Report["metrics"][number];

export interface Found {
  /** measures to be shown; undefined: all of them, nothing is looked for */
  readonly shown?: ReadonlySet<string>;
  /** measures in which it stands, so that they are opened */
  readonly inside: ReadonlySet<string>;
  /** some column is called so */
  readonly columns: boolean;
}

/** The names that stand inside a measure: columns, pairs, groups, rules, models. */
export function namesInside({ result }: MetricRow): string[] {
  if (result.status !== "ok" || result.detail === undefined) return [];
  const { detail } = result;
  switch (detail.type) {
    case "per-column":
      return detail.columns.map(({ name }) => name);
    case "models":
    case "figures":
      return detail.rows.map(({ name }) => name);
    case "groups":
      return detail.groups.map(({ name }) => name);
    case "rules":
      return detail.rules.map(({ rule }) => rule);
    case "coefficients":
      return detail.models.flatMap(({ name, rows }) => [name, ...rows.map(({ term }) => term)]);
    case "curves":
      return detail.curves.map(({ name }) => name);
  }
}

export function foundIn(report: Report, query: string): Found {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return { inside: new Set(), columns: false };
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  const inside = new Set(
    report.metrics.filter((row) => namesInside(row).some(has)).map(({ info }) => info.id),
  );
  const named = report.metrics
    .filter(({ info }) => [info.name, info.id, info.summary, sides[info.family].name].some(has))
    .map(({ info }) => info.id);
  return {
    shown: new Set([...inside, ...named]),
    inside,
    columns: report.columns.some(({ name }) => has(name)),
  };
}
