import { useState } from "react";
import type { ColumnProfile } from "../../../../core/table/profile.ts";
import { count } from "../../../../core/words/numbers.ts";
import { revise } from "../../../state/schema-changes.ts";
import { Icon } from "../../../parts/icon.tsx";
import styles from "./cleaning.module.css";

/** The order of an ordered category's levels, lowest first; buttons and Alt with the arrows move one. */
export function LevelOrder({ column: { schema, levels = [] } }: { column: ColumnProfile }) {
  const known = levels.map(({ text }) => text);
  const [moved, setMoved] = useState<readonly string[] | undefined>();
  if (schema.measure !== "ordinal" || known.length < 2) return null;
  const order = moved?.length === known.length ? moved : known;
  const cells = new Map(levels.map(({ text, cells: of }) => [text, of]));
  const move = (at: number, by: 1 | -1): void => {
    const to = at + by;
    const [level, other] = [order[at], order[to]];
    if (level !== undefined && other !== undefined) setMoved(order.with(at, other).with(to, level));
  };
  const changed = order.some((level, i) => level !== known[i]);
  return (
    <div>
      <dt>Order</dt>
      <dd>
        <ol className={styles.order} aria-label={`Order of the levels of ${schema.name}, lowest first`}>
          {order.map((level, i) => (
            <li key={level}>
              <span className="m">{level}</span>
              <span className="q3 s">{count(cells.get(level) ?? 0)}</span>
              {([-1, 1] as const).map((by) => (
                <button
                  key={by}
                  type="button"
                  className="btn quiet icon"
                  aria-label={`Move ${level} ${by < 0 ? "down in rank" : "up in rank"}`}
                  title={by < 0 ? "Earlier" : "Later"}
                  disabled={order[i + by] === undefined}
                  onKeyDown={(event) => {
                    const way = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : undefined;
                    if (way === undefined) return;
                    event.preventDefault();
                    move(i, way);
                  }}
                  onClick={() => move(i, by)}
                >
                  <Icon name="down" className={by < 0 ? (styles.up ?? "") : ""} />
                </button>
              ))}
            </li>
          ))}
        </ol>
        {changed && (
          <button
            type="button"
            className="btn sm"
            onClick={() =>
              revise({ type: "measure", column: schema.name, measure: "ordinal", levels: order })
            }
          >
            Keep this order
          </button>
        )}
      </dd>
    </div>
  );
}
