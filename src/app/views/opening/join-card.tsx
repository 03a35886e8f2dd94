import { describeFault } from "../../../core/fault.ts";
import type { JoinChoice, JoinLook, Keep } from "../../../core/intake/join/join.ts";
import { count, percent, plural } from "../../../core/words/numbers.ts";
import { setJoin } from "../../state/choosing/choosing.ts";
import { columnsOf, nameOf, type ChoosingState } from "../../state/choosing/choosing-state.ts";
import { Icon } from "../../parts/icon.tsx";
import { FanOut } from "./fan-out.tsx";
import { keepWords } from "./words.ts";
import styles from "./opening.module.css";

/** By which columns two tables are joined, what matches, and what is kept of several rows for one. */
export function JoinCard({ choosing }: { choosing: ChoosingState }) {
  const { join, ticked } = choosing;
  const [first, second] = ticked;
  if (first === undefined || second === undefined) return null;
  const [left, right] = [nameOf(choosing, first), nameOf(choosing, second)];
  // What a person chose is shown at once, and counted after.
  const counted = join?.look;
  const look = counted && { ...counted, choice: choosing.joinChoice ?? counted.choice };
  return (
    <section
      className={`card ${styles.card}`}
      aria-labelledby="join-title"
      aria-busy={join?.answered !== true}
    >
      <header>
        <h2 id="join-title">
          Join {left} and {right}
        </h2>
        <p>
          {look?.choice.visits
            ? `Every row of ${right} becomes a visit; what ${left} says is repeated beside it.`
            : `Every row of ${left} stays; what ${right} says is attached to it.`}
        </p>
      </header>
      {join?.answered !== true && (
        <p className={`${styles.in} q s13`} role="status">
          Counting what matches…
        </p>
      )}
      {join?.fault !== undefined && <Wrong words={Object.values(describeFault(join.fault)).join(" ")} />}
      {look?.problem !== undefined && <Wrong words={look.problem} />}
      {look !== undefined && (
        <div className={`${styles.in} ${styles.join}`}>
          <Keys choosing={choosing} look={look} left={left} right={right} />
          <Matches look={look} left={left} right={right} />
          {!look.right.unique && look.fanOut.length > 0 && <FanOut look={look} left={left} right={right} />}
          {!look.right.unique && <Kept look={look} />}
          {look.long !== undefined && <Analytes look={look} long={look.long} left={left} />}
        </div>
      )}
    </section>
  );
}

const Wrong = ({ words }: { words: string }) => (
  <p className={styles.wrong} role="alert">
    <Icon name="stop" />
    <span>{words}</span>
  </p>
);

interface SidesProps {
  readonly look: JoinLook;
  readonly left: string;
  readonly right: string;
}

function Keys({ choosing, look, left, right }: SidesProps & { readonly choosing: ChoosingState }) {
  const [first, second] = choosing.ticked;
  const { choice, candidates } = look;
  const columns = {
    left: first === undefined ? [] : columnsOf(choosing, first),
    right: second === undefined ? [] : columnsOf(choosing, second),
  };
  const set = (at: number, side: "left" | "right", name: string): void => {
    const [key] = choice.keys.slice(at);
    if (key !== undefined)
      setJoin({ ...choice, keys: withPartner(choice.keys.with(at, { ...key, [side]: name }), at, side) });
  };
  // One that both have is the likely partner of the one that is chosen.
  const withPartner = (keys: JoinChoice["keys"], at: number, side: "left" | "right"): JoinChoice["keys"] => {
    const name = keys[at]?.[side] ?? "";
    const other = side === "left" ? "right" : "left";
    const partner =
      candidates.find((one) => one[side] === name)?.[other] ?? columns[other].find((one) => one === name);
    const key = keys[at];
    return partner === undefined || key === undefined ? keys : keys.with(at, { ...key, [other]: partner });
  };
  const [key] = choice.keys;
  const reason = candidates.find((one) => one.left === key?.left && one.right === key.right);
  const more = columns.left.find(
    (name) => columns.right.includes(name) && !choice.keys.some((one) => one.left === name),
  );
  return (
    <div>
      <h3>By which column</h3>
      {choice.keys.map((one, at) => (
        <div key={at} className={styles.keys}>
          <ColumnChoice
            label={`Column of ${left}`}
            table={left}
            value={one.left}
            columns={columns.left}
            choose={(name) => set(at, "left", name)}
          />
          <span aria-hidden="true">=</span>
          <ColumnChoice
            label={`Column of ${right}`}
            table={right}
            value={one.right}
            columns={columns.right}
            choose={(name) => set(at, "right", name)}
          />
        </div>
      ))}
      {reason !== undefined && <p className={styles.reason}>{reason.why}</p>}
      <p className={styles.links}>
        {more !== undefined && (
          <button
            type="button"
            className="link s13"
            onClick={() => setJoin({ ...choice, keys: [...choice.keys, { left: more, right: more }] })}
          >
            One more column
          </button>
        )}
        {choice.keys.length > 1 && (
          <button
            type="button"
            className="link s13"
            onClick={() => setJoin({ ...choice, keys: choice.keys.slice(0, -1) })}
          >
            Without the last
          </button>
        )}
      </p>
    </div>
  );
}

