import type { Wanted } from "../../../state/conditions.ts";
import styles from "../conditions.module.css";
import { OpenNumber } from "./open-number.tsx";

interface CourseFormProps {
  readonly wanted: Wanted;
  readonly set: (wanted: Wanted) => void;
  /** of the time */
  readonly unit: string | undefined;
}

/** How many visits each patient has, and until when; what is left open is as the model draws it. */
export function CourseForm({ wanted, set, unit }: CourseFormProps) {
  const { visits = {}, until } = wanted;
  const change = (end: "least" | "most", value: number | undefined): void => {
    const { [end]: _before, ...others } = visits;
    const next = { ...others, ...(value === undefined ? {} : { [end]: value }) };
    const { visits: _visits, ...rest } = wanted;
    set({ ...rest, ...(Object.keys(next).length > 0 && { visits: next }) });
  };
  const setUntil = (value: number | undefined): void => {
    const { until: _until, ...rest } = wanted;
    set({ ...rest, ...(value !== undefined && { until: value }) });
  };
  return (
    <fieldset className={styles.part}>
      <legend>Their visits</legend>
      <div className={styles.line} role="group" aria-label="Number of visits">
        <b className={styles.column}>Number of visits</b>
        <OpenNumber
          label="from"
          name="Number of visits from"
          value={visits.least}
          least={1}
          {...(visits.most !== undefined && { most: visits.most })}
          whole
          testId="visits-from"
          set={(value) => change("least", value)}
        />
        <OpenNumber
          label="to"
          name="Number of visits to"
          value={visits.most}
          least={visits.least ?? 1}
          whole
          testId="visits-to"
          set={(value) => change("most", value)}
        />
      </div>
      <div className={styles.line} role="group" aria-label="Visits until">
        <b className={styles.column}>Visits until</b>
        <OpenNumber
          label=""
          name={`Visits until, ${unit ?? "in the unit of the time column"} after the first`}
          value={until}
          least={0}
          testId="visits-until"
          set={setUntil}
        />
        <span className="q">
          {unit === undefined
            ? "after the first visit, in the unit of the time column"
            : `${unit} after the first visit`}
        </span>
      </div>
    </fieldset>
  );
}
