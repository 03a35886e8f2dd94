import { useState } from "react";
import type { ColumnMatch, SecondFacts } from "../../../core/studies/second/second-facts.ts";
import { percent, plural } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { matchSecond } from "../../state/studies/studies.ts";
import styles from "./studies.module.css";

const chosenOf = (matches: readonly ColumnMatch[]): Record<string, string> =>
  Object.fromEntries(
    matches.flatMap(({ column, second, refused }) =>
      second === undefined || refused !== undefined ? [] : [[column, second]],
    ),
  );

interface SecondMatchesProps {
  readonly facts: SecondFacts;
  readonly onConfirm: () => void;
}

/** Which columns of the two tables are the same: proposed, changed and confirmed by the person. */
export function SecondMatches({ facts, onConfirm }: SecondMatchesProps) {
  const [confirmed, setConfirmed] = useState(false);
  const { matches, columns, notes } = facts;
  const chosen = chosenOf(matches);
  const same = Object.keys(chosen).length;
  const choose = (column: string, second: string): void => {
    const { [column]: _, ...others } = chosen;
    setConfirmed(false);
    matchSecond(second === "" ? others : { ...others, [column]: second });
  };
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Columns of both tables">
        <table className={styles.matches}>
          <thead>
            <tr>
              <th scope="col">Open table</th>
              <th scope="col">{facts.name}</th>
              <th scope="col">Likely the same because</th>
              <th scope="col">What is done to its cells</th>
            </tr>
          </thead>
          <tbody>
            {matches.map((match) => (
              <tr key={match.column}>
                <th scope="row">{match.column}</th>
                <td>
                  <select
                    className="sel"
                    aria-label={`Column of ${facts.name} that is ${match.column}`}
                    value={match.second ?? ""}
                    onChange={(event) => choose(match.column, event.currentTarget.value)}
                  >
                    <option value="">none</option>
                    {columns.map((name) => (
                      <option key={name} value={name}>
                        {name}
                      </option>
                    ))}
                  </select>
                </td>
                <td>
                  {match.reason}
                  {match.second !== undefined && match.sure < 1 && (
                    <span className={styles.half}> {percent(match.sure, 0)} sure</span>
                  )}
                </td>
                <td>
                  {match.refused === undefined ? (
                    (match.turned ?? (match.second === undefined ? "left out" : "nothing"))
                  ) : (
                    <span className="wrong">{match.refused}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          <Icon name="note" />
          <span>{note}</span>
        </p>
      ))}
      <div className={styles.doors}>
        <button
          type="button"
          className="btn sm"
          data-testid="confirm-second"
          disabled={confirmed || same === 0}
          onClick={() => {
            setConfirmed(true);
            matchSecond(chosen);
            onConfirm();
          }}
        >
          {confirmed && <Icon name="check" />}
          {confirmed ? `${plural(same, "column")} confirmed` : confirmWords(same)}
        </button>
        {!confirmed && same > 0 && (
          <span className="s13 q">Until then only the surer ones are taken as the same.</span>
        )}
      </div>
    </>
  );
}

function confirmWords(same: number): string {
  if (same === 0) return "No column is in both tables";
  return same === 1
    ? "Confirm that this column is the same"
    : `Confirm that these ${same} columns are the same`;
}
