import { LEAST_EPSILON, MOST_DELTA, MOST_EPSILON, MOST_ROWS_PER_PATIENT } from "../../../state/settings.ts";
import { deltaWords, epsilonWords, protectsWords } from "../../../../core/words/privacy-limit.ts";
import { setSettings } from "../../../state/training.ts";
import { useLab } from "../../../state/use-lab.ts";
import { NumberField } from "../../../parts/number-field.tsx";
import styles from "./guarantee.module.css";

/** Epsilon and delta as they will be used, whom they protect, where the noise comes from, what the seed repeats. */
export function GuaranteeDetails() {
  const { epsilon, delta, rowsPerPatient } = useLab((state) => state.settings);
  const offer = useLab((state) => state.guarantee.offer);
  if (epsilon === null) return null;
  const unit = offer?.unit ?? "row";
  return (
    <section data-testid="guarantee-details">
      <h2>Details</h2>
      <dl className={styles.details}>
        <dt className="q3">
          <label htmlFor="own-epsilon">ε</label>
        </dt>
        <dd>
          <span className={styles.own}>
            <NumberField
              id="own-epsilon"
              min={LEAST_EPSILON}
              max={MOST_EPSILON}
              value={epsilon}
              set={(value) => setSettings({ epsilon: value })}
            />
          </span>
        </dd>
        <dt className="q3">
          <label htmlFor="own-delta">δ</label>
        </dt>
        <dd>
          <span className={styles.own}>
            <NumberField
              id="own-delta"
              min={0}
              max={MOST_DELTA}
              value={delta}
              set={(value) => setSettings({ delta: value })}
            />
          </span>
          <span className="s q3">
            {delta === 0
              ? `0 takes 1/(n√n)${offer === undefined ? "" : ` rounded down, here ${deltaWords(offer.delta)}`}: the probability that ${epsilonWords(epsilon)} does not hold`
              : `the probability that ${epsilonWords(epsilon)} does not hold; never above 1/n`}
          </span>
        </dd>
        <dt className="q3">Protects</dt>
        <dd>{protectsWords(unit, rowsPerPatient)}</dd>
        {unit === "patient" && (
          <>
            <dt className="q3">
              <label htmlFor="rows-per-patient">Rows each</label>
            </dt>
            <dd>
              <span className={styles.own}>
                <NumberField
                  id="rows-per-patient"
                  min={1}
                  max={MOST_ROWS_PER_PATIENT}
                  whole
                  value={rowsPerPatient}
                  set={(value) => setSettings({ rowsPerPatient: value })}
                />
              </span>
              <span className="s q3">
                {rowsPerPatient === 1
                  ? "One row of each patient counts, drawn by chance; all others are dropped."
                  : `At most ${rowsPerPatient} rows of each patient count, others are dropped. Noise grows as much.`}
              </span>
            </dd>
          </>
        )}
        <dt className="q3">Noise</dt>
        <dd>from the browser’s cryptographic generator</dd>
        <dt className="q3">Seed</dt>
        <dd>repeats the rows, not the noise</dd>
        <dt className="q3">Rules</dt>
        <dd>not kept: they were read from the patients</dd>
      </dl>
    </section>
  );
}
