import { useId } from "react";
import type { CohortInfo } from "../../../../core/clinic/cohorts/cohort.ts";
import { describeFault } from "../../../../core/fault.ts";
import { aboutDuration, count, percent, plural } from "../../../../core/words/numbers.ts";
import type { ClimbView } from "../../../../worker/protocol.ts";
import { cancelReading } from "../../../state/files/opening.ts";
import { hrefOf } from "../../../state/route.ts";
import { mostPatients, nearestStep, sizesUpTo } from "../../../state/start/sizes.ts";
import { expectedOf, setWish, simulateWish, wishFor } from "../../../state/start/start.ts";
import type { Wish } from "../../../state/start/start-state.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Choice } from "../../../parts/choice.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { MoreChoices } from "./more-choices.tsx";
import styles from "./start.module.css";

interface FormProps {
  readonly cohort: CohortInfo;
  readonly view: ClimbView | undefined;
}

/** How many patients, how far up, from how many hospitals; what it will take, and what went wrong. */
export function SimulateForm({ cohort, view }: FormProps) {
  const start = useLab((state) => state.start);
  const reading = useLab((state) => (state.reading?.inPlace === true ? state.reading : undefined));
  const fault = useLab((state) => (state.fileFault?.inPlace === true ? state.fileFault.fault : undefined));
  const wish = wishFor(start, cohort);
  const expected = expectedOf(start, cohort, wish);
  const words = fault && describeFault(fault);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        simulateWish(cohort);
      }}
    >
      <div className={styles.choices}>
        <PatientsSlider cohort={cohort} wish={wish} />
        <LevelChoice cohort={cohort} wish={wish} />
        <HospitalChoice cohort={cohort} wish={wish} />
        <span className="grow" />
        {reading === undefined ? (
          <button type="submit" className="btn" data-testid="simulate">
            Simulate {plural(wish.patients, "patient")}
          </button>
        ) : (
          <Progress rows={reading.rows} of={expected.rows} looked={reading.looked} />
        )}
      </div>
      {words !== undefined && (
        <p className={styles.fault} role="alert">
          <Icon name="stop" />
          <span>
            <b>{words.title}</b> {words.detail} {words.remedy}
          </span>
        </p>
      )}
      <p className={`s13 q ${styles.expected}`} data-testid="expected">
        {expectedWords(wish, expected)} <a href={hrefOf("numbers")}>Where do these numbers come from?</a>
        {view !== undefined &&
          ` ${plural(view.numbers, "value")}, each with its unit, population and source.`}
        {start.edited !== undefined &&
          ` ${plural(start.edited.file.edited.length, "value")} of ${start.edited.name} in the place of published ones.`}
      </p>
      <MoreChoices cohort={cohort} wish={wish} ages={view?.ages} />
    </form>
  );
}

/** With a fifth of them held out, fewer are too few to compare a model with. */
const ENOUGH = 200;
const FEW = `Enough to look at; comparing a model with them takes ${ENOUGH} patients or more.`;

/** "About 41,000 rows, under 1 s." */
function expectedWords({ level, patients }: Wish, { rows, seconds }: ReturnType<typeof expectedOf>): string {
  const few = patients < ENOUGH ? ` ${FEW}` : "";
  const many = level < 4 ? plural(rows, "row") : `About ${count(Number(rows.toPrecision(2)))} rows`;
  return `${many}${seconds === undefined ? "" : `, ${aboutDuration(seconds)} on this machine`}.${few}`;
}

interface ChoiceProps {
  readonly cohort: CohortInfo;
  readonly wish: Wish;
}

function PatientsSlider({ cohort, wish }: ChoiceProps) {
  const most = mostPatients(wish.level, cohort.rowsPerPatient);
  const steps = sizesUpTo(most);
  const id = useId();
  return (
    <div className={styles.patients}>
      <label htmlFor={id}>
        Patients: <b>{count(wish.patients)}</b>
      </label>
      <input
        id={id}
        className="slider"
        type="range"
        min={0}
        max={steps.length - 1}
        step={1}
        value={nearestStep(steps, wish.patients)}
        aria-valuetext={plural(wish.patients, "patient")}
        data-testid="patients"
        onChange={(event) => setWish(cohort, { patients: steps[Number(event.currentTarget.value)] ?? most })}
      />
      <div className="ticks" aria-hidden="true">
        <span>100</span>
        <span>{count(steps[Math.round((steps.length - 1) / 2)] ?? 0)}</span>
        <span>{count(most)}</span>
      </div>
    </div>
  );
}

const LEVELS = [1, 2, 3, 4] as const;

function LevelChoice({ cohort, wish }: ChoiceProps) {
  return (
    <div>
      <span className={styles.label}>Level</span>
      <span className="seg" role="group" aria-label="Level">
        {LEVELS.map((level) => (
          <button
            key={level}
            type="button"
            className={wish.level === level ? "on" : ""}
            aria-pressed={wish.level === level}
            aria-label={`Level ${level}`}
            data-testid={`level-${level}`}
            onClick={() => setWish(cohort, { level })}
          >
            {level}
          </button>
        ))}
      </span>
    </div>
  );
}

const HOSPITALS = [1, 3, 6, 12].map((hospitals) => ({
  value: String(hospitals),
  label: hospitals === 1 ? "1" : `${hospitals}, mixed devices`,
}));

function HospitalChoice({ cohort, wish }: ChoiceProps) {
  return (
    <div>
      <span className={styles.label}>Hospitals</span>
      <Choice
        label="Hospitals"
        value={String(wish.hospitals)}
        options={HOSPITALS}
        onChange={(hospitals) => setWish(cohort, { hospitals: Number(hospitals) })}
      />
    </div>
  );
}

interface ProgressProps {
  readonly rows: number;
  readonly of: number;
  /** all rows are there, and so much of looking at their columns is done */
  readonly looked: number | undefined;
}

/** Two parts, one after the other: rows are simulated, then every column is looked at. */
function Progress({ rows, of, looked }: ProgressProps) {
  const share = looked ?? Math.min(1, rows / Math.max(1, of));
  const words =
    looked === undefined
      ? `1 of 2: simulating, ${count(rows)} rows so far`
      : `2 of 2: looking at the columns, ${percent(looked, 0)}`;
  return (
    <div className={styles.progress} aria-busy="true">
      <span className="s13" role="status">
        {words}
      </span>
      <div
        className="bar"
        role="progressbar"
        aria-label={looked === undefined ? "Simulating" : "Looking at the columns"}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * share)}
      >
        <i style={{ width: `${100 * share}%` }} />
      </div>
      <button type="button" className="btn" onClick={cancelReading}>
        Cancel
      </button>
    </div>
  );
}
