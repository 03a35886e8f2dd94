import { Fragment } from "react";
import type { ListedNumber } from "../../../core/clinic/cohorts/numbers/listed-numbers.ts";
import { plural } from "../../../core/words/numbers.ts";
import type { Subject } from "./find-numbers.ts";
import { Source, valueText, type Values } from "./numbers-table.tsx";
import styles from "./numbers.module.css";

interface ListProps {
  readonly subjects: readonly Subject[];
  readonly values: Values;
}

/** So many values are shown at once; more stay folded by subject. */
const OPEN = 40;

/** The numbers one under the other, where a table would have to be moved sideways. */
export function NumbersList({ subjects, values }: ListProps) {
  const all = subjects.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className={`card ${styles.list}`} role="region" aria-label="Numbers of the simulator">
      {subjects.map(({ name, count, sources }) => (
        <details key={name} open={all <= OPEN}>
          <summary>
            {name} <span>{plural(count, "value")}</span>
          </summary>
          {sources.map((numbers) => (
            <Fragment key={numbers[0]?.citation}>
              <p className={styles.listSource}>
                {numbers[0] !== undefined && <Source number={numbers[0]} />}
              </p>
              <ul>
                {numbers.map((number) => (
                  <NumberItem key={number.id} number={number} own={values[number.id]} />
                ))}
              </ul>
            </Fragment>
          ))}
        </details>
      ))}
    </div>
  );
}

/** @param own what stands in the place of the published value */
function NumberItem({ number, own }: { number: ListedNumber; own: number | undefined }) {
  const { about, measure, value, unit, population, how, note } = number;
  const units = unit === "1" ? "" : ` ${unit}`;
  return (
    <li>
      <p className={styles.itemHead}>
        <span>{about}</span>
        <b>
          {valueText(own ?? value)}
          {units}
        </b>
      </p>
      <p className={styles.itemFacts}>
        {measure}, {population}, {how}
        {own !== undefined && `; published ${valueText(value)}`}
        {note !== undefined && `. ${note}`}
      </p>
    </li>
  );
}
