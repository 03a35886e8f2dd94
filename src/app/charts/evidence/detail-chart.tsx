import type { Detail, Verdict } from "../../../core/metrics/metric.ts";
import { CoefficientsChart } from "./coefficients-chart.tsx";
import { CurvesChart } from "./curves-chart.tsx";
import { FiguresChart } from "./figures-chart.tsx";
import { GroupsTable, groupColumns } from "./groups-table.tsx";
import { ModelsChart } from "./models-chart.tsx";
import { PerColumnChart } from "./per-column-chart.tsx";
import { RulesTable } from "./rules-table.tsx";

interface DetailChartProps {
  /** of the metric */
  readonly name: string;
  readonly detail: Detail;
  readonly verdict: Verdict;
  readonly asTable: boolean;
}

/** What stands behind a metric's number: one chart or table for each type of detail. */
export function DetailChart({ name, detail, verdict, asTable }: DetailChartProps) {
  switch (detail.type) {
    case "per-column":
      return <PerColumnChart columns={detail.columns} asTable={asTable} label={`${name}, worst first`} />;
    case "models":
      return <ModelsChart detail={detail} verdict={verdict} asTable={asTable} />;
    case "figures":
      return <FiguresChart rows={detail.rows} asTable={asTable} label={name} />;
    case "coefficients":
      return <CoefficientsChart models={detail.models} asTable={asTable} />;
    case "curves":
      return <CurvesChart detail={detail} asTable={asTable} />;
    case "groups":
      return <GroupsTable detail={detail} full={asTable} />;
    case "rules":
      return <RulesTable rules={detail.rules} full={asTable} />;
  }
}

/** Whether it needs the whole width of its section. */
export const isWide = (detail: Detail | undefined): boolean =>
  (detail?.type === "groups" && groupColumns(detail) > 2) ||
  (detail?.type === "coefficients" && detail.models.length > 1);
