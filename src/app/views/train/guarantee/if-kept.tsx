import { count } from "../../../../core/words/numbers.ts";
import { epsilonWords } from "../../../../core/words/privacy-limit.ts";
import { guaranteeOfRun } from "../../../state/guarantee/guarantee.ts";
import { useLab } from "../../../state/use-lab.ts";
import styles from "./guarantee.module.css";

const listed = (numbers: readonly number[]): string =>
  numbers.length > 6
    ? `${numbers.slice(0, 6).join(", ")} and ${count(numbers.length - 6)} more`
    : numbers.length > 1
      ? `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`
      : String(numbers[0] ?? "");

/** What the table will have given away in all if the next run is kept as well. */
export function IfKept() {
  const next = useLab((state) => state.guarantee.next);
  const epsilon = useLab((state) => state.settings.epsilon);
  const spent = useLab((state) => state.guarantee.ledger.epsilon);
  const entries = useLab((state) => state.guarantee.ledger.entries.length);
  const table = useLab((state) => state.table?.name);
  const without = useLab((state) =>
    state.runs
      .filter(
        (run) => run.hasModel && !run.fromFile && run.table === table && guaranteeOfRun(run) === undefined,
      )
      .map(({ number }) => number),
  );
  if (epsilon === null || next === undefined) return null;
  return (
    <section className={styles.sum} aria-labelledby="if-kept" data-testid="if-kept">
      <h3 id="if-kept">{entries === 0 ? "If you keep this run" : "If you keep this run as well"}</h3>
      <p className={styles.big}>{epsilonWords(next.epsilon)}</p>
      <p className="q">
        in total for this table.{" "}
        {entries > 0 &&
          `Alone it costs ${epsilonWords(epsilon).slice(2)}; ${entries === 1 ? "one run has" : `${count(entries)} runs have`} already spent ${epsilonWords(spent).slice(2)}.`}
        {next.epsilon > 10 && " That is a limit on paper only: somebody can become all but certain."}
      </p>
      {without.length > 0 && (
        <p className="q">
          {without.length === 1 ? `Run ${listed(without)} has` : `Runs ${listed(without)} have`} no limit at
          all: give {without.length === 1 ? "it" : "them"} away and the total means nothing.
        </p>
      )}
    </section>
  );
}
