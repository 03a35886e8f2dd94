import { Fragment, useDeferredValue, useEffect, useId, useMemo, useState } from "react";
import type { ListedNumber } from "../../../core/clinic/cohorts/numbers/listed-numbers.ts";
import { describeFault } from "../../../core/fault.ts";
import { plural } from "../../../core/words/numbers.ts";
import { hrefOf } from "../../state/route.ts";
import { listNumbers } from "../../state/start/start.ts";
import { useLab } from "../../state/use-lab.ts";
import { Choice } from "../../parts/choice.tsx";
import { Icon } from "../../parts/icon.tsx";
import { findNumbers, type Subject } from "./find-numbers.ts";
import styles from "./numbers.module.css";

/** Where the numbers of simulated cohorts come from: each with its unit, whom it was measured on, and its publication. */
export function NumbersView() {
  const { numbers, fault, open } = useLab((state) => state.start);
  const connected = useLab((state) => state.connected);
  useEffect(() => {
    if (connected) listNumbers();
  }, [connected]);
  const words = fault && describeFault(fault);
  return (
    <div className={styles.view}>
      <h1>Where the simulator’s numbers come from</h1>
      <p className="lede">
        Every mean, spread, share, risk and effect of the simulated cohorts, with its unit, the people it was
        measured on and its publication. A cohort has no other numbers.
      </p>
      <p className="s13 q">
        <a href={hrefOf("data")}>Back to Data</a>
      </p>
      {words !== undefined && numbers === undefined && (
        <p role="alert">
          <b>{words.title}</b> {words.detail} {words.remedy}
        </p>
      )}
      {numbers === undefined && words === undefined && (
        <p className="q" role="status">
          Looking them up…
        </p>
      )}
      {numbers !== undefined && <Listed numbers={numbers} first={open ?? "all"} />}
      <Legend />
    </div>
  );
}

/** @param first the cohort whose numbers are shown at first */
function Listed({ numbers, first }: { numbers: readonly ListedNumber[]; first: string }) {
  const cohorts = useLab((state) => state.cohorts);
  const [text, setText] = useState("");
  const [cohort, setCohort] = useState(first);
  const wanted = useDeferredValue(text);
  const subjects = useMemo(() => findNumbers(numbers, wanted, cohort), [numbers, wanted, cohort]);
  const found = subjects.reduce((sum, { count }) => sum + count, 0);
  const id = useId();
  return (
    <>
      <div className={styles.tools}>
        <label className={styles.find} htmlFor={id}>
          <Icon name="find" />
          <span className="vh">Find a number</span>
          <input
            id={id}
            type="search"
            placeholder="Find: HbA1c, NHANES, relative risk"
            value={text}
            data-testid="find-number"
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <Choice
          label="Cohort"
          value={cohort}
          options={[
            { value: "all", label: "All cohorts" },
            ...cohorts.map(({ id: value, name: label }) => ({ value, label })),
          ]}
          onChange={setCohort}
        />
        <span className="q s13" role="status" data-testid="found-numbers">
          {found === numbers.length
            ? plural(found, "value")
            : `${found} of ${plural(numbers.length, "value")}`}
        </span>
      </div>
      {found === 0 ? (
        <p className={`q ${styles.none}`}>
          No number has all of these words. Fewer words, or all cohorts, find more.
        </p>
      ) : (
        <NumbersTable subjects={subjects} />
      )}
    </>
  );
}

function NumbersTable({ subjects }: { subjects: readonly Subject[] }) {
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
          <SubjectRows key={subject.name} subject={subject} />
        ))}
      </table>
    </div>
  );
}

function SubjectRows({ subject: { name, count, sources } }: { subject: Subject }) {
  return (
    <tbody>
      <tr className={styles.subject}>
        <th scope="rowgroup" colSpan={5}>
          {name} <span>{plural(count, "value")}</span>
        </th>
      </tr>
      {sources.map((numbers) => (
        <Fragment key={numbers[0]?.citation}>
          <tr className={styles.source}>
            <td colSpan={5}>{numbers[0] !== undefined && <Source number={numbers[0]} />}</td>
          </tr>
          {numbers.map((number) => (
            <NumberRow key={number.id} number={number} />
          ))}
        </Fragment>
      ))}
    </tbody>
  );
}

function Source({ number: { citation, year, at } }: { number: ListedNumber }) {
  return (
    <>
      <span className="vh">Source: </span>
      {citation}
      {citation.includes(String(year)) ? "" : `, ${year}`}. <span className="m">{at}</span>
    </>
  );
}

function NumberRow({ number }: { number: ListedNumber }) {
  const { about, measure, value, unit, population, how, note } = number;
  return (
    <tr>
      <th scope="row">
        {about}
        <span className={styles.under}>{measure}</span>
      </th>
      <td className="r">{String(value).replace("-", "−")}</td>
      <td>{unit === "1" ? "" : unit}</td>
      <td>{population}</td>
      <td>
        {how}
        {note !== undefined && <span className={styles.under}>{note}</span>}
      </td>
    </tr>
  );
}

/** What the words under “How” mean, and why no address is a link. */
function Legend() {
  return (
    <dl className={styles.legend}>
      <div>
        <dt>stated</dt>
        <dd>the number stands in the publication</dd>
      </div>
      <div>
        <dt>computed</dt>
        <dd>from figures that stand there, by the formula beside it</dd>
      </div>
      <div>
        <dt>calibrated</dt>
        <dd>set so that simulated patients show the published figure</dd>
      </div>
      <div>
        <dt>chosen</dt>
        <dd>within what the publication allows, for want of a figure; the reason stands beside it</dd>
      </div>
      <div>
        <dt>addresses</dt>
        <dd>are text to be copied: this page opens no other site. One that begins with 10. is a DOI.</dd>
      </div>
    </dl>
  );
}
