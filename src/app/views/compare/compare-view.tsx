import { Fragment, memo, useDeferredValue, useMemo, useState } from "react";
import type { Report } from "../../../core/report/report.ts";
import type { Schema } from "../../../core/table/table.ts";
import { ColumnFilterContext } from "../../charts/columns/column-filter.ts";
import { plural } from "../../../core/words/numbers.ts";
import { shownRuns } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { ColumnsSection } from "./columns-section.tsx";
import { CompareHead } from "./compare-head.tsx";
import styles from "./compare.module.css";
import { EvidenceNav } from "./evidence-nav.tsx";
import { isMeasured, measured } from "../../state/measured.ts";
import type { MeasuredRun } from "../../state/measured.ts";
import { MapSection } from "./map-section.tsx";
import { MethodsSection } from "./methods-section.tsx";
import { MetricsSection } from "./metrics-section.tsx";
import { NothingYet } from "./nothing-yet.tsx";
import { RelationshipsSection } from "./relationships-section.tsx";
import { ExposedCard } from "./exposed-card.tsx";
import { RiskCard } from "./risk-card.tsx";
import { ShadowCard } from "./shadow-card.tsx";
import { Scorecard } from "./scorecard.tsx";
import { columnNames, sections } from "./sections.ts";

/** How one run's synthetic rows compare with real rows it never saw; further runs stand beside it. */
export function CompareView() {
  const shown = useLab((state) => shownRuns(state));
  const [run, ...beside] = shown;
  if (run === undefined || !isMeasured(run)) return <NothingYet run={run} />;
  return (
    <Fragment key={run.run}>
      <CompareHead run={run} />
      <Evidence run={run} beside={beside.filter(isMeasured)} />
    </Fragment>
  );
}

function Evidence({ run, beside }: { run: MeasuredRun; beside: readonly MeasuredRun[] }) {
  const { report } = run;
  const [find, setFind] = useState("");
  // Typing stays quick: the evidence follows when there is time.
  const wanted = useDeferredValue(find);
  const shown = useMemo(
    () => sections.filter((section) => section !== "map" || (report.map?.maps.length ?? 0) > 0),
    [report],
  );
  const filter = useMemo(() => ({ find: wanted, names: columnNames(report) }), [wanted, report]);
  return (
    <div className={styles.body}>
      <Scorecard run={run} beside={beside} />
      <EvidenceNav report={report} shown={shown} find={find} setFind={setFind} />
      <ColumnFilterContext value={filter}>
        <Sections run={run.run} report={report} schema={run.schema} model={run.hasModel && !run.fromFile} />
      </ColumnFilterContext>
    </div>
  );
}

interface SectionsProps {
  readonly run: string;
  readonly report: Report;
  readonly schema: Schema;
  /** it was trained here, on a table that may still be open */
  readonly model: boolean;
}

/** All evidence in the page's order. */
const Sections = memo(function Sections({ run, report, schema, model }: SectionsProps) {
  return (
    <>
      <ColumnsSection report={report} order={schema.columns.map((column) => column.name)} />
      <RelationshipsSection report={report} />
      <MetricsSection
        section="fidelity"
        report={report}
        about="Whole rows: the band is what held-out real rows reach, the dotted line is chance"
      />
      <MetricsSection section="utility" report={report} about={utilityWords(report)} />
      <MetricsSection
        section="privacy"
        report={report}
        about="What was measured, not a promise; the dotted line is chance"
      >
        {report.risk !== undefined && <RiskCard report={report} risk={report.risk} />}
        {model && <ShadowCard run={run} />}
        {model && <ExposedCard run={run} />}
      </MetricsSection>
      <MetricsSection section="groups" report={report} about="Each group compared with itself" />
      <MetricsSection section="clinical" report={report} about={clinicalWords(report)} />
      {report.map !== undefined && <MapSection comparison={report.map} />}
      <MethodsSection report={report} />
    </>
  );
});

const utilityWords = ({ target }: Report): string =>
  target === undefined
    ? "What can be learned from synthetic rows, judged on held-out real rows"
    : `Predict ${target} for held-out real rows, and what else is learned from synthetic rows`;

/** "12 of 14 rules hold as often as in real rows" */
function clinicalWords(report: Report): string {
  const rules = measured(report).flatMap(({ result: { detail } }) =>
    detail?.type === "rules" ? detail.rules : [],
  );
  if (rules.length === 0) return "What a clinician would not believe, beside how often real rows have it";
  const hold = rules.filter(({ verdict }) => verdict === "good").length;
  return `${hold} of ${plural(rules.length, "rule")} hold as often as in real rows`;
}
