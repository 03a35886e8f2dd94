import { useState } from "react";
import { exportStudy } from "../../state/studies/studies.ts";
import { JobFault } from "../../state/worker-link.ts";
import { describeFault } from "../../../core/fault.ts";
import { Icon } from "../../parts/icon.tsx";
import styles from "./studies.module.css";

const KINDS = [
  ["csv", "CSV", "Every cell as CSV"],
  ["json", "JSON", "What was found as JSON"],
  ["html", "HTML", "The report with its pictures as HTML"],
] as const;

/** A study as files: every cell, the result, the report. */
export function SaveStudy({ study }: { readonly study: string }) {
  const [problem, setProblem] = useState("");
  const save = (as: "csv" | "json" | "html"): void => {
    setProblem("");
    exportStudy(study, as).catch((error: unknown) => {
      const words = error instanceof JobFault ? describeFault(error.fault).title : String(error);
      setProblem(`It could not be saved: ${words}`);
    });
  };
  return (
    <>
      <div className={styles.save} role="group" aria-label="Save the study">
        <Icon name="download" />
        {KINDS.map(([as, name, label]) => (
          <button key={as} type="button" title={label} data-testid={`study-${as}`} onClick={() => save(as)}>
            {name}
          </button>
        ))}
      </div>
      {problem !== "" && (
        <p role="alert" className="wrong">
          {problem}
        </p>
      )}
    </>
  );
}
