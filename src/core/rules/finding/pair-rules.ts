import { LEAST_SHARED } from "../../table/rare-levels.ts";
import type { ColumnStates, StatePairs } from "./column-states.ts";
import { stateWords } from "./column-states.ts";
import type { Constraint } from "../constraint.ts";
import type { Expression } from "../expression.ts";

/** A rule, and how many rows it asks something of. */
export interface PairRule {
  readonly constraint: Constraint;
  readonly rows: number;
}

/** One side's states that share what they may not have on the other side. */
interface Line {
  readonly states: number[];
  readonly barred: readonly number[];
  /** every row of these states has no cell on the other side */
  readonly empty: boolean;
}

/**
 * The absences of all pairs of columns as rules that can be read: `if a = "no" then b is missing`, `if a = "no" then
 * b in ("x", "y")` where fewer are left than are barred, `never a = "no" and b = "z"`; states that bar the same stand in
 * one rule, and of the two directions the one with fewer rules is taken. `silent`: columns that are missing where another
 * one is, so that only that one speaks of missing cells. What follows from two other rules by way of a third column is
 * left out.
 */
export function rulesOfPair(
  pairs: readonly StatePairs[],
  silent: ReadonlySet<string>,
  patients: Int32Array | undefined,
): PairRule[] {
  const implied = impliedGaps(pairs, silent);
  return pairs.flatMap((whole) => {
    const pair = turnedRound(
      withoutImplied(turnedRound(withoutImplied(whole, silent, implied)), silent, implied),
    );
    const turned = turnedRound(pair);
    const [forward, backward] = [linesOf(pair), linesOf(turned)];
    const [chosen, lines] = sizeOf(backward) < sizeOf(forward) ? [turned, backward] : [pair, forward];
    return lines.flatMap((line) => ruleOf(chosen, line, patients));
  });
}

/** Rules first, then what they name; an empty answer counts as one name. */
const sizeOf = (lines: readonly Line[]): number =>
  lines.reduce(
    (sum, { states, barred, empty }) => sum + 100 + states.length + (empty ? 1 : barred.length),
    0,
  );

function turnedRound({ a, b, joint, absent }: StatePairs): StatePairs {
  const turn = <T extends Float64Array | Uint8Array>(from: T, to: T): T => {
    from.forEach((value, at) => {
      to[(at % b.states.length) * a.states.length + Math.floor(at / b.states.length)] = value;
    });
    return to;
  };
  return {
    a: b,
    b: a,
    joint: turn(joint, new Float64Array(joint.length)),
    absent: turn(absent, new Uint8Array(absent.length)),
  };
}

/** Whether state x of a leaves b without a cell, as the absences say. */
function leavesEmpty({ a, b, joint, absent }: StatePairs, x: number): boolean {
  if (b.missing < 0 || (a.counts[x] as number) === 0) return false;
  let barred = false;
  for (let y = 0; y < b.states.length; y++) {
    if (y === b.missing) continue;
    if ((joint[x * b.states.length + y] as number) > 0) return false;
    if (absent[x * b.states.length + y] === 1) barred = true;
  }
  return barred;
}

/** The pair without the absences that other rules say already. */
function withoutImplied(
  pair: StatePairs,
  silent: ReadonlySet<string>,
  implied: ReadonlySet<string>,
): StatePairs {
  const { a, b } = pair;
  const said = a.states.map((_, x) => {
    if (x === a.missing && silent.has(a.name)) return true;
    return leavesEmpty(pair, x) && (silent.has(b.name) || implied.has(gapKey(a, x, b)));
  });
  const absent = pair.absent.map((is, at) => (said[Math.floor(at / b.states.length)] === true ? 0 : is));
  return { ...pair, absent };
}

function linesOf(pair: StatePairs): Line[] {
  const { a, b, absent } = pair;
  const lines = new Map<string, Line>();
  for (let x = 0; x < a.states.length; x++) {
    const barred = [...b.states.keys()].filter((y) => absent[x * b.states.length + y] === 1);
    if (barred.length === 0) continue;
    const empty = leavesEmpty(pair, x);
    const key = empty ? "empty" : barred.join(" ");
    const line = lines.get(key);
    if (line) line.states.push(x);
    else lines.set(key, { states: [x], barred, empty });
  }
  return [...lines.values()];
}

const gapKey = (a: ColumnStates, x: number, b: ColumnStates): string => `${a.name}\n${x}\n${b.name}`;

/** Gaps that follow from others: a = x leaves c empty, and where c is empty b is. */
function impliedGaps(pairs: readonly StatePairs[], silent: ReadonlySet<string>): Set<string> {
  const gaps = new Map<string, { from: string; column: string; to: string }>();
  const afterGap = new Map<string, string[]>();
  for (const pair of [...pairs, ...pairs.map(turnedRound)]) {
    const { a, b } = pair;
    if (silent.has(b.name)) continue;
    for (let x = 0; x < a.states.length; x++) {
      if (!leavesEmpty(pair, x)) continue;
      gaps.set(gapKey(a, x, b), { from: `${a.name}\n${x}`, column: a.name, to: b.name });
      if (x === a.missing && !silent.has(a.name))
        afterGap.set(a.name, [...(afterGap.get(a.name) ?? []), b.name]);
    }
  }
  const leads = new Map<string, Set<string>>();
  for (const { from, to } of gaps.values()) leads.set(from, (leads.get(from) ?? new Set()).add(to));
  const out = new Set<string>();
  for (const [key, { from, column, to }] of gaps)
    for (const middle of leads.get(from) ?? [])
      if (middle !== to && middle !== column && (afterGap.get(middle) ?? []).includes(to)) out.add(key);
  return out;
}

function ruleOf(pair: StatePairs, line: Line, patients: Int32Array | undefined): PairRule[] {
  const { a, b } = pair;
  const when = stateWords(a, line.states);
  if (!when) return [];
  const rows = line.states.reduce((sum, x) => sum + (a.counts[x] as number), 0);
  if (line.empty)
    return [{ constraint: { kind: "implies", when, then: { type: "missing", column: b.name } }, rows }];
  const then = allowedWords(pair, line, patients);
  if (then) return [{ constraint: { kind: "implies", when, then }, rows }];
  const barred = stateWords(b, line.barred);
  return barred ? [{ constraint: { kind: "never", when: joined(when, barred) }, rows }] : [];
}

const joined = (one: Expression, other: Expression): Expression => ({ type: "and", parts: [one, other] });

/**
 * What is left to b beside the line's states, where that is less to say than what is barred: all else is barred, a cell
 * may be missing, and every pair that is named has five patients or more.
 */
function allowedWords(
  { a, b, joint }: StatePairs,
  { states, barred }: Line,
  patients: Int32Array | undefined,
): Expression | undefined {
  const present = [...b.states.keys()].filter((y) => y !== b.missing && (b.counts[y] as number) > 0);
  const left = present.filter((y) => !barred.includes(y));
  const others = barred.some((y) => b.states[y]?.type === "rest") ? 1 : 0;
  if (left.length === 0 || left.length >= barred.length + others || barred.includes(b.missing))
    return undefined;
  const shared = states.every((x) =>
    left.every((y) => {
      const count = joint[x * b.states.length + y] as number;
      return count === 0 ? false : (patients ? sharing(a, x, b, y, patients) : count) >= LEAST_SHARED;
    }),
  );
  return shared ? stateWords(b, left) : undefined;
}

/** Different patients with both states. */
const sharing = (a: ColumnStates, x: number, b: ColumnStates, y: number, patients: Int32Array): number =>
  new Set(patients.filter((_, row) => a.codes[row] === x && b.codes[row] === y)).size;
