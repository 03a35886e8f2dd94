import { useState } from "react";
import type { TableView } from "../../../worker/protocol.ts";
import { count } from "../../../core/words/numbers.ts";

const atFirst = 6;

/** Everything of the file that was not understood, with counts and examples, before anything is learned from it. */
export function ReadingList({ reading }: { reading: TableView["reading"] }) {
  const [all, setAll] = useState(false);
  if (reading.length === 0) return null;
  const shown = all ? reading : reading.slice(0, atFirst);
  return (
    <section aria-label="Not understood" data-testid="reading-list">
      <div className="lab">
        <span>Not understood or not learned</span>
        <span>{count(reading.length)}</span>
      </div>
      <ul className="notes">
        {shown.map(({ what, column, words, examples = [] }) => (
          <li key={`${what} ${column ?? ""}`}>
            {column !== undefined && <b className="names">{column}: </b>}
            {words}
            {examples.length > 0 && ` In the file: ${examples.map(exampleWords).join(", ")}.`}
          </li>
        ))}
      </ul>
      {reading.length > atFirst && (
        <button type="button" className="link s13 more" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${count(reading.length)}`}
        </button>
      )}
    </section>
  );
}

const exampleWords = ({ text, cells }: { text: string; cells: number }): string =>
  cells === 1 ? `“${text}”` : `“${text}” (${count(cells)})`;
