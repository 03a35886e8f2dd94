import type { ColumnSchema } from "../../table/table.ts";
import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import { gridOf, stepOf } from "../../codec/columns/grid.ts";
import type { TokenCodec } from "../../codec/token.ts";
import { numberOf, PLAIN } from "../../table/formats/number-format.ts";
import type { Constraint } from "../../rules/constraint.ts";
import type { Expression } from "../../rules/expression.ts";
import { readPeriod } from "../../rules/language/date-text.ts";
import { namesIn } from "../../rules/language/names-in.ts";
import type { CellSet, Known } from "../../rules/possible.ts";
import { FALSE, possible } from "../../rules/possible.ts";
import type { Factor, FactorPlace } from "./factor.ts";
import { factorFrom, factorOf } from "./factor.ts";
import type { Places } from "./places.ts";

/** The columns that rules may speak of: those that have a place, by name. */
export interface MaskedColumns {
  readonly codec: TokenCodec;
  readonly places: Places;
  /** the place of a column; undefined for one that has none, or whose cells a rule does not mean */
  placeOf(name: string): number | undefined;
}

/** `left`: columns of the codec that hold something else than their name says, such as what remains of a relation. */
export function maskedColumns(
  codec: TokenCodec,
  places: Places,
  left: ReadonlySet<number> = new Set(),
): MaskedColumns {
  const at = new Map(
    places.columns.flatMap((column, place) =>
      left.has(column) ? [] : [[codec.code.schema.columns[column]?.name ?? "", place] as const],
    ),
  );
  return { codec, places, placeOf: (name) => at.get(name) };
}

/** What `constraint` forbids of tokens; nothing where it speaks of a column without a place. */
export function factorsOfRule(constraint: Constraint, columns: MaskedColumns): Factor[] {
  const found =
    constraint.kind === "order" ? orderFactors(constraint, columns) : [factorOfRule(constraint, columns)];
  return found.flatMap((factor) => (factor ? [factor] : []));
}

/** Each two columns of a chain, so that one with a missing cell between them is passed over. */
function orderFactors(
  { columns: names, strict }: Extract<Constraint, { kind: "order" }>,
  columns: MaskedColumns,
): (Factor | undefined)[] {
  return names.flatMap((upper, j) =>
    names.slice(0, j).map((lower, i) =>
      ofCondition(
        {
          type: "compare",
          operands: [
            { type: "column", name: lower },
            { type: "column", name: upper },
          ],
          comparisons: [strict.slice(i, j).includes(true) ? "<" : "<="],
        },
        columns,
      ),
    ),
  );
}

function factorOfRule(constraint: Constraint, columns: MaskedColumns): Factor | undefined {
  switch (constraint.kind) {
    case "never":
      return ofCondition({ type: "not", of: constraint.when }, columns);
    case "implies":
      return ofCondition({ type: "if", when: constraint.when, then: constraint.then }, columns);
    case "expression":
      return ofCondition(constraint.holds, columns);
    case "range": {
      const { column, low, high } = constraint;
      const number = (value: number): Expression => ({ type: "number", value });
      return ofCondition(
        {
          type: "between",
          of: { type: "column", name: column },
          ...(low !== undefined && { low: number(low) }),
          ...(high !== undefined && { high: number(high) }),
        },
        columns,
      );
    }
    case "one-hot":
      return oneHotFactor(constraint.columns, columns);
    case "missing-together":
      return togetherFactor(constraint.columns, columns);
    default:
      return undefined;
  }
}

/** The cells of each token at `place`, and of all of them together. */
function cellSets({ codec, places }: MaskedColumns, place: number): { tokens: CellSet[]; all: CellSet } {
  const column = places.columns[place] as number;
  const own = codec.code.columns[column] as AnyColumnCode;
  const tokens = Array.from({ length: own.code.count }, (_, token) =>
    cellsOfToken(own, codec.code.schema.columns[column] as ColumnSchema, token),
  );
  const all: CellSet = {
    missing: tokens.some(({ missing }) => missing),
    low: tokens.reduce((least, { low }) => Math.min(least, low), Infinity),
    high: tokens.reduce((most, { high }) => Math.max(most, high), -Infinity),
    ...(own.type === "coded" && { levels: new Set(tokens.flatMap(({ levels }) => [...(levels ?? [])])) }),
  };
  return { tokens, all };
}

function cellsOfToken(own: AnyColumnCode, schema: ColumnSchema, token: number): CellSet {
  const none = { low: Infinity, high: -Infinity };
  if (own.type === "coded") {
    const { head, pool, pooled, missing, levels } = own.code;
    if (token === missing) return { missing: true, levels: new Set(), ...none };
    const members = (token === pooled ? [...pool] : [head[token] as number]).map((k) => levels[k] as string);
    const values = members.map((level) => numberOf(level, schema.number ?? PLAIN));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { missing: false, levels: new Set(members), low, high };
  }
  const knots = own.code.bins[token]?.knots;
  if (token === own.code.missing || !knots) return { missing: true, ...none };
  const [low, high] = [knots[0] as number, knots.at(-1) as number];
  // A date stands for all its day, so that even one that comes often reaches to the next.
  const reach = knots.length === 1 && schema.kind !== "datetime" ? 0 : stepOf(gridOf(schema));
  return { missing: false, low: low - reach, high: high + reach };
}

/** Single conditions of one column each, and the columns that stand beside others in one. */
interface Atoms {
  readonly alone: Map<string, Expression[]>;
  readonly beside: Set<string>;
}

