import { useState } from "react";
import type { Suggestion } from "../../../core/table/cleaning-step.ts";
import type { ColumnFlag } from "../../../core/table/profile.ts";
import type { Role } from "../../../core/table/table.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { remember } from "../../state/leaving/coming-back.ts";
import { revise } from "../../state/schema-changes.ts";
import { setSettings } from "../../state/training.ts";
import { whatToSettle } from "../../state/rules/rules.ts";
import { patientsOverTime } from "../../state/table-words.ts";
import { useLab } from "../../state/use-lab.ts";
import { largestSeed } from "../../state/settings.ts";
import { count, plural } from "../../../core/words/numbers.ts";
import { NumberField } from "../../parts/number-field.tsx";
import { Switch } from "../../parts/switch.tsx";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { Identifiers } from "./cleaning/identifiers.tsx";
import { PatientQuestion } from "./cleaning/patient-question.tsx";
import { StepsDone } from "./cleaning/steps-done.tsx";
import { PatientsOverTime } from "./courses/patients-over-time.tsx";
import { Suggestions } from "./cleaning/suggestions.tsx";
import { FileEncoding } from "./encoding-choice.tsx";
import { MissingTokens } from "./missing-tokens.tsx";
import { ReadingList } from "./reading-list.tsx";

/** Beside the table: what it asks for, and what stands before training. */
export function SidePanels({ table }: { table: TableView }) {
  return (
    <div className="sides">
      <aside className="card side first" aria-label="Cleaning">
        <PatientQuestion table={table} />
        <PatientsOverTime table={table} />
        <Suggestions table={table} />
        <Identifiers table={table} />
        <StepsDone table={table} />
      </aside>
      <BeforeTraining table={table} />
    </div>
  );
}

