import type { Term } from "../term.ts";
import { call, joined, num } from "../term.ts";
import { between, middleOf, simplest } from "./line.ts";

/** y and what a formula gives for it without its constant, in the rows that have both. */
export interface Beside {
  readonly y: Float64Array;
  readonly made: Float64Array;
  /** distance between neighbouring values of y; 0 where it has none */
  readonly step: number;
}

/** The constants c for which made + c, rounded or rounded down, may be y; the likeliest first. */
export function addedConstants({ y, made, step }: Beside): { constant: number; down: boolean }[] {
  const rest = y.map((value, i) => value - (made[i] as number));
  const near = between(
    rest.map((value) => value - step / 2),
    rest.map((value) => value + step / 2),
  );
  const down =
    step === 1
      ? between(
          rest,
          rest.map((value) => value + step * (1 - 1e-9)),
        )
      : undefined;
  const constants = [
    ...(near ? [{ constant: simplest(...near), down: false }] : []),
    ...(down ? [{ constant: simplest(...down), down: true }] : []),
  ].sort((a, b) => +(a.constant !== 0) - +(b.constant !== 0));
  if (near) return constants;
  const middle = middleOf(rest);
  const about = [...new Set([Math.round(middle), middle, 0])];
  return [...constants, ...about.map((constant) => ({ constant, down: false }))];
}

/** The same for c made. */
export function factors({ y, made, step }: Beside): number[] {
  const ratio = (by: number): Float64Array => y.map((value, i) => (value + by) / (made[i] as number));
  const [a, b] = [ratio(-step / 2), ratio(step / 2)];
  const near = between(
    a.map((value, i) => Math.min(value, b[i] as number)),
    b.map((value, i) => Math.max(value, a[i] as number)),
  );
  if (near && near[0] > 0) return [simplest(...near)];
  const middle = middleOf(ratio(0));
  if (!(middle > 0)) return [];
  const about = [0.05, 0.004].map((share) => simplest(middle * (1 - share), middle * (1 + share)));
  return [...new Set([...about, middle])];
}

/** `term` rounded down where it says so. */
export const rounded = (term: Term, down: boolean): Term => (down ? call("floor", term) : term);

/** `term` + c */
export function plus(term: Term, constant: number): Term {
  if (constant === 0) return term;
  return joined(term, constant > 0 ? "+" : "-", num(Math.abs(constant)));
}
