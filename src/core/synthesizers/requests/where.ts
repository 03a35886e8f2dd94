import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import type { CheckedRequest, ColumnCondition } from "./check.ts";
import { isLevel } from "./check.ts";
import type { HeldRows, RowSource } from "./row-source.ts";
import type { Acceptance } from "../synthesizer.ts";

/** Candidates that are held at once. */
const LARGEST_BLOCK = 5000;
const SMALLEST_BLOCK = 100;

/** Rows of the table that is asked for which must meet the same conditions. */
interface Group {
  readonly where: readonly ColumnCondition[];
  /** Their places in the table. */
  readonly places: number[];
  kept: number;
  /** Candidates that this group has seen. */
  drawn: number;
}

/**
 * `rows` rows that meet `checked` and break no rule of `source`, by exact rejection: candidates in growing blocks, each
 * kept where it meets its conditions. With shares each row's level is drawn first, so that rows stand in random order and any part of the table
 * has the same shares. Throws FaultError `condition-unmet` after `tries` candidates for each row, or as soon as it is
 * plain that fewer than one of `tries` candidates meet the conditions: fewer were kept than tries times their number
 * would give, by more than 10 and three standard deviations; `rule-unmet` where it was a rule that most of them broke.
 */
export async function drawWhere(
  checked: CheckedRequest,
  rows: number,
  rng: Rng,
  like: Table,
  source: RowSource,
): Promise<{ table: Table; acceptance: Acceptance }> {
  const groups = groupsOf(checked, rows, rng.fork("shares"), like);
  const into = createCollector(like, rows);
  const given = source.drawWhere;
  const asks = (group: Group): boolean => group.where.length > 0;
  let drawn = 0;
  const blocks = given === undefined || !groups.some(asks) ? [groups] : groups.map((group) => [group]);
  for (const block of blocks) {
    const [{ where }] = block as [Group];
    drawn += await fill(block, {
      limit: checked.tries * rows,
      tries: checked.tries,
      draw: (count) =>
        given === undefined || where.length === 0 ? source.draw(count, rng) : given(count, rng, where),
      into,
      holds: source.holds,
    });
  }
  return { table: into.table(), acceptance: { drawn, kept: rows } };
}

/** How groups are filled. */
interface Filling {
  /** most candidates, of all and for each row */
  readonly limit: number;
  readonly tries: number;
  readonly draw: (count: number) => Promise<Table>;
  readonly into: Collector;
  readonly holds: HeldRows | undefined;
}

function groupsOf({ where, shares }: CheckedRequest, rows: number, rng: Rng, like: Table): Group[] {
  const empty = { kept: 0, drawn: 0 };
  if (shares === undefined) return [{ where, places: Array.from({ length: rows }, (_, i) => i), ...empty }];
  const groups = Array.from(shares.codes, (code): Group => ({
    where: [...where.filter(({ column }) => column !== shares.column), isLevel(shares.column, code, like)],
    places: [],
    ...empty,
  }));
  for (let row = 0; row < rows; row++) (groups[rng.weighted(shares.weights)] as Group).places.push(row);
  return groups;
}

const missingRows = ({ places, kept }: Group): number => places.length - kept;

/** Draws until every group is full; how many candidates that took. */
async function fill(groups: readonly Group[], filling: Filling): Promise<number> {
  const { limit, draw, holds } = filling;
  const broken = new Float64Array(holds?.rules.length ?? 0);
  const plain = groups.every(({ where }) => where.length === 0);
  let drawn = 0;
  for (;;) {
    const open = groups.filter((group) => missingRows(group) > 0);
    if (open.length === 0) return drawn;
    for (const group of open) giveUp(group, filling, broken);
    const whole = plain && drawn === 0;
    const size = Math.min(whole ? missingRows(open[0] as Group) : nextBlock(open), limit - drawn);
    const candidates = await draw(size);
    drawn += size;
    for (const group of open) group.drawn += size;
    keep(candidates, open, filling, broken);
    await breathe();
  }
}

/** As many candidates as are likely to do, seen from what was kept so far. */
function nextBlock(open: readonly Group[]): number {
  let size = SMALLEST_BLOCK;
  for (const group of open) {
    const rate = (group.kept + 1) / (group.drawn + 1);
    size = Math.max(size, Math.ceil((1.1 * missingRows(group)) / rate));
  }
  return Math.min(LARGEST_BLOCK, size);
}

function giveUp(group: Group, { limit, tries, holds }: Filling, broken: Float64Array): void {
  const { kept, drawn, where, places } = group;
  const hopeless = kept + 3 * Math.sqrt(kept) + 10 < drawn / tries;
  if (drawn < limit && !hopeless) return;
  const most = broken.reduce((a, b) => Math.max(a, b), 0);
  const rule = holds?.rules[broken.indexOf(most)];
  if (rule && (where.length === 0 || most > drawn / 2))
    throw new FaultError({ code: "rule-unmet", rule: rule.text, drawn, broken: most, rows: places.length });
  throw new FaultError({
    code: "condition-unmet",
    condition: where.map(({ words }) => words).join(", "),
    drawn,
    kept,
    rows: places.length,
  });
}

/** Puts each candidate into the first group that has room and whose conditions it meets. */
function keep(
  candidates: Table,
  open: readonly Group[],
  { into, holds }: Filling,
  broken: Float64Array,
): void {
  const breaks = holds?.broken(candidates);
  const tests = open.map(({ where }) =>
    where.map(({ column, meets }) => {
      const source = candidates.columns[column] as Column;
      const cells = source.type === "numeric" ? source.values : source.codes;
      return (row: number): boolean => meets(cells[row] as number);
    }),
  );
  const add = into.from(candidates);
  for (let row = 0; row < candidates.rows; row++) {
    const rules = breaks?.(row) ?? [];
    for (const rule of rules) broken[rule] = (broken[rule] as number) + 1;
    if (rules.length > 0) continue;
    const at = open.findIndex(
      (group, i) => missingRows(group) > 0 && (tests[i] ?? []).every((test) => test(row)),
    );
    const group = open[at];
    if (group !== undefined) add(row, group.places[group.kept++] as number);
  }
}

interface Collector {
  /** Copies rows of one table of candidates to their places. */
  from(candidates: Table): (row: number, place: number) => void;
  table(): Table;
}

function createCollector(like: Table, rows: number): Collector {
  const made = takeRows({ ...like, rows: 0 }, new Int32Array(0));
  const columns = made.columns.map((column): Column =>
    column.type === "numeric"
      ? { type: "numeric", values: new Float64Array(rows) }
      : { ...column, codes: new Int32Array(rows) },
  );
  return {
    table: () => ({ ...made, rows, columns }),
    from: (candidates) => (row, place) => {
      columns.forEach((column, j) => {
        const source = candidates.columns[j];
        if (column.type === "numeric" && source?.type === "numeric")
          column.values[place] = source.values[row] as number;
        if (column.type === "coded" && source?.type === "coded")
          column.codes[place] = source.codes[row] as number;
      });
    },
  };
}
