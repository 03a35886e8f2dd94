import type { MeasuredRun } from "../state/measured.ts";
import { isOfOlderRules } from "../state/rules/older-rules.ts";
import { evaluate } from "../state/training.ts";
import { useLab } from "../state/use-lab.ts";
import styles from "./rest-line.module.css";

/** Where the clinical rules of the open table are not those that a report counted: that it is so, and the way out. */
export function OlderRulesLine({ run }: { run: MeasuredRun }) {
  const older = useLab((state) => isOfOlderRules(state, run));
  if (!older || run.state !== "done") return null;
  return (
    <div className={styles.line} data-testid="older-rules">
      <p className="s13 q">The clinical rules have changed since. This evaluation used the older ones.</p>
      {run.hasModel && !run.fromFile && run.measuring !== true && (
        <button type="button" className="btn quiet" onClick={() => evaluate(run.run)}>
          Measure with the current rules
        </button>
      )}
    </div>
  );
}
