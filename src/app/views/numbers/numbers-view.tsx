import { useDeferredValue, useEffect, useId, useMemo, useState } from "react";
import type { ListedNumber } from "../../../core/clinic/cohorts/numbers/body/listed-numbers.ts";
import { describeFault } from "../../../core/fault.ts";
import { count, plural } from "../../../core/words/numbers.ts";
import { hrefOf } from "../../state/route.ts";
import type { StartState } from "../../state/start/start-state.ts";
import { dropNumbers, listNumbers, saveNumbers, takeNumbers } from "../../state/start/start.ts";
import { useLab } from "../../state/use-lab.ts";
import { Choice } from "../../parts/choice.tsx";
import { Icon } from "../../parts/icon.tsx";
import { JsonDoor } from "../../parts/json-door.tsx";
import { useMedia } from "../../parts/use-media.ts";
import { findNumbers } from "./find-numbers.ts";
import { NumbersList } from "./numbers-list.tsx";
import { NumbersTable, type Values } from "./numbers-table.tsx";
import styles from "./numbers.module.css";

/** Where the numbers of simulated cohorts come from: each with its unit, whom it was measured on, and its publication. */
export function NumbersView() {
  const { numbers, fault, open, edited } = useLab((state) => state.start);
  const connected = useLab((state) => state.connected);
  useEffect(() => {
    if (connected) listNumbers();
  }, [connected]);
  const words = fault && describeFault(fault);
  return (
    <div className={styles.view}>
      <h1>Where the simulator’s numbers come from</h1>
      <p className="lede">
        Every mean, spread, share, risk and effect of the simulated cohorts, with its unit, the people it is
        about and its publication. “How” says whether the value stands there or was computed, calibrated or
        chosen.
      </p>
      <p className="s13 q">
        <a href={hrefOf("data")}>Back to Data</a>
      </p>
      {words !== undefined && (
        <p className={styles.fault} role="alert">
          <b>{words.title}</b> {words.detail} {words.remedy}
        </p>
      )}
      {edited !== undefined && <Edited edited={edited} />}
      {numbers === undefined && words === undefined && (
        <p className="q" role="status">
          Looking them up…
        </p>
      )}
      {numbers !== undefined && (
        <Listed numbers={numbers} first={open ?? "all"} values={edited?.file.values ?? {}} />
      )}
      <Legend />
    </div>
  );
}

/** What stands in the place of published numbers, and how to be rid of it. */
function Edited({ edited: { name, file } }: { edited: NonNullable<StartState["edited"]> }) {
  return (
    <div className={`card ${styles.edited}`} data-testid="edited-numbers">
      <p>
        <b>
          {plural(file.edited.length, "value")} of {name}
        </b>{" "}
        {file.edited.length === 1 ? "stands" : "stand"} in the place of published ones in what you simulate
        from here on.
      </p>
      <ul className="s13 q">
        {file.edited.map(({ id, about, published, value }) => (
          <li key={id}>
            {about}: {value}, published {published}
          </li>
        ))}
      </ul>
      <button type="button" className="link s13" onClick={dropNumbers}>
        Use the published values again
      </button>
    </div>
  );
}

interface ListedProps {
  readonly numbers: readonly ListedNumber[];
  /** the cohort whose numbers are shown at first */
  readonly first: string;
  /** those that stand in the place of published ones */
  readonly values: Values;
}

function Listed({ numbers, first, values }: ListedProps) {
  const cohorts = useLab((state) => state.cohorts);
  const narrow = useMedia("(max-width: 759px)");
  const [text, setText] = useState("");
  const [cohort, setCohort] = useState(first);
  const wanted = useDeferredValue(text);
  const subjects = useMemo(() => findNumbers(numbers, wanted, cohort), [numbers, wanted, cohort]);
  const found = subjects.reduce((sum, subject) => sum + subject.count, 0);
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
            : `${count(found)} of ${plural(numbers.length, "value")}`}
        </span>
        <Files />
      </div>
      {found === 0 ? (
        <p className={`q ${styles.none}`}>
          No number has all of these words. Fewer words, or all cohorts, find more.
        </p>
      ) : narrow ? (
        <NumbersList key={`${wanted} ${cohort}`} subjects={subjects} values={values} />
      ) : (
        <NumbersTable subjects={subjects} values={values} />
      )}
    </>
  );
}

/** All numbers as a file to be edited by hand, and such a file in use. */
function Files() {
  return (
    <>
      <span className="grow" />
      <button type="button" className="btn sm" onClick={() => void saveNumbers()} data-testid="save-numbers">
        <Icon name="download" />
        Save as a file
      </button>
      <JsonDoor
        words="Use an edited file"
        label="Open an edited file of numbers"
        testId="open-numbers"
        className="btn sm"
        take={takeNumbers}
      />
    </>
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
