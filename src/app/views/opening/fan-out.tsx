import type { JoinLook } from "../../../core/intake/join/join.ts";
import { count, plural } from "../../../core/words/numbers.ts";
import styles from "./opening.module.css";

const WIDTH = 240;
const HEIGHT = 58;

/** How many rows of the right table one row of the left has. */
export function FanOut({ look, left, right }: { look: JoinLook; left: string; right: string }) {
  const { fanOut, most } = look;
  const top = Math.max(...fanOut, 1);
  const slot = WIDTH / Math.max(1, fanOut.length);
  const common = fanOut.reduce((best, rows, n) => (n > 0 && rows > (fanOut[best] ?? 0) ? n : best), 1);
  const last = fanOut.length - 1;
  return (
    <div>
      <h3>
        Up to {plural(most, "row")} of {right} for one of {left}
      </h3>
      <svg
        className={styles.fan}
        viewBox={`0 0 ${WIDTH} 84`}
        role="img"
        aria-label={`Most often ${plural(common, "row")} of ${right}, at most ${count(most)}; ${plural(fanOut[0] ?? 0, "row")} of ${left} without any`}
      >
        {fanOut.map((rows, n) => {
          const height = rows === 0 ? 0 : Math.max(1, (54 * rows) / top);
          return (
            <rect
              key={n}
              className={n === 0 ? styles.none : styles.some}
              x={n * slot + 1}
              y={HEIGHT - height}
              width={Math.max(1, slot - 2)}
              height={height}
            />
          );
        })}
        <path className="ax" d={`M0 ${HEIGHT + 0.5}H${WIDTH}`} />
        <text x={slot / 2} y="72" textAnchor="middle">
          0
        </text>
        {common !== last && common * slot > 14 && (
          <text x={(common + 0.5) * slot} y="72" textAnchor="middle">
            {common}
          </text>
        )}
        <text x={WIDTH} y="72" textAnchor="end">
          {last < most ? `${count(last)} or more` : count(most)}
        </text>
        <text x={WIDTH / 2} y="84" textAnchor="middle">
          rows for one
        </text>
      </svg>
    </div>
  );
}
