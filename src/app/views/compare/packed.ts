/** Blocks of unequal height in lines of two columns, without tall gaps and near the order given. */
import type { Detail } from "../../../core/metrics/metric.ts";
import { isWide } from "../../charts/evidence/detail-chart.tsx";
import type { Place } from "./metric-block.tsx";
import type { MetricRow } from "./sections.ts";

export interface BlockLine {
  readonly place: Place;
  readonly columns: readonly (readonly MetricRow[])[];
}

const ROWS = 8;

function detailHeight(detail: Detail | undefined): number {
  switch (detail?.type) {
    case undefined:
      return 0;
    case "curves":
      return 360;
    case "coefficients":
      return detail.models.reduce((sum, { rows }) => sum + 60 + 42 * Math.min(ROWS, rows.length), 0);
    case "per-column":
      return 50 + 36 * Math.min(ROWS, detail.columns.length);
    case "models":
    case "figures":
      return 50 + 44 * Math.min(ROWS, detail.rows.length);
    case "groups":
      return 50 + 33 * Math.min(ROWS, detail.groups.length);
    case "rules":
      return 50 + 33 * Math.min(ROWS, detail.rules.length);
  }
}

const detailOf = ({ result }: MetricRow): Detail | undefined =>
  result.status === "ok" ? result.detail : undefined;

/** About how many pixels a block takes. */
const heightOf = (row: MetricRow): number =>
  row.result.status === "skipped" ? 110 : 200 + detailHeight(detailOf(row));

/** Each block goes to the column that ends higher. */
function inTwo(rows: readonly MetricRow[]): BlockLine {
  const columns: [MetricRow[], MetricRow[]] = [[], []];
  const heights: [number, number] = [0, 0];
  for (const row of rows) {
    const at = heights[1] < heights[0] ? 1 : 0;
    columns[at].push(row);
    heights[at] += heightOf(row);
  }
  return { place: "column", columns };
}

/** Wide tables take a line of their own; a block that is alone in its line has its chart beside its words. */
export function packed(rows: readonly MetricRow[], two: boolean): BlockLine[] {
  if (!two) return rows.length === 0 ? [] : [{ place: "column", columns: [rows] }];
  const lines: BlockLine[] = [];
  let waiting: MetricRow[] = [];
  const close = (): void => {
    const [first] = waiting;
    if (first === undefined) return;
    const alone = waiting.length === 1 && detailOf(first) !== undefined;
    lines.push(alone ? { place: "beside", columns: [waiting] } : inTwo(waiting));
    waiting = [];
  };
  for (const row of rows) {
    if (!isWide(detailOf(row))) waiting.push(row);
    else {
      close();
      lines.push({ place: "wide", columns: [[row]] });
    }
  }
  close();
  return lines;
}