/** Roles, flags with their offers, what is held out, what is kept. */
function BeforeTraining({ table }: { table: TableView }) {
  return (
    <aside className="card side" aria-label="Before training">
      <Ready table={table} />
      <LeftOut table={table} />
      <ReadingList reading={table.reading} />
      <Flags table={table} level="stop" title="Possible identifiers" icon="stop" />
      <Flags table={table} level="check" title="Check" icon="triangle" />
      <Flags table={table} level="note" title="Note" icon="note" />
      {!table.simulated && (table.notes.length > 0 || isText(table)) && (
        <section>
          <div className="lab">
            <span>About the file</span>
          </div>
          {table.notes.length > 0 && (
            <ul className="notes">
              {table.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          {isText(table) && <FileEncoding table={table} />}
        </section>
      )}
      <Holdout table={table} />
      <MissingTokens tokens={table.schema.missingTokens} />
      <Remember table={table} />
    </aside>
  );
}

/** Whether its file is a text, packed or not: no other format leaves the encoding open. */
const isText = ({ storedAs = "Delimited text" }: TableView): boolean =>
  /^(Delimited|Aligned) text/.test(storedAs);

const roleCounts: readonly (readonly [Role, string, string])[] = [
  ["feature", "feature", "features"],
  ["sensitive", "sensitive group", "sensitive groups"],
  ["target", "target", "targets"],
];

function Ready({ table }: { table: TableView }) {
  const { columns } = table.schema;
  const settle = useLab(whatToSettle);
  const parts = roleCounts.flatMap(([role, one, many]) => {
    const n = columns.filter((column) => column.role === role).length;
    return n === 0 ? [] : [plural(n, one, many)];
  });
  const target = columns.some((column) => column.role === "target");
  const [time, event] = (["time", "event"] as const).map(
    (part) => columns.find(({ survival }) => survival === part)?.name,
  );
  return (
    <section>
      <h2>
        {parts.length === 0
          ? "Nothing to learn yet"
          : settle === undefined
            ? "Ready to train"
            : "Rules to settle first"}
      </h2>
      <p className="q s13">
        {parts.length === 0
          ? "Every column is left out. Set at least one column’s role to Feature."
          : `${parts.join(", ")}. Cautious defaults are already applied.`}
        {time !== undefined && event !== undefined && ` Survival: ${time} until ${event}.`}
        {parts.length > 0 && !target && " Mark the outcome as Target to have predictions measured."}
      </p>
    </section>
  );
}

/** Says plainly what training never sees, and what stands in its place. */
function LeftOut({ table }: { table: TableView }) {
  const out = table.schema.columns.filter((c) => c.role === "identifier" || c.role === "omit");
  const names = out.map((column) => column.name);
  const shown = names.slice(0, 6).join(", ") + (names.length > 6 ? ` and ${names.length - 6} more` : "");
  return (
    <section>
      <div className="lab">
        <span>Left out of training</span>
        <span>{names.length}</span>
      </div>
      <p className="q s13">
        {names.length === 0 ? (
          "Identifiers, free text and columns of mostly rare levels would be left out; none was found."
        ) : (
          <>
            <b className="names">{shown}</b>. Identifiers and free text are never learned, nor are columns in
            which most levels are rare unless you include them. In the synthetic table ids are made up and
            other columns left out stay empty.
          </>
        )}
      </p>
    </section>
  );
}

interface FlagsProps {
  readonly table: TableView;
  readonly level: ColumnFlag["level"];
  readonly title: string;
  readonly icon: IconName;
}

const flagsAtFirst = 6;

/** Whether a suggestion says what the flag says, with a way to do something about it. */
const answers = ({ step }: Suggestion, { about }: ColumnFlag): boolean =>
  (about === "spelling" && step.step === "merge") ||
  (about === "unread" && (step.step === "merge" || step.step === "replace" || step.step === "strip-unit"));

function Flags({ table, level, title, icon }: FlagsProps) {
  const named = table.identifiers?.map(({ column }) => column) ?? [];
  const [all, setAll] = useState(false);
  const suggested = useLab((state) => state.cleaning.suggestions);
  const flags = table.columns.flatMap((column) =>
    column.flags.filter(
      (flag) =>
        flag.level === level &&
        !(named.includes(flag.column) && (level === "stop" || flag.about === "person")) &&
        !suggested.some((one) => one.column === flag.column && answers(one, flag)),
    ),
  );
  if (flags.length === 0) return null;
  const shown = all ? flags : flags.slice(0, flagsAtFirst);
  return (
    <section>
      <div className="lab">
        <span>{title}</span>
        <span>{count(flags.length)}</span>
      </div>
      {shown.map((flag, i) => (
        <div
          key={`${i} ${flag.column}`}
          className="w"
          tabIndex={-1}
          {...(table.columns.find((c) => c.schema.name === flag.column)?.flags[0] === flag
            ? { id: `flag-${flag.column}` }
            : {})}
        >
          <Icon name={icon} className={level} />
          <b>{flag.column}</b>
          <p>{flag.text}</p>
          {flag.offer !== undefined && <Offer {...flag.offer} />}
        </div>
      ))}
      {flags.length > flagsAtFirst && (
        <button type="button" className="link s13 more" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${count(flags.length)}`}
        </button>
      )}
    </section>
  );
}

function Offer({ label, change }: NonNullable<ColumnFlag["offer"]>) {
  return (
    <div className="offer">
      <button type="button" className="link s13" onClick={() => revise(change)}>
        {label}
      </button>
    </div>
  );
}

function Holdout({ table }: { table: TableView }) {
  const holdout = useLab((state) => state.settings.holdout);
  const percent = Math.round(100 * holdout.share);
  const patients = table.schema.columns.some((column) => column.role === "identifier");
  const rows = Math.round((table.rows * percent) / 100);
  const over = patientsOverTime(table);
  return (
    <section>
      <div className="lab">
        <span id="holdout-label">Held out, never learned</span>
        <span>{percent}%</span>
      </div>
      <input
        type="range"
        className="slider"
        min={5}
        max={50}
        step={5}
        aria-label="Share of rows held out"
        aria-valuetext={`${percent}%`}
        value={percent}
        onChange={(event) =>
          setSettings({ holdout: { ...holdout, share: Number(event.currentTarget.value) / 100 } })
        }
      />
      <div className="ticks" aria-hidden="true">
        <span>5%</span>
        <span>50%</span>
      </div>
      <p className="q s13">
        {over === undefined
          ? `About ${plural(rows, "row")}${patients ? " (whole patients)" : ""}`
          : `About ${plural(Math.round((over.patients * percent) / 100), "patient")} with all their visits`}{" "}
        set aside before training, to compare with.
      </p>
      <div className="fld">
        <label htmlFor="holdout-seed">Seed of the split</label>
        <NumberField
          id="holdout-seed"
          min={0}
          max={largestSeed}
          whole
          value={holdout.seed}
          set={(seed) => setSettings({ holdout: { ...holdout, seed } })}
        />
      </div>
    </section>
  );
}

function Remember({ table }: { table: TableView }) {
  return (
    <section>
      <Switch
        on={table.remembered}
        set={remember}
        label="Remember this table in this browser"
        about={
          table.simulated
            ? "It survives a reload. No real patient is in it."
            : "Off: it is gone when you close the tab. On: it stays in this browser, encrypted, until you turn this off."
        }
      />
    </section>
  );
}
