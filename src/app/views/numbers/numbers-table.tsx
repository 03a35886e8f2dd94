import { Fragment } from "react";
import type { ListedNumber } from "../../../core/clinic/cohorts/numbers/listed-numbers.ts";
import { plural } from "../../../core/words/numbers.ts";
import type { Subject } from "./find-numbers.ts";
import styles from "./numbers.module.css";

/** Values that stand in the place of published ones, by id. */
export type Values = Readonly<Record<string, number>>;

/** A row for each number, under its subject and its publication. */
export function NumbersTable({ subjects, values }: { subjects: readonly Subject[]; values: Values }) {
  return (
    <div className={`card ${styles.scroll}`} role="region" aria-label="Numbers of the simulator" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className="r">
              Value
            </th>
            <th scope="col">Unit</th>
            <th scope="col">Population</th>
            <th scope="col">How</th>
          </tr>
        </thead>
        {subjects.map((subject) => (
          <SubjectRows key={subject.name} subject={subject} values={values} />
        ))}
      </table>
    </div>
  );
}

function SubjectRows({ subject, values }: { subject: Subject; values: Values }) {
  const { name, sources } = subject;
  return (
    <tbody>
      <tr className={styles.subject}>
        <th scope="rowgroup" colSpan={5}>
          {name} <span>{plural(subject.count, "value")}</span>
        </th>
      </tr>
      {sources.map((numbers) => (
        <Fragment key={numbers[0]?.citation}>
          <tr className={styles.source}>
            <td colSpan={5}>{numbers[0] !== undefined && <Source number={numbers[0]} />}</td>
          </tr>
          {numbers.map((number) => (
            <NumberRow key={number.id} number={number} own={values[number.id]} />
          ))}
        </Fragment>
      ))}
    </tbody>
  );
}

/** A publication, by the first number that is taken from it. */
export function Source({ number: { citation, year, at } }: { number: ListedNumber }) {
  return (
    <>
      <span className="vh">Source: </span>
      {citation}
      {citation.includes(String(year)) ? "" : `, ${year}`}. <span className="m">{at}</span>
    </>
  );
}

/** @param own what stands in the place of the published value */
function NumberRow({ number, own }: { number: ListedNumber; own: number | undefined }) {
  const { about, measure, value, unit, population, how, note } = number;
  return (
    <tr>
      <th scope="row">
        {about}
        <span className={styles.under}>{measure}</span>
      </th>
      <td className="r">
        {valueText(own ?? value)}
        {own !== undefined && <span className={styles.under}>published {valueText(value)}</span>}
      </td>
      <td>{unit === "1" ? "" : unit}</td>
      <td>{population}</td>
      <td>
        {how}
        {note !== undefined && <span className={styles.under}>{note}</span>}
      </td>
    </tr>
  );
}

/** All of its digits, as it stands in the table. */
export const valueText = (value: number): string =>
  value.toLocaleString("en-US", { maximumSignificantDigits: 15 }).replace("-", "−");
