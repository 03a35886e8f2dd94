import { useId, useState } from "react";
import type { ColumnSchema } from "../../../core/table/table.ts";
import type { ExportFormat } from "../../../core/export/formats.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { count, plural, size } from "../../../core/words/numbers.ts";
import { askedOf } from "../../state/conditions.ts";
import { MOST_PATIENTS, MOST_ROWS, setOrder, useOrder, useWanted } from "../../state/order.ts";
import { Choice } from "../../parts/choice.tsx";
import { exportFormatNames, exportFormats } from "../../state/files/export-formats.ts";
import styles from "./take-away.module.css";
import { wholeNumber } from "./whole-number.ts";

const LARGEST_SEED = 2 ** 31 - 1;

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly hint: string;
  readonly testId?: string;
  readonly grouped: boolean;
  readonly onChange: (value: number) => void;
}

/** A whole number; while what is typed is not one, the last good one stays in use and the field says why. */
function NumberField(props: NumberFieldProps) {
  const { label, value, low, high, hint, testId, grouped, onChange } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const shown = typed ?? (grouped ? count(value) : String(value));
  const wrong = typed !== undefined && wholeNumber(typed, low, high) === undefined;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="inp"
        inputMode="numeric"
        autoComplete="off"
        data-testid={testId}
        value={shown}
        aria-invalid={wrong}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = wholeNumber(event.target.value, low, high);
          if (next !== undefined) onChange(next);
        }}
        onBlur={() => setTyped(undefined)}
      />
      <p id={`${id}-hint`} className={wrong ? styles.wrong : "s q3"} role={wrong ? "alert" : undefined}>
        {wrong ? `A whole number from ${count(low)} to ${count(high)}.` : hint}
      </p>
    </div>
  );
}

const named = (columns: readonly ColumnSchema[]): string => {
  const names = columns.slice(0, 4).map((column) => column.name);
  const more = columns.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
};

/** Columns that the model did not learn, and what stands in them. */
function unlearned(run: RunView, overTime: boolean): string[] {
  const { columns } = run.schema;
  const isLearned = (c: ColumnSchema): boolean =>
    c.role !== "identifier" && c.role !== "omit" && c.kind !== "identifier" && c.kind !== "text";
  const isId = (c: ColumnSchema): boolean =>
    c.fresh === undefined
      ? c.role === "identifier" || c.kind === "identifier"
      : c.fresh !== "" && !isLearned(c);
  const identifiers = columns.filter(isId);
  const empty = columns.filter((c) => c.role === "omit" && !isId(c));
  return [
    ...(identifiers.length > 0
      ? [
          `${named(identifiers)}: numbered anew${overTime ? ", one number for all visits of a patient" : ""}; nothing is taken from the real ones, though a number can be the same by chance.`,
        ]
      : []),
    ...(empty.length > 0 ? [`${named(empty)}: left out of training, so the cells are empty.`] : []),
  ];
}

/** What the rows are saved as; the file's ending follows. */
function FormatField({ format }: { format: ExportFormat }) {
  return (
    <div className={styles.field}>
      <span>Format</span>
      <Choice
        large
        label="Format"
        value={format}
        options={exportFormatNames.map((name) => ({ value: name, label: exportFormats[name].label }))}
        onChange={(chosen) => setOrder({ format: chosen })}
      />
      <p className="s q3">
        {format === "csv" ? "as the source is written" : `ends in .${exportFormats[format].ending}`}
      </p>
    </div>
  );
}

interface RowsCardProps {
  readonly run: RunView;
  readonly bytes: number | undefined;
  /** the name it will be saved under */
  readonly file: string;
  /** what its rows meet, "" for all kinds */
  readonly which: string;
}

/** How many rows, from which seed, and what the file will look like. */
export function RowsCard({ run, bytes, file, which }: RowsCardProps) {
  const asked = askedOf(useWanted(run.run));
  const { rows, patients, seed, format } = useOrder(run, asked);
  const { short, keeps } = exportFormats[format];
  const notes = unlearned(run, patients !== undefined);
  return (
    <section className="card" aria-label="Rows">
      <div className={styles.rows}>
        {patients === undefined ? (
          <NumberField
            label="How many rows"
            value={rows}
            low={1}
            high={MOST_ROWS}
            hint={`at most ${count(MOST_ROWS)}`}
            testId="rows"
            grouped
            onChange={(value) => setOrder({ rows: value })}
          />
        ) : (
          <NumberField
            label="How many patients"
            value={patients}
            low={1}
            high={MOST_PATIENTS}
            hint={`about ${plural(rows, "visit")}`}
            testId="patients"
            grouped
            onChange={(value) => setOrder({ patients: value })}
          />
        )}
        <NumberField
          label="Seed"
          value={seed}
          low={0}
          high={LARGEST_SEED}
          hint={patients === undefined ? "another seed, other rows" : "another seed, other patients"}
          grouped={false}
          onChange={(value) => setOrder({ seed: value })}
        />
        <FormatField format={format} />
        <div className={styles.format}>
          <p>
            <b>
              {short}
              {bytes === undefined ? "" : `, about ${size(bytes)}`}.
            </b>{" "}
            {count(run.schema.columns.length)} columns, same names, order, {keeps} as in {run.table}.
          </p>
          {which !== "" && (
            <p>
              Saved as <b className={styles.file}>{file}</b>, under the condition: {which}.
            </p>
          )}
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      </div>
    </section>
  );
}
