import { plural } from "../../../core/words/numbers.ts";
import { nameOf, type ChoosingState } from "../../state/choosing/choosing-state.ts";
import styles from "./opening.module.css";

/** As many columns of each table are shown, the others as dots. */
const LEFT = 5;
const RIGHT = 8;

interface Shown {
  /** undefined: dots for those that are left out */
  readonly column: number | undefined;
  readonly right: boolean;
}

function shownOf(all: number, added: number): Shown[] {
  const own = all - added;
  const some = (from: number, length: number, most: number, right: boolean): Shown[] => [
    ...Array.from({ length: Math.min(length, most) }, (_, i) => ({ column: from + i, right })),
    ...(length > most ? [{ column: undefined, right }] : []),
  ];
  return [...some(0, own, LEFT, false), ...some(own, added, RIGHT, true)];
}

/** The first rows of the joined table. */
export function ResultCard({ choosing }: { choosing: ChoosingState }) {
  const { join, ticked } = choosing;
  const [first, second] = ticked;
  const { look, cells } = join ?? {};
  const [names, ...rows] = cells ?? [];
  if (look === undefined || names === undefined || first === undefined || second === undefined) return null;
  const added = Math.min(look.added.length, names.length);
  const [left, right] = [nameOf(choosing, first), nameOf(choosing, second)];
  const shown = shownOf(names.length, added);
  const span = (side: boolean): number => shown.filter((one) => one.right === side).length;
  return (
    <section className={`card ${styles.card}`} aria-labelledby="result-title" data-testid="what-you-open">
      <header>
        <h2 id="result-title">What you will open</h2>
        <p>
          {plural(look.visits?.rows ?? look.left.rows, "row")}, {plural(names.length, "column")}:{" "}
          {names.length - added} from {left}, {added} from {right}. First rows; identifiers are masked.
        </p>
      </header>
      <div className={styles.in}>
        <div className={styles.cells} tabIndex={0} role="group" aria-label="First rows of the joined table">
          <table>
            <thead>
              <tr className={styles.from}>
                <th scope="colgroup" colSpan={Math.max(1, span(false))}>
                  from {left}
                </th>
                {span(true) > 0 && (
                  <th scope="colgroup" colSpan={span(true)} data-right>
                    from {right}
                  </th>
                )}
              </tr>
              <tr>
                {shown.map(({ column, right: side }, i) => (
                  <th key={i} scope="col" data-right={side || undefined}>
                    {column === undefined ? "…" : names[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                <tr key={i}>
                  {shown.map(({ column }, j) => (
                    <Cell key={j} text={column === undefined ? undefined : (row[column] ?? "")} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className={styles.reason}>
          The join belongs to the table as it is opened: to change it, open the files again.
        </p>
      </div>
    </section>
  );
}

const isNumber = /^[+-]?[<>≤≥]?\s?\d[\d.,]*%?$/;

function Cell({ text }: { text: string | undefined }) {
  if (text === undefined) return <td />;
  if (text === "") return <td className="q3">empty</td>;
  return <td className={isNumber.test(text) ? "r" : ""}>{text}</td>;
}
