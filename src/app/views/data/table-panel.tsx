import { useEffect, type ReactNode } from "react";
import type { TableView } from "../../../worker/protocol.ts";
import { chooseAgain } from "../../state/choosing/choosing.ts";
import { canOpenAgain, closeTable, showRows } from "../../state/files/opening.ts";
import type { DataTab } from "../../state/lab-state.ts";
import { showTab } from "../../state/rules/rules.ts";
import { patientsOverTime, tableWords } from "../../state/table-words.ts";
import { useLab } from "../../state/use-lab.ts";
import { count, duration, plural, size } from "../../../core/words/numbers.ts";
import { browse } from "../../parts/file-doors.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Columns } from "./columns.tsx";
import { FirstRows } from "./first-rows.tsx";
import { SchemaNotice } from "./schema-notice.tsx";
import { SidePanels } from "./side-panel.tsx";
import { SchemaUndo } from "./schema-undo.tsx";
import { TrainButton } from "./train-button.tsx";
import { SaveSimulated } from "./simulated/save-simulated.tsx";
import { RulesView } from "./rules/rules-view.tsx";

function facts(table: TableView): string {
  const over = patientsOverTime(table);
  const shape = `${tableWords(table)}, ${plural(table.columns.length, "column")}`;
  const patient = table.schema.columns.find((column) => column.role === "identifier");
  const grouped =
    patient === undefined || over !== undefined ? "" : ` Rows with the same ${patient.name} stay together.`;
  if (table.simulated)
    return `${shape}, simulated${askedWords(table)}: no real patient is behind any row.${grouped}`;
  const stored = table.storedAs === undefined ? "" : ` ${table.storedAs}.`;
  const weight = table.bytes > 0 ? `, ${size(table.bytes)}` : "";
  return `${shape}${weight}.${stored}${grouped} Read in ${duration(table.seconds)}, on this machine only.`;
}

/** " at level 4 from 3 hospitals, seed 1, with 2 edited numbers" */
function askedWords({ simulation }: TableView): string {
  if (simulation === undefined) return "";
  const { level, hospitals = 1, seed, pyramid, numbers = {} } = simulation;
  const edited = Object.keys(numbers).length;
  const own = [
    ...(pyramid === undefined ? [] : ["ages and sexes of your own"]),
    ...(edited === 0 ? [] : [plural(edited, "edited number")]),
  ];
  const withOwn = own.length === 0 ? "" : `, with ${own.join(" and ")}`;
  return ` at level ${level}${hospitals > 1 ? ` from ${hospitals} hospitals` : ""}, seed ${seed}${withOwn}`;
}

const tabNames: Readonly<Record<DataTab, string>> = { columns: "Columns", rows: "Rows", rules: "Rules" };

function Tabs() {
  const tab = useLab((state) => state.dataTab);
  const rules = useLab((state) => state.rules.list?.lines.length);
  return (
    <span className="seg" role="group" aria-label="Show">
      {(["columns", "rows", "rules"] as const).map((of) => (
        <button
          key={of}
          type="button"
          className={tab === of ? "on" : ""}
          aria-pressed={tab === of}
          onClick={() => showTab(of)}
        >
          {tabNames[of]}
          {of === "rules" && rules !== undefined && ` ${count(rules)}`}
        </button>
      ))}
    </span>
  );
}

/** The table that is open: its columns, first rows or rules, and what stands before training. */
export function TablePanel({ table }: { table: TableView }) {
  useArrival();
  const tab = useLab((state) => state.dataTab);
  if (tab === "rules") return <RulesView table={table} tabs={<Tabs />} />;
  const tabs = (
    <>
      <Tabs />
      <SchemaUndo />
    </>
  );
  return (
    <div className="data-view">
      <Head table={table} />
      <div className="main">
        <section className="card tbl" aria-label="Table">
          <SchemaNotice />
          {tab === "columns" ? <Columns table={table} tabs={tabs} /> : <Rows table={table} tabs={tabs} />}
        </section>
        <SidePanels table={table} />
      </div>
    </div>
  );
}

/** What asked for the table is gone from the page: it begins at its top, and so does the keyboard. */
function useArrival(): void {
  useEffect(() => {
    scrollTo(0, 0);
    if (document.activeElement === document.body) document.getElementById("main")?.focus();
  }, []);
}

function Head({ table }: { table: TableView }) {
  return (
    <div className="head">
      <div className="grow">
        <h1>{table.name}</h1>
        <p className="sub">
          {facts(table)} <NotUnderstood table={table} />
          <button
            type="button"
            className="link"
            title={
              table.remembered ? "Its copy in this browser is removed too" : "The file on disk stays as it is"
            }
            onClick={closeTable}
          >
            Close this table
          </button>
          {/, (sheet|table) /.test(table.storedAs ?? "") && canOpenAgain() && (
            <>
              {" · "}
              <button type="button" className="link" onClick={chooseAgain}>
                Other tables of this file
              </button>
            </>
          )}
        </p>
        {table.simulation !== undefined && <SaveSimulated table={table} asked={table.simulation} />}
      </div>
      <div className="dock">
        <button type="button" className="btn" onClick={() => browse("open-file")}>
          <Icon name="file" />
          <span>
            Open another<span className="opt"> file</span>
          </span>
        </button>
        <TrainButton />
      </div>
    </div>
  );
}

/** Columns that hold cells which do not fit what they are read as. */
function NotUnderstood({ table }: { table: TableView }) {
  const columns = table.columns.filter(({ schema }) => (schema.findings?.stray?.cells ?? 0) > 0).length;
  if (columns === 0) return null;
  return <b>{plural(columns, "column holds", "columns hold")} cells that are not understood yet. </b>;
}

function Rows({ table, tabs }: { table: TableView; tabs: ReactNode }) {
  const rows = useLab((state) => state.rows);
  const wanted = Math.min(100, table.rows);
  useEffect(() => {
    if (rows === undefined) showRows(0, wanted);
  }, [rows, wanted]);
  return (
    <>
      <div className="tools-row">
        {tabs}
        <span className="q3 s13 hint-inline">
          The first {count(wanted)} of {plural(table.rows, "row")}. Identifiers and free text are masked.
        </span>
      </div>
      <FirstRows columns={table.schema.columns} cells={rows?.cells} from={rows?.from ?? 0} />
    </>
  );
}
