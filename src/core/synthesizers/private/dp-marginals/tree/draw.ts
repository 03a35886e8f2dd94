import { breathe } from "../../../../math/breathe.ts";
import type { Rng } from "../../../../math/rng.ts";
import type { Beliefs } from "./beliefs.ts";
import type { Clique } from "./clique.ts";
import { cellMap, cellsOf } from "./clique.ts";

/** How one clique is drawn, given the columns that it shares with its parent. */
interface Step {
  readonly separator: Clique;
  readonly fresh: Clique;
  /** for each cell of the separator the cumulated shares of the fresh columns' cells */
  readonly cumulated: Float64Array;
  readonly cells: number;
}

/** Draws rows from a junction tree; made once, asked often. */
export interface Drawing {
  /** rows x columns tokens, row by row */
  draw(rows: number, rng: Rng): Promise<Int32Array>;
}

/** Exact: the root clique of each component, then every clique given what it shares with its parent. */
export function createDrawing({ tree, cliques }: Beliefs): Drawing {
  const { counts, nodes } = tree;
  const steps = nodes.map(({ columns, separator }, at): Step => {
    const fresh = columns.filter((column) => !separator.includes(column));
    const cells = cellsOf(fresh, counts);
    const table = cliques[at] as Float64Array;
    const [rows, places] = [cellMap(columns, separator, counts), cellMap(columns, fresh, counts)];
    const cumulated = new Float64Array(cellsOf(separator, counts) * cells);
    for (let i = 0; i < table.length; i++)
      cumulated[(rows[i] as number) * cells + (places[i] as number)] = table[i] as number;
    for (let i = 0; i < cumulated.length; i++)
      if (i % cells > 0) cumulated[i] = (cumulated[i] as number) + (cumulated[i - 1] as number);
    return { separator, fresh, cumulated, cells };
  });
  const width = counts.length;
  const draw = async (rows: number, rng: Rng): Promise<Int32Array> => {
    const tokens = new Int32Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const own = tokens.subarray(row * width, (row + 1) * width);
      for (const step of steps) drawStep(step, own, counts, rng);
      if (row % 100 === 99) await breathe();
    }
    return tokens;
  };
  return { draw };
}

function drawStep(
  { separator, fresh, cumulated, cells }: Step,
  row: Int32Array,
  counts: readonly number[],
  rng: Rng,
): void {
  let from = 0;
  for (const column of separator) from = from * (counts[column] as number) + (row[column] as number);
  from *= cells;
  const sought = rng.uniform() * (cumulated[from + cells - 1] as number);
  let low = 0;
  let high = cells - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulated[from + middle] as number) > sought) high = middle;
    else low = middle + 1;
  }
  for (let i = fresh.length - 1; i >= 0; i--) {
    const count = counts[fresh[i] as number] as number;
    row[fresh[i] as number] = low % count;
    low = Math.floor(low / count);
  }
}
