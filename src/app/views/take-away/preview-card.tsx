import type { RunView } from "../../../worker/protocol.ts";
import { plural } from "../../charts/format.ts";
import styles from "./take-away.module.css";

interface PreviewCardProps {
  readonly run: RunView;
  readonly preview:
    { readonly names: readonly string[]; readonly cells: readonly (readonly string[])[] } | undefined;
  readonly rows: number;
}

/** The first rows of the file, as they will be written. */
export function PreviewCard({ run, preview, rows }: PreviewCardProps) {
  const { columns } = run.schema;
  const isNumber = (i: number): boolean => columns[i]?.kind === "integer" || columns[i]?.kind === "decimal";
  const isMissing = (text: string, i: number): boolean => text === (columns[i]?.missingToken ?? "");
  const names = preview?.names ?? columns.map((column) => column.name);
  const cells = preview?.cells.slice(0, rows);
  return (
    <section className="card" aria-label="Preview">
      <div className={styles.previewHead}>
        <h2 className="grow">Preview</h2>
        <span className="q s13">
          {cells ? `first ${cells.length} of ${plural(rows, "row")}` : "Making the first rows…"}
        </span>
      </div>
      <div className={styles.preview} tabIndex={0} role="region" aria-label="First synthetic rows">
        <table aria-busy={cells === undefined}>
          <thead>
            <tr>
              {names.map((name, i) => (
                <th key={name} scope="col" className={isNumber(i) ? "r" : ""}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells
              ? cells.map((row, r) => (
                  <tr key={r}>
                    {row.map((text, i) => (
                      <td
                        key={names[i] ?? i}
                        className={`${isNumber(i) ? "r" : ""} ${isMissing(text, i) ? "q3" : ""}`}
                      >
                        {text === "" ? "empty" : text}
                      </td>
                    ))}
                  </tr>
                ))
              : Array.from({ length: 5 }, (_, r) => (
                  <tr key={r} className={styles.skeleton}>
                    {names.map((name) => (
                      <td key={name}>
                        <i />
                      </td>
                    ))}
                  </tr>
                ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
