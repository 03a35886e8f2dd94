import type { Fault } from "../../../core/fault.ts";
import type { Encoding } from "../../../core/table/table.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { openAgain } from "../../state/opening.ts";
import { revise } from "../../state/schema-changes.ts";
import { Choice } from "./column-row.tsx";
import { encodingNames, encodings } from "./encodings.ts";

/** The words on which encodings differ, as each of the likely ones reads them, to be chosen from. */
export function EncodingChoice({ fault }: { fault: Extract<Fault, { code: "encoding-unclear" }> }) {
  return (
    <div className="cells" tabIndex={0} role="group" aria-label="How the words read in each encoding">
      <table>
        <tbody>
          {fault.readings.map(({ encoding, sample }) => (
            <tr key={encoding}>
              <td>
                <button
                  type="button"
                  className="btn sm"
                  onClick={() => openAgain({ encoding: encoding as Encoding })}
                >
                  Read as {encodingNames[encoding as Encoding]}
                </button>
              </td>
              {sample.map((word, i) => (
                <td key={i}>{word}</td>
              ))}
            </tr>
          ))}
          <tr>
            <td colSpan={1 + Math.max(1, ...fault.readings.map(({ sample }) => sample.length))}>
              <Choice
                label="Another encoding"
                title="If none of these reads right"
                value=""
                options={[{ value: "", label: "Another encoding" }, ...encodings]}
                choose={(encoding) => encoding !== "" && openAgain({ encoding })}
              />
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** How the open table's file is read. A mark at its start settles that, so there is nothing to choose. */
export function FileEncoding({ table }: { table: TableView }) {
  const { bom, encoding } = table.schema.dialect;
  if (table.simulated || bom) return null;
  return (
    <Choice
      label="Encoding of the file"
      title="How characters are written as bytes. The file is read again when you change it."
      value={encoding}
      options={encodings}
      choose={(chosen) => revise({ type: "encoding", encoding: chosen })}
    />
  );
}
