import { useEffect, useRef } from "react";
import type { CohortInfo } from "../../../../core/clinic/cohorts/cohort.ts";
import { describeFault } from "../../../../core/fault.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Icon } from "../../../parts/icon.tsx";
import { wishFor } from "../../../state/start/start.ts";
import { ClimbLevels } from "./climb-levels.tsx";
import { SimulateForm } from "./simulate-form.tsx";
import styles from "./start.module.css";

interface ClimbPanelProps {
  readonly id: string;
  readonly cohort: CohortInfo;
  readonly close: () => void;
}

/** What each level of a cohort adds, on the same patient, and how many patients are wanted. */
export function ClimbPanel({ id, cohort, close }: ClimbPanelProps) {
  const start = useLab((state) => state.start);
  const view = start.climbs[cohort.id];
  const panel = useRef<HTMLElement>(null);
  const drawn = view !== undefined;
  useEffect(() => {
    if (drawn) panel.current?.scrollIntoView({ block: "nearest" });
  }, [drawn]);
  const fault = start.fault && describeFault(start.fault);
  return (
    <section ref={panel} id={id} className={`card ${styles.panel}`} aria-label={`${cohort.name}, levels`}>
      <header className={styles.title}>
        <h2>{cohort.name}: how far do you want to climb?</h2>
        {view !== undefined && (
          <span className="s13 q">
            The same {view.climb.who} at each level. Each level adds to the one before.
          </span>
        )}
        <button type="button" className="btn quiet icon" aria-label="Close the levels" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {fault !== undefined && view === undefined && (
        <p className={styles.fault} role="alert">
          <Icon name="stop" />
          <span>
            <b>{fault.title}</b> {fault.detail} {fault.remedy}
          </span>
        </p>
      )}
      {view === undefined && fault === undefined && (
        <p className={`q s13 ${styles.wait}`} role="status">
          Looking for a patient to show…
        </p>
      )}
      {view !== undefined && (
        <ClimbLevels
          climb={view.climb}
          level={wishFor(start, cohort).level}
          rowsPerPatient={cohort.rowsPerPatient}
        />
      )}
      <SimulateForm cohort={cohort} view={view} />
    </section>
  );
}