/** Sorts the conditions that `condition` is joined from into `into`. */
function collectAtoms(condition: Expression, into: Atoms): void {
  switch (condition.type) {
    case "and":
    case "or":
      for (const part of condition.parts) collectAtoms(part, into);
      return;
    case "not":
      return collectAtoms(condition.of, into);
    case "if":
      collectAtoms(condition.when, into);
      return collectAtoms(condition.then, into);
    default: {
      const names = namesIn(condition);
      const [name] = names;
      if (names.length === 1 && name !== undefined)
        into.alone.set(name, [...(into.alone.get(name) ?? []), condition]);
      else for (const each of names) into.beside.add(each);
    }
  }
}

/** Rows of tokens in which `holds` may be something else than false. */
function ofCondition(holds: Expression, columns: MaskedColumns): Factor | undefined {
  const names = namesIn(holds);
  const found = names.flatMap((name) => {
    const place = columns.placeOf(name);
    return place === undefined ? [] : [{ name, place }];
  });
  if (found.length === 0 || found.length < names.length) return undefined;
  found.sort((a, b) => a.place - b.place);
  const atoms: Atoms = { alone: new Map(), beside: new Set() };
  collectAtoms(holds, atoms);
  const dates = dateReader(columns);
  const sets = found.map(({ name, place }) => {
    const { tokens, all } = cellSets(columns, place);
    const kinds = atoms.beside.has(name)
      ? tokens.map((_, token) => `${token}`)
      : tokens.map((cells) =>
          (atoms.alone.get(name) ?? [])
            .map((atom) => possible(atom, { cells: () => cells, readDate: dates }))
            .join(" "),
        );
    return { name, place, all, ...classesBy(kinds, tokens) };
  });
  const at = new Map(sets.map((set, k) => [set.name, k]));
  return factorOf(sets, (classes) => {
    const known: Known = {
      readDate: dates,
      cells: (name) => {
        const k = at.get(name);
        const set = k === undefined ? undefined : sets[k];
        const own = k === undefined ? undefined : classes[k];
        return own === undefined ? set?.all : set?.like[own];
      },
    };
    return possible(holds, known) !== FALSE;
  });
}

/** Tokens of one kind are of one class, of which the first stands for all. */
function classesBy<T>(kinds: readonly string[], tokens: readonly T[]): { classOf: Uint16Array; like: T[] } {
  const seen = new Map<string, number>();
  const like: T[] = [];
  const classOf = Uint16Array.from(kinds, (kind, token) => {
    const known = seen.get(kind) ?? like.length;
    if (known === like.length) {
      seen.set(kind, known);
      like.push(tokens[token] as T);
    }
    return known;
  });
  return { classOf, like };
}

/** Dates as a rule writes them: as ISO 8601, or as the column does. */
function dateReader({ codec }: MaskedColumns): Known["readDate"] {
  const schemas = new Map(codec.code.schema.columns.map((schema) => [schema.name, schema]));
  return (text, column) => readPeriod(text, column === undefined ? undefined : schemas.get(column));
}

const TRUE_LEVEL = /^(true|yes|t|y)$/i;

/** 0 no 1, 1 a 1, 2 a missing cell, 3 perhaps a 1. */
function oneOrNot({ missing, levels, low, high }: CellSet): number {
  if (missing) return 2;
  const ones = levels
    ? [...levels].map((level) => TRUE_LEVEL.test(level) || low === 1)
    : [low <= 1 && high >= 1, low === 1 && high === 1];
  return ones.every(Boolean) ? 1 : ones.some(Boolean) || (levels && levels.size > 1) ? 3 : 0;
}

/** Exactly one of `names` is 1, at most one where a cell is missing. */
function oneHotFactor(names: readonly string[], columns: MaskedColumns): Factor | undefined {
  const moves = [
    [0, 1, 2, 4],
    [1, -1, 3, 4],
    [2, 3, 2, 4],
    [3, -1, 3, 4],
    [4, 4, 4, 4],
  ];
  return overAll(names, columns, oneOrNot, moves, [1, 2, 3, 4]);
}

/** All of `names` have a cell, or none. */
function togetherFactor(names: readonly string[], columns: MaskedColumns): Factor | undefined {
  return overAll(
    names,
    columns,
    ({ missing }) => (missing ? 1 : 0),
    [
      [1, 2],
      [1, -1],
      [-1, 2],
    ],
    [1, 2],
  );
}

/**
 * A factor of many places from one small machine: `moves[s][c]` is the state after a token of class c, -1 where there is
 * none; a row is allowed that ends in one of `ends`.
 */
function overAll(
  names: readonly string[],
  columns: MaskedColumns,
  classOf: (cells: CellSet) => number,
  moves: readonly (readonly number[])[],
  ends: readonly number[],
): Factor | undefined {
  const found = names.map((name) => columns.placeOf(name));
  if (found.length === 0 || found.includes(undefined)) return undefined;
  const places = (found as number[])
    .sort((a, b) => a - b)
    .map((place): FactorPlace => ({
      place,
      classOf: Uint16Array.from(cellSets(columns, place).tokens, classOf),
    }));
  const counts = places.map(({ classOf: own }) => own.reduce((most, c) => Math.max(most, c), 0) + 1);
  let live = new Map(ends.map((state) => [state, 0]));
  const layers: number[][][] = [];
  for (let k = places.length - 1; k >= 0; k--) {
    const present = new Set((places[k] as FactorPlace).classOf);
    const rows: number[][] = [];
    const before = new Map<number, number>();
    moves.forEach((row, state) => {
      const next = Array.from({ length: counts[k] as number }, (_, c) =>
        present.has(c) ? (live.get(row[c] as number) ?? -1) : -1,
      );
      if (k === 0 && state !== 0) return;
      if (next.every((to) => to < 0)) return;
      before.set(state, rows.length);
      rows.push(next);
    });
    layers.unshift(rows);
    live = before;
  }
  return live.has(0) ? factorFrom(places, counts, layers) : undefined;
}
