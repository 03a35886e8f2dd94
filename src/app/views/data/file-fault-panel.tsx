import { useState } from "react";
import { describeFault, type Fault } from "../../../core/fault.ts";
import { canOpenAgain, openAgain } from "../../state/files/opening.ts";
import type { FileFault } from "../../state/lab-state.ts";
import { tell } from "../../state/lab.ts";
import { useLab } from "../../state/use-lab.ts";
import { count } from "../../../core/words/numbers.ts";
import { browse } from "../../parts/file-doors.tsx";
import { Icon } from "../../parts/icon.tsx";
import { EncodingChoice } from "./encoding-choice.tsx";
import { repairsOf } from "../../parts/repairs.ts";

const titles: Readonly<Record<FileFault["kind"], string>> = {
  table: "This file could not be read",
  model: "This model could not be opened",
  cohort: "The cohort could not be simulated",
};

/** What was wrong, where, and what to do about it; the repair first. */
export function FileFaultPanel({ fileFault }: { fileFault: FileFault }) {
  const { fault, name, kind } = fileFault;
  const table = useLab((state) => state.table);
  const { title, detail, remedy } = describeFault(fault);
  const again = canOpenAgain() && kind === "table";
  const repairs = again ? repairsOf(fault) : [];
  const door = kind === "model" ? "open-model" : "open-file";
  return (
    <div className="wrap">
      <h1>{titles[kind]}</h1>
      <p className="lede">
        {name}. Nothing was changed on disk{table === null ? "" : `, and ${table.name} is still open`}.
      </p>
      <section className="fault" role="alert">
        <h2>
          <Icon name="stop" />
          {title}
        </h2>
        <p>
          {detail} {remedy}
        </p>
        {fault.code === "ragged-row" && <RawRow {...fault} />}
        {fault.code === "encoding-unclear" && again && <EncodingChoice fault={fault} />}
        <div className="acts">
          {repairs.map(({ label, repair }, i) => (
            <button
              key={label}
              type="button"
              className={i === 0 ? "btn pri" : "btn"}
              onClick={() => openAgain(repair)}
            >
              {label}
            </button>
          ))}
          <button
            type="button"
            className={repairs.length === 0 ? "btn pri" : "btn"}
            onClick={() => browse(door)}
          >
            Open another file
          </button>
          <button
            type="button"
            className="btn"
            onClick={() => tell({ type: "page-dismiss", what: "file-fault" })}
          >
            {table === null ? "Back" : `Back to ${table.name}`}
          </button>
          <span className="grow" />
          <CopyError text={[titles[kind], name, title, detail, remedy].join("\n")} />
        </div>
      </section>
      {fault.code === "ragged-row" && repairs.length > 0 && (
        <p className="q s13 after">Rows that are left out are counted and noted beside the table.</p>
      )}
    </div>
  );
}

/** The row as it stands in the file, cell by cell. */
function RawRow({ row, raw, cells, expected }: Extract<Fault, { code: "ragged-row" }>) {
  const off = Math.abs(expected - cells);
  return (
    <div className="cells" tabIndex={0} role="group" aria-label={`Row ${row} as it stands in the file`}>
      <table>
        <thead>
          <tr>
            <th className="ln">row</th>
            {raw.map((_, i) => (
              <th key={i}>{i + 1}</th>
            ))}
            {cells < expected && <th>{cells + 1 === expected ? expected : `${cells + 1}–${expected}`}</th>}
          </tr>
        </thead>
        <tbody>
          <tr className="bad">
            <td className="ln">{count(row)}</td>
            {raw.map((cell, i) => (
              <td key={i} className={i >= expected ? "gone" : ""}>
                {cell}
              </td>
            ))}
            {cells < expected && (
              <td className="gone">{off === 1 ? "1 cell missing" : `${off} cells missing`}</td>
            )}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function CopyError({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  // A page over plain http has no clipboard.
  if (!("clipboard" in navigator)) return null;
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="link" onClick={copy}>
      {copied ? "Copied" : "Copy the error"}
    </button>
  );
}
