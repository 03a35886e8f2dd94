import { useId, useState, type ClipboardEvent } from "react";
import type { PyramidBand } from "../../../../core/clinic/cohorts/population/pyramid.ts";
import { readBands } from "../../../state/start/read-bands.ts";
import { NumberField } from "../../../parts/number-field.tsx";
import { Icon } from "../../../parts/icon.tsx";
import styles from "./start.module.css";

interface PyramidTableProps {
  readonly bands: readonly PyramidBand[];
  readonly set: (bands: readonly PyramidBand[]) => void;
}

const FIELDS = [
  ["from", "From", 110],
  ["to", "To", 110],
  ["women", "Women", 1e9],
  ["men", "Men", 1e9],
] as const;

/** Age bands with women and men, typed or pasted; only their shares count. */
export function PyramidTable({ bands, set }: PyramidTableProps) {
  const [refused, setRefused] = useState(false);
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\r\n\t]/.test(text)) return;
    event.preventDefault();
    const read = readBands(text);
    setRefused(read === undefined);
    if (read !== undefined) set(read);
  };
  const change = (at: number, band: PyramidBand): void => set(bands.map((one, i) => (i === at ? band : one)));
  const add = (): void => {
    const from = Math.min(110, (bands.at(-1)?.to ?? 19) + 1);
    set([...bands, { from, to: Math.min(110, from + 9), women: 1, men: 1 }]);
  };
  return (
    <div className={styles.pyramid} onPaste={paste}>
      <p className="s13 q">
        The table begins with the percentages of a few simulated patients. Type counts or shares of your own,
        or paste rows of “20-29, women, men” into any field.
      </p>
      {refused && (
        <p className="wrong" role="alert">
          The pasted text is not a list of age bands: each line needs an age band, women and men.
        </p>
      )}
      <table>
        <thead>
          <tr>
            {FIELDS.map(([field, title]) => (
              <th key={field} scope="col">
                {title}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {bands.map((band, i) => (
            <Band
              key={i}
              number={i + 1}
              band={band}
              set={(next) => change(i, next)}
              remove={() => set(bands.filter((_, at) => at !== i))}
            />
          ))}
        </tbody>
      </table>
      <button type="button" className="link s13" onClick={add}>
        Add a band
      </button>
    </div>
  );
}

interface BandProps {
  readonly number: number;
  readonly band: PyramidBand;
  readonly set: (band: PyramidBand) => void;
  readonly remove: () => void;
}

function Band({ number, band, set, remove }: BandProps) {
  const id = useId();
  return (
    <tr>
      {FIELDS.map(([field, title, max]) => (
        <td key={field}>
          <label className="vh" htmlFor={`${id}-${field}`}>
            {title}, band {number}
          </label>
          <NumberField
            id={`${id}-${field}`}
            value={band[field]}
            min={0}
            max={max}
            whole={field === "from" || field === "to"}
            set={(value) => set({ ...band, [field]: value })}
          />
        </td>
      ))}
      <td>
        <button
          type="button"
          className="btn quiet icon"
          aria-label={`Remove band ${number}`}
          onClick={remove}
        >
          <Icon name="bin" />
        </button>
      </td>
    </tr>
  );
}
