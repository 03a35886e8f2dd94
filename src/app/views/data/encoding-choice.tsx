import type { Fault } from "../../../core/fault.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { openAgain } from "../../state/files/opening.ts";
import { revise } from "../../state/schema-changes.ts";
import { Choice } from "./choice.tsx";
import { encodings } from "../../parts/encodings.ts";
import { encodingRepairs } from "../../parts/repairs.ts";

/** The words on which encodings differ, as each of the likely ones reads them, to be chosen from. */
export function EncodingChoice({ fault }: { fault: Extract<Fault, { code: "encoding-unclear" }> }) {
  return (
    <>
      <div className="cells" tabIndex={0} role="group" aria-label="How the words read in each encoding">
        <table>
          <tbody>
            {encodingRepairs(fault).map(({ label, repair }, at) => (
              <tr key={label}>
                <td className="way">
                  <button type="button" className="btn sm" onClick={() => openAgain(repair)}>
                    {label}
                  </button>
                </td>
                {fault.readings[at]?.sample.map((word, i) => (
                  <td key={i}>{word}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="encoding">
        <Choice
          label="Another encoding"
          title="If none of these reads right"
          value=""
          options={[{ value: "", label: "Another encoding" }, ...encodings]}
          choose={(encoding) => encoding !== "" && openAgain({ encoding })}
        />
      </div>
    </>
  );
}

/** How the open table's file is read. A mark at its start settles that, so there is nothing to choose. */
export function FileEncoding({ table }: { table: TableView }) {
  const { bom, encoding } = table.schema.dialect;
  if (table.simulated || bom) return null;
  return (
    <div className="encoding">
      <Choice
        label="Encoding of the file"
        title="How characters are written as bytes. The file is read again when you change it."
        value={encoding}
        options={encodings}
        choose={(chosen) => revise({ type: "encoding", encoding: chosen })}
      />
    </div>
  );
}
