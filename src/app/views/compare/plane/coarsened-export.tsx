import { useEffect, useRef, useState } from "react";
import { describeFault, FaultError } from "../../../../core/fault.ts";
import { count, percent } from "../../../../core/words/numbers.ts";
import { listed } from "../../../../core/words/plane-words.ts";
import { closeCoarsened, exportCoarsened } from "../../../state/plane/plane.ts";
import type { PlaneState } from "../../../state/plane/plane-state.ts";
import { useLab } from "../../../state/use-lab.ts";
import type { CoarsenedLook } from "../../../../worker/protocol.ts";
import { JobFault } from "../../../state/worker-link.ts";
import styles from "./plane.module.css";

/** What the file would be, said before it is made: real patients, with fewer details. */
export function CoarsenedExport({ run }: { run: string }) {
  const asked = useLab((state) => state.plane.coarsening);
  return asked?.run === run ? <Export key={asked.job} asked={asked} /> : null;
}

function Export({ asked }: { asked: NonNullable<PlaneState["coarsening"]> }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [state, setState] = useState<"asking" | "saving" | "saved" | { readonly fault: string }>("asking");
  useEffect(() => heading.current?.focus(), []);
  const { run, k, by, look, fault } = asked;
  const save = async (): Promise<void> => {
    setState("saving");
    try {
      await exportCoarsened(run, k, by);
      setState("saved");
    } catch (error) {
      setState({ fault: faultWords(error) });
    }
  };
  const said = fault === undefined ? undefined : describeFault(fault);
  return (
    <div className={styles.export} role="group" aria-label={`Export at k = ${k}`}>
      <h3 ref={heading} tabIndex={-1}>
        This file contains your real patients, with fewer details (k = {k})
      </h3>
      {said && (
        <p role="alert">
          {said.title} {said.detail} {said.remedy}
        </p>
      )}
      {look === undefined ? (
        said === undefined && <p role="status">Coarsening the whole table …</p>
      ) : (
        <Losses look={look} />
      )}
      <div className={styles.wait}>
        <button
          type="button"
          className="btn"
          disabled={look === undefined || state === "saving"}
          onClick={() => void save()}
        >
          {state === "saving" ? "Saving …" : "Save the real rows, coarsened"}
        </button>
        <button type="button" className="btn quiet" onClick={closeCoarsened}>
          Close
        </button>
        {state === "saved" && <span role="status">Saved. It stays a file of real patients.</span>}
        {typeof state === "object" && <span role="alert">{state.fault}</span>}
      </div>
    </div>
  );
}

function faultWords(error: unknown): string {
  if (error instanceof JobFault || error instanceof FaultError) {
    const { title, remedy } = describeFault(error.fault);
    return `${title} ${remedy}`;
  }
  return "The file could not be saved.";
}

const MOST_NAMED = 12;
const some = (names: readonly string[]): string =>
  names.length <= MOST_NAMED
    ? listed(names)
    : `${names.slice(0, MOST_NAMED).join(", ")} and ${count(names.length - MOST_NAMED)} more`;

function Losses({ look }: { look: CoarsenedLook }) {
  const { k, of, rows, leftOut, detailLost, smallest, variety, known, untouched, withoutColumns } = look;
  return (
    <>
      <p>
        It is not synthetic and no guarantee covers it: treat it as you treat the table itself. It never goes
        into the folder of what is safe to share.
      </p>
      <ul>
        <li>
          {count(rows)} of {count(of)} rows of the whole table, {leftOut === 0 ? "none" : count(leftOut)} left
          out.
        </li>
        <li>
          Coarsened: {some(known)}, to intervals such as “40 to 55” and sets such as “A or B”. Detail lost:{" "}
          {percent(detailLost, 0)}.
        </li>
        <li>
          The smallest group has {count(smallest)} patients who look alike (k = {k})
          {variety !== undefined &&
            `; the fewest different values of the target in a group: ${count(variety)}${
              variety <= 1 ? ", so whoever knows that a patient is in that group knows the outcome" : ""
            }`}
          .
        </li>
        {untouched.length > 0 && (
          <li>
            As they were: {some(untouched)}. Whoever knows {untouched.length === 1 ? "it" : "some of them"}{" "}
            may find a patient all the same.
          </li>
        )}
        {withoutColumns.length > 0 && <li>Not in the file: {some(withoutColumns)}.</li>}
      </ul>
    </>
  );
}
