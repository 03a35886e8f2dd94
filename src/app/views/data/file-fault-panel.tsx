import { useState } from "react";
import { describeFault, type Fault } from "../../../core/fault.ts";
import type { Repair } from "../../../worker/protocol.ts";
import { canOpenAgain, openAgain } from "../../state/opening.ts";
import type { FileFault } from "../../state/lab-state.ts";
import { tell } from "../../state/lab.ts";
import { useLab } from "../../state/use-lab.ts";
import { count } from "../../charts/format.ts";
import { browse } from "../shell/file-doors.tsx";
import { Icon } from "../shell/icon.tsx";

const titles: Readonly<Record<FileFault["kind"], string>> = {
  table: "This file could not be read",
  model: "This model could not be opened",
  cohort: "The cohort could not be simulated",
};

/** What reading the file differently could mend. */
function repairOf(fault: Fault): { label: string; repair: Repair } | undefined {
  switch (fault.code) {
    case "ragged-row":
      return {
        label:
          fault.alsoRows > 0 ? `Leave out these ${count(fault.alsoRows + 1)} rows` : "Leave out this row",
        repair: { skipRaggedRows: true },
      };
    case "duplicate-column":
      return { label: "Number the later ones", repair: { numberDuplicateColumns: true } };
    case "unclosed-quote":
      return { label: "Read quotes as plain characters", repair: { literalQuotes: true } };
    default:
      return undefined;
  }
}

/** What was wrong, where, and what to do about it; the repair first. */
export function FileFaultPanel({ fileFault }: { fileFault: FileFault }) {
  const { fault, name, kind } = fileFault;
  const table = useLab((state) => state.table);
  const { title, detail, remedy } = describeFault(fault);
  const repair = canOpenAgain() && kind === "table" ? repairOf(fault) : undefined;
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
        <div className="acts">
          {repair !== undefined && (
            <button type="button" className="btn pri" onClick={() => openAgain(repair.repair)}>
              {repair.label}
            </button>
          )}
          <button
            type="button"
            className={repair === undefined ? "btn pri" : "btn"}
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
      {fault.code === "ragged-row" && repair !== undefined && (
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
