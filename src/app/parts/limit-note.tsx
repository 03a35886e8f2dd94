import type { RunView } from "../../worker/protocol.ts";
import { claimedGuarantee } from "../../core/words/guarantee.ts";
import { NOT_PRIVATE, deltaWords, epsilonWords, isPrivate } from "../../core/words/privacy-limit.ts";
import { guaranteeOfRun } from "../state/guarantee/guarantee.ts";
import { hrefOf } from "../state/route.ts";
import { Icon } from "./icon.tsx";
import styles from "./limit-note.module.css";

/** The limit of a run, what of this page it does not cover, and whose word it is; nothing for a run without one. */
export function LimitNote({ run, covers }: { run: RunView; covers: "page" | "files" }) {
  const guarantee = guaranteeOfRun(run);
  if (guarantee === undefined) return null;
  if (!isPrivate(guarantee))
    return (
      <p className={`${styles.note} ${styles.loud}`} role="alert" data-testid="not-private">
        <Icon name="stop" />
        <span>{NOT_PRIVATE}</span>
      </p>
    );
  const { epsilon, delta, unit } = guarantee;
  return (
    <p className={styles.note} data-testid="limit-note">
      <b className={styles.limit}>{epsilonWords(epsilon)}</b>
      <span>
        {run.fromFile
          ? `The file’s claim: ${claimedGuarantee(guarantee)}`
          : `A limit of ${epsilonWords(epsilon)} at δ ${deltaWords(delta)} for each ${unit} holds for the model and its rows.`}
        {covers === "page" && !run.fromFile && (
          <>
            {" "}
            It does not cover this page, which was measured on real patients: keep it inside. For others there
            is the report for outside on <a href={hrefOf("take-away")}>Take away</a>.
          </>
        )}
      </span>
    </p>
  );
}
