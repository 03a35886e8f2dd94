import { hrefOf } from "../../../state/route.ts";
import styles from "./plane.module.css";

/** Under everything that was computed of a run with a guarantee. */
export function NotCovered() {
  return (
    <p className={styles.note} role="note">
      <svg className="ic" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 2.200L14.500 13.500h-13zM8 6.500v3.400M8 11.700v.1" />
      </svg>
      <span>
        <b>This page was computed from the real patients, so the guarantee does not cover it.</b> Keep it
        inside your institution. The report for outside compares the synthetic rows with the noisy counts
        only. <a href={hrefOf("take-away")}>Make the report for outside</a>
      </span>
    </p>
  );
}
