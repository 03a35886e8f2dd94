import { Fragment } from "react";
import type { Report } from "../../../core/lab/comparison.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { shownRuns } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { ColumnsSection } from "./columns-section.tsx";
import { CompareHead } from "./compare-head.tsx";
import styles from "./compare.module.css";
import { EvidenceNav } from "./evidence-nav.tsx";
import { MethodsSection } from "./methods-section.tsx";
import { NothingYet } from "./nothing-yet.tsx";
import { PrivacySection } from "./privacy-section.tsx";
import { RelationshipsSection } from "./relationships-section.tsx";
import { Scorecard } from "./scorecard.tsx";
import { UtilitySection } from "./utility-section.tsx";

export type MeasuredRun = RunView & { readonly report: Report };

const isMeasured = (run: RunView): run is MeasuredRun => run.report !== undefined;

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
  return (
    <div className={styles.body}>
      <Scorecard run={run} beside={beside} />
      <EvidenceNav report={report} />
      <ColumnsSection report={report} order={run.schema.columns.map((column) => column.name)} />
      <RelationshipsSection correlations={report.correlations} />
      <div className={styles.two}>
        <UtilitySection report={report} />
        <PrivacySection report={report} />
      </div>
      <MethodsSection report={report} />
    </div>
  );
}