interface ColumnChoiceProps {
  readonly label: string;
  readonly table: string;
  readonly value: string;
  readonly columns: readonly string[];
  readonly choose: (name: string) => void;
}

function ColumnChoice({ label, table, value, columns, choose }: ColumnChoiceProps) {
  return (
    <span className={styles.select}>
      <select
        className="sel"
        aria-label={label}
        title={`${table}: ${value}`}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {!columns.includes(value) && <option value={value}>{value}</option>}
        {columns.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}

function Matches({ look, left, right }: SidesProps) {
  const sides = [
    {
      name: left,
      side: look.left,
      words: (matched: number, rest: number) =>
        `${count(matched)} matched${rest === 0 ? "" : `; ${count(rest)} without a match, ${look.choice.visits ? "left out" : "which stay with empty cells"}`}`,
    },
    {
      name: right,
      side: look.right,
      words: (matched: number, rest: number) =>
        `${count(matched)} matched${rest === 0 ? "" : `; ${count(rest)} without a row in ${left}, left out`}`,
    },
  ];
  return (
    <div>
      <h3>What matches</h3>
      <dl className={styles.matches}>
        {sides.map(({ name, side: { rows, matched }, words }, i) => (
          <div key={`${i} ${name}`}>
            <dt>{name}</dt>
            <dd>
              <span
                className={styles.bar}
                role="img"
                aria-label={`${percent(matched / Math.max(1, rows))} of ${plural(rows, "row")} of ${name} matched`}
              >
                <i style={{ width: percent(matched / Math.max(1, rows)) }} />
              </span>
              {words(matched, rows - matched)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const keeps: readonly Keep[] = ["first", "last", "least", "greatest", "mean", "count"];

function Kept({ look: { choice, order, visits } }: { look: JoinLook }) {
  const { visits: asVisits, ...summed } = choice;
  const set = (keep: Keep, on: boolean): void =>
    setJoin({ ...summed, keep: keeps.filter((one) => (one === keep ? on : choice.keep.includes(one))) });
  return (
    <fieldset className={styles.kept}>
      <legend>What to keep of several values</legend>
      <div>
        <label data-on={asVisits}>
          <input
            type="checkbox"
            checked={asVisits === true}
            onChange={(event) => setJoin(event.currentTarget.checked ? { ...summed, visits: true } : summed)}
          />
          Every row, as a visit
        </label>
        {keeps.map((keep) => {
          const on = !asVisits && choice.keep.includes(keep);
          return (
            <label key={keep} data-on={on || undefined}>
              <input
                type="checkbox"
                checked={on}
                disabled={on && choice.keep.length === 1}
                onChange={(event) => set(keep, event.currentTarget.checked)}
              />
              {keepWords[keep]}
            </label>
          );
        })}
      </div>
      <p className={styles.reason}>
        {asVisits ? (
          <>
            Every row stays as a visit of its patient
            {visits !== undefined && `: ${plural(visits.rows, "row")}`}.
            {visits !== undefined &&
              visits.without > 0 &&
              ` ${plural(visits.without, "row")} without a visit ${visits.without === 1 ? "is" : "are"} left out.`}
          </>
        ) : (
          <>
            Each makes its own column. First and last are told{" "}
            {order === undefined ? "by the order of the rows" : `by ${order}`}; lowest, highest and mean are
            taken of numbers and dates.
          </>
        )}
      </p>
    </fieldset>
  );
}

type Long = NonNullable<JoinLook["long"]>;

/** One row per test on the right: which of the tests become columns. */
function Analytes({ look, long, left }: { look: JoinLook; long: Long; left: string }) {
  const chosen = look.choice.analytes;
  const analytes = long.analytes.map((one) => ({ ...one, taken: chosen?.includes(one.name) ?? one.taken }));
  const taken = analytes.filter(({ taken: is }) => is).map(({ name }) => name);
  const set = (name: string, on: boolean): void =>
    setJoin({
      ...look.choice,
      analytes: analytes.flatMap((one) => ((one.name === name ? on : one.taken) ? [one.name] : [])),
    });
  const rarer = analytes.length - taken.length;
  return (
    <details className={styles.kept}>
      <summary>
        {plural(taken.length, `value of ${long.analyte}`, `values of ${long.analyte}`)} become columns
        {rarer > 0 && `; ${plural(rarer, "rarer one is", "rarer ones are")} left out`}
      </summary>
      <div>
        {analytes.map(({ name, rows, taken: on }) => (
          <label key={name} data-on={on || undefined}>
            <input
              type="checkbox"
              checked={on}
              disabled={on && taken.length === 1}
              onChange={(event) => set(name, event.currentTarget.checked)}
            />
            {name}
            <span className="q3 s" title={`rows of ${left} that have it`}>
              {count(rows)}
            </span>
          </label>
        ))}
      </div>
    </details>
  );
}
