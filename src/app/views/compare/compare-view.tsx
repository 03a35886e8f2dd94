import { Fragment } from "react";
import { shownRuns } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { isMeasured, type MeasuredRun } from "../../state/measured.ts";
import { AllMeasures } from "./all-measures.tsx";
import { CompareHead } from "./compare-head.tsx";
import styles from "./compare.module.css";
import { PatientsCard } from "./courses/patients-card.tsx";
import { FindingsSection } from "./findings-section.tsx";
import { FoldsContext } from "./folds.ts";
import { NothingYet } from "./nothing-yet.tsx";
import { OpenQuestions } from "./open-questions.tsx";
import { PlaneSection } from "./plane/plane-section.tsx";
import { SidesCard } from "./sides-card.tsx";
import { useFoldState } from "./use-folds.ts";

/** How one run's synthetic rows compare with real rows it never saw: one page to read, and below it everything measured. */
export function CompareView() {
  const shown = useLab((state) => shownRuns(state));
  const [run, ...beside] = shown;
  if (run === undefined || !isMeasured(run)) return <NothingYet run={run} />;
  return (
    <Fragment key={run.run}>
      <CompareHead run={run} />
      <Page run={run} beside={beside.filter(isMeasured)} />
    </Fragment>
  );
}

function Page({ run, beside }: { run: MeasuredRun; beside: readonly MeasuredRun[] }) {
  const { report } = run;
  const folds = useFoldState(report);
  return (
    <FoldsContext value={folds}>
      <div className={styles.body}>
        <SidesCard run={run} beside={beside} />
        {report.courses !== undefined && <PatientsCard report={report} courses={report.courses} />}
        <FindingsSection run={run} />
        <OpenQuestions report={report} />
        <PlaneSection run={run} />
        <AllMeasures run={run} all={folds.all} toggleAll={folds.toggleAll} />
      </div>
    </FoldsContext>
  );
}
