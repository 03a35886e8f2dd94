import { useState } from "react";
import type { RunView, TableView } from "../../../worker/protocol.ts";
import { cancelMaking, completeTable, filledName, type Filled } from "../../state/files/taking-away.ts";
import { useLab } from "../../state/use-lab.ts";
import { count, percent, plural } from "../../../core/words/numbers.ts";
import { Switch } from "../../parts/switch.tsx";
import { Icon } from "../../parts/icon.tsx";
import styles from "./take-away.module.css";

interface Gaps {
  /** empty cells of learned columns */
  readonly cells: number;
  readonly columns: number;
  /** those of them that are empty by rule */
  readonly rules: TableView["emptyByRule"];
  readonly byRule: number;
  /** cells that could not be read: they are not empty and stay */
  readonly unread: number;
}

function gapsOf(table: TableView, run: RunView): Gaps {
  const learned = new Set(
    run.schema.columns
      .filter(({ role, kind }) => role !== "identifier" && role !== "omit" && kind !== "text")
      .map(({ name }) => name),
  );
  const unread = new Map(
    table.reading.flatMap(({ what, column = "", count: cells = 0 }) =>
      what === "unread" ? [[column, cells] as const] : [],
    ),
  );
  const gaps = table.columns
    .filter(({ schema }) => learned.has(schema.name))
    .map(({ missing, schema }) => missing - (unread.get(schema.name) ?? 0))
    .filter((missing) => missing > 0);
  const rules = table.emptyByRule.filter(({ column }) => learned.has(column));
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  return {
    cells: sum(gaps),
    columns: gaps.length,
    rules,
    byRule: sum(rules.map(({ cells }) => cells)),
    unread: sum([...unread.values()]),
  };
}

interface CompleteProps {
  readonly run: RunView;
  readonly seed: number;
  /** the model draws patients over time: a cell is drawn given all visits of its patient */
  readonly over: boolean;
}

/** The open table with its empty cells filled in by the model: real rows, so it is no synthetic table. */
export function CompleteCard({ run, seed, over }: CompleteProps) {
  const table = useLab((state) => state.table);
  const [fillAll, setFillAll] = useState(false);
  if (table === null) return null;
  const gaps = gapsOf(table, run);
  const wanted = fillAll ? gaps.cells : gaps.cells - gaps.byRule;
  return (
    <section className="card" aria-label="Fill in empty cells">
      <div className={styles.model}>
        <div className="grow">
          <h2>Fill in empty cells</h2>
          <p className="s13 q">
            {gaps.cells === 0
              ? `${table.name} has no empty cells in the columns this model learned.`
              : `${table.name} has ${plural(gaps.cells, "empty cell")} in ${plural(gaps.columns, "column")} this model learned. The model draws a value for ${wanted === gaps.cells ? "each" : count(wanted)} of them, given the rest of the ${over ? "patient’s visits" : "row"}; a cell stays empty where no value goes with it. Every other cell comes back exactly as it stands in the file${gaps.unread > 0 ? `, including ${plural(gaps.unread, "cell")} that could not be read` : ""}.`}{" "}
            <b>This file contains your real patients</b>, not synthetic ones.
          </p>
          {gaps.rules.length > 0 && (
            <div className={styles.rules}>
              <Rules rules={gaps.rules} />
              <Switch
                on={fillAll}
                set={setFillAll}
                label={`Fill in ${gaps.byRule === 1 ? "this cell" : `these ${count(gaps.byRule)} cells`} too`}
              />
            </div>
          )}
        </div>
        <Files run={run} seed={seed} fillAll={fillAll} none={wanted <= 0} />
      </div>
    </section>
  );
}

const rulesShown = 6;

/** Which empty cells stay empty, and why. */
function Rules({ rules }: { rules: Gaps["rules"] }) {
  return (
    <>
      <p className="s13 q">These stay empty, because no row like them has a value:</p>
      <ul className="s13 q" data-testid="empty-by-rule">
        {rules.slice(0, rulesShown).map(({ column, where, cells }) => (
          <li key={`${column} ${where}`}>
            <b>{column}</b>: {plural(cells, "cell")} where {where}
          </li>
        ))}
        {rules.length > rulesShown && <li>{plural(rules.length - rulesShown, "more rule")}</li>}
      </ul>
    </>
  );
}

function Files({
  run,
  seed,
  fillAll,
  none,
}: {
  run: RunView;
  seed: number;
  fillAll: boolean;
  none: boolean;
}) {
  const making = useLab((state) => state.making.find((m) => m.run === run.run && m.kind === "completed"));
  if (making !== undefined) {
    const share = making.total === 0 ? 0 : making.rows / making.total;
    return (
      <button type="button" className="btn sm" onClick={() => cancelMaking(making.job)}>
        {percent(share, 0)} of {count(making.total)} rows. Cancel
      </button>
    );
  }
  const file = (what: Filled["what"], label: string) => (
    <button
      type="button"
      className="btn sm"
      data-testid={what === "table" ? "complete-csv" : "filled-cells"}
      disabled={none}
      title={filledName(what)}
      onClick={() => {
        // A fault is shown under the header by the store.
        completeTable(run.run, seed, { what, fillAll }).catch(() => {});
      }}
    >
      <Icon name="download" />
      {label}
    </button>
  );
  return (
    <div className={styles.files}>
      {file("table", "Save the filled table")}
      {file("cells", "Save the list of filled cells")}
    </div>
  );
}
