/**
 * Block-sparse layers. The plan is a table of whole numbers: five for each group (first unit, units, first weight,
 * number of runs, first run), then two for each run (first column, width).
 */
import { ADDED, BIASED, FRESH, packColumns, packRows, padBias, panelProduct } from "./matrix";

function group(plan: usize, g: i32, field: i32): i32 {
  return load<i32>(plan + ((<usize>(5 * g + field)) << 2));
}
function run(plan: usize, groups: i32, r: i32, field: i32): i32 {
  return load<i32>(plan + ((<usize>(5 * groups + 2 * r + field)) << 2));
}

function fanOf(plan: usize, groups: i32, g: i32): i32 {
  const first = group(plan, g, 4);
  let fan = 0;
  for (let r = first; r < first + group(plan, g, 3); r++) fan += run(plan, groups, r, 1);
  return fan;
}

/** y[rows, units] = x[rows, inputs] W, plus `bias` unless its address is 0. `space`: 160 + 32 times the widest fan. */
export function blockProduct(
  rows: i32,
  inputs: i32,
  units: i32,
  groups: i32,
  plan: usize,
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  space: usize,
): void {
  const padded = space + 128;
  const panel = padded + 32;
  for (let g = 0; g < groups; g++) {
    const unit = group(plan, g, 0);
    const own = group(plan, g, 1);
    const first = group(plan, g, 4);
    const runs = group(plan, g, 3);
    const matrix = weight + ((<usize>group(plan, g, 2)) << 2);
    const fan = fanOf(plan, groups, g);
    for (let j = 0; j < own; j += 8) {
      const width = min(8, own - j);
      packColumns(matrix + ((<usize>j) << 2), own, fan, width, panel);
      if (bias !== 0) padBias(bias + ((<usize>(unit + j)) << 2), width, padded);
      const to = y + ((<usize>(unit + j)) << 2);
      let start = bias === 0 ? FRESH : BIASED;
      if (runs === 0) panelProduct(rows, 0, x, inputs, panel, to, units, width, start, padded, space);
      let at = panel;
      for (let r = first; r < first + runs; r++) {
        const depth = run(plan, groups, r, 1);
        const from = x + ((<usize>run(plan, groups, r, 0)) << 2);
        panelProduct(rows, depth, from, inputs, at, to, units, width, start, padded, space);
        start = ADDED;
        at += (<usize>depth) << 5;
      }
    }
  }
}

/** dx[rows, inputs] = dy[rows, units] W'. `space`: 160 + 32 times the most units of a group. */
export function blockInputGradient(
  rows: i32,
  inputs: i32,
  units: i32,
  groups: i32,
  plan: usize,
  dy: usize,
  weight: usize,
  dx: usize,
  space: usize,
): void {
  const panel = space + 160;
  memory.fill(dx, 0, (<usize>rows * inputs) << 2);
  for (let g = 0; g < groups; g++) {
    const own = group(plan, g, 1);
    const first = group(plan, g, 4);
    const from = dy + ((<usize>group(plan, g, 0)) << 2);
    let matrix = weight + ((<usize>group(plan, g, 2)) << 2);
    for (let r = first; r < first + group(plan, g, 3); r++) {
      const columns = run(plan, groups, r, 1);
      const to = dx + ((<usize>run(plan, groups, r, 0)) << 2);
      for (let j = 0; j < columns; j += 8) {
        const width = min(8, columns - j);
        packRows(matrix + ((<usize>j * own) << 2), own, own, width, panel);
        panelProduct(rows, own, from, units, panel, to + ((<usize>j) << 2), inputs, width, ADDED, 0, space);
      }
      matrix += (<usize>columns * own) << 2;
    }
  }
}

/** dW from `turned` = x' [inputs, rows] and dy [rows, units]. `space`: 160 + 32 times the rows. */
export function blockWeightGradient(
  rows: i32,
  units: i32,
  groups: i32,
  plan: usize,
  turned: usize,
  dy: usize,
  dw: usize,
  space: usize,
): void {
  const panel = space + 160;
  for (let g = 0; g < groups; g++) {
    const unit = group(plan, g, 0);
    const own = group(plan, g, 1);
    const first = group(plan, g, 4);
    for (let j = 0; j < own; j += 8) {
      const width = min(8, own - j);
      packColumns(dy + ((<usize>(unit + j)) << 2), units, rows, width, panel);
      let to = dw + ((<usize>(group(plan, g, 2) + j)) << 2);
      for (let r = first; r < first + group(plan, g, 3); r++) {
        const columns = run(plan, groups, r, 1);
        const from = turned + ((<usize>run(plan, groups, r, 0) * rows) << 2);
        panelProduct(columns, rows, from, rows, panel, to, own, width, FRESH, 0, space);
        to += (<usize>columns * own) << 2;
      }
    }
  }
}
