import { useId } from "react";
import type { CohortInfo } from "../../../../core/clinic/cohorts/cohort.ts";
import type { PyramidBand } from "../../../../core/clinic/cohorts/population/pyramid.ts";
import { mostPatients, FEWEST_PATIENTS } from "../../../state/start/sizes.ts";
import { setWish } from "../../../state/start/start.ts";
import type { Wish } from "../../../state/start/start-state.ts";
import { NumberField } from "../../../parts/number-field.tsx";
import { PyramidTable } from "./pyramid-table.tsx";
import styles from "./start.module.css";

interface MoreProps {
  readonly cohort: CohortInfo;
  readonly wish: Wish;
  /** of patients as published, from which a person's own begin */
  readonly ages: readonly PyramidBand[] | undefined;
}

/** What few people change: the exact number, the seed, units and ages. */
export function MoreChoices({ cohort, wish, ages }: MoreProps) {
  const [exact, seed] = [useId(), useId()];
  const bands = wish.ages ?? ages ?? [];
  return (
    <details className={styles.moreChoices}>
      <summary>More</summary>
      <div className={styles.further}>
        <div className={styles.field}>
          <label htmlFor={exact}>Patients, exactly</label>
          <NumberField
            id={exact}
            value={wish.patients}
            min={FEWEST_PATIENTS}
            max={mostPatients(wish.level, cohort.rowsPerPatient)}
            whole
            set={(patients) => setWish(cohort, { patients })}
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={seed}>Seed</label>
          <NumberField
            id={seed}
            value={wish.seed}
            min={0}
            max={2 ** 31 - 1}
            whole
            set={(chosen) => setWish(cohort, { seed: chosen })}
          />
        </div>
        <Radios
          title="Units"
          value={wish.units}
          options={[
            { value: "one", label: "The same in every hospital" },
            { value: "own", label: "As each hospital reports them" },
          ]}
          choose={(units) => setWish(cohort, { units })}
        />
        <Radios
          title="Ages and sexes"
          value={wish.ownAges ? "own" : "published"}
          options={[
            { value: "published", label: "As published" },
            { value: "own", label: "My own" },
          ]}
          choose={(which) => setWish(cohort, { ownAges: which === "own", ages: bands })}
        />
      </div>
      {wish.ownAges && <PyramidTable bands={bands} set={(next) => setWish(cohort, { ages: next })} />}
    </details>
  );
}

interface RadiosProps<V extends string> {
  readonly title: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly choose: (value: V) => void;
}

function Radios<V extends string>({ title, value, options, choose }: RadiosProps<V>) {
  const name = useId();
  return (
    <fieldset className={styles.radios}>
      <legend>{title}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => choose(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
