import { useId } from "react";
import { putFirst, setPurpose } from "../../state/choosing/choosing.ts";
import { keyOf, nameOf, purposesOf, type ChoosingState } from "../../state/choosing/choosing-state.ts";
import { Choice } from "../../parts/choice.tsx";
import { inWords, purposeNames, purposeWords } from "./words.ts";
import styles from "./opening.module.css";

/** What several tables are to each other decides what is asked next. */
export function PurposeQuestion({ choosing }: { choosing: ChoosingState }) {
  const name = useId();
  const [only] = choosing.files;
  const purposes = purposesOf(choosing);
  if (purposes.filter(({ off }) => off === undefined).length < 2) return null;
  return (
    <fieldset className={`card ${styles.ask}`} data-testid="what-are-they">
      <legend>
        {choosing.files.length > 1
          ? `You opened ${inWords(choosing.files.length)} files. What are they?`
          : `${only?.name ?? ""} holds several tables. What do you want of them?`}
      </legend>
      <div className={styles.answers}>
        {purposes.map(({ purpose, off }) => (
          <label
            key={purpose}
            data-on={choosing.purpose === purpose || undefined}
            data-off={off !== undefined || undefined}
          >
            <input
              type="radio"
              name={name}
              value={purpose}
              checked={choosing.purpose === purpose}
              disabled={off !== undefined}
              onChange={() => setPurpose(purpose)}
            />
            <b>{purposeNames[purpose]}</b>
            <span>{off ?? purposeWords(choosing, purpose)}</span>
          </label>
        ))}
      </div>
      <WhichIsWhich choosing={choosing} />
    </fieldset>
  );
}

/** Where the two are not alike, a person says which is which. */
function WhichIsWhich({ choosing }: { choosing: ChoosingState }) {
  const { purpose, ticked } = choosing;
  const [first, second] = ticked;
  if (first === undefined || second === undefined) return null;
  if (purpose !== "elsewhere" && purpose !== "held-out" && purpose !== "parts") return null;
  const words = {
    elsewhere: ["The real table is", "the other is the synthetic one."],
    "held-out": ["Training rows are in", "the other was held out."],
    parts: ["Each row stays of", "the other is joined to it."],
  }[purpose];
  return (
    <p className={styles.which}>
      {words[0]}
      <Choice
        label={words[0] ?? ""}
        value={keyOf(first)}
        options={ticked.map((at) => ({ value: keyOf(at), label: nameOf(choosing, at) }))}
        onChange={(key) => {
          const at = ticked.find((one) => keyOf(one) === key);
          if (at !== undefined) putFirst(at);
        }}
      />
      {words[1]}
    </p>
  );
}
