import { isDated } from "../table/formats/dates/tokens.ts";
import type { Table } from "../table/table.ts";
import type { Constraint, Support } from "./constraint.ts";
import type { Answer } from "./judging/conditions.ts";
import { answerOf, differenceOf, UNANSWERED } from "./judging/conditions.ts";
import { formulaAnswer } from "./judging/formula.ts";
import type { Scope } from "./judging/scope.ts";
import {
  columnIn,
  isDateIn,
  levelNumbers,
  missingIn,
  numbersIn,
  placeOf,
  schemaIn,
  scopeOf,
  sharedCells,
} from "./judging/scope.ts";
import { createTuples } from "./judging/tuples.ts";
import type { LearnedRule, SharedCell } from "./learned-rule.ts";
import { learnedRule } from "./learned-rule.ts";

/** Whether the row at a place keeps a rule; undefined where the rule asks nothing of it. */
export type RowTest = (row: number) => boolean | undefined;

/**
 * A rule as a test of the rows of `table`, judged on values as they are written. `learned`: what the rule took from the
 * training rows; left out, it is taken from `table`, whose own rare combinations then count neither way. A rule asks
 * nothing where its answer hangs on a missing cell, of an if-then where the if does not hold, and of a pair with a
 * withheld level. Throws FaultError `unknown-column`.
 */
export function ruleTest(constraint: Constraint, table: Table, learned?: LearnedRule): RowTest {
  const answer = answerOfRule(constraint, scopeOf(table), learned);
  return (row) => {
    const said = answer(row);
    return said < 0 ? undefined : said === 1;
  };
}

/** Rows of `table` that a rule asks something of, and those of them that break it; `learned` as in `ruleTest`. */
export function countRule(constraint: Constraint, table: Table, learned?: LearnedRule): Support {
  const answer = answerOfRule(constraint, scopeOf(table), learned);
  let [rows, broken] = [0, 0];
  for (let row = 0; row < table.rows; row++) {
    const said = answer(row);
    if (said < 0) continue;
    rows++;
    if (said === 0) broken++;
  }
  return { rows, broken };
}

function answerOfRule(constraint: Constraint, scope: Scope, given: LearnedRule | undefined): Answer {
  const learned = (): LearnedRule => given ?? learnedRule(constraint, scope.table);
  switch (constraint.kind) {
    case "order":
      return orderAnswer(scope, constraint.columns, constraint.strict);
    case "range":
      return rangeAnswer(scope, constraint);
    case "formula":
      return formulaAnswer(scope, constraint, learned().rounded ?? false);
    case "follows":
      return followsAnswer(scope, constraint, learned());
    case "combinations":
      return combinationsAnswer(scope, constraint.columns, learned(), given === undefined);
    case "never": {
      const when = answerOf(scope, constraint.when);
      return (row) => {
        const answer = when(row);
        return answer < 0 ? answer : 1 - answer;
      };
    }
    case "implies": {
      const [when, then] = [answerOf(scope, constraint.when), answerOf(scope, constraint.then)];
      return (row) => (when(row) === 1 ? then(row) : UNANSWERED);
    }
    case "one-hot":
      return oneHotAnswer(scope, constraint.columns);
    case "missing-together":
      return togetherAnswer(scope, constraint.columns);
    case "multiple":
      return multipleAnswer(numbersIn(scope, constraint.column), constraint.of);
    case "same-within-patient":
      return sameAnswer(scope, constraint.column);
    case "nothing-after":
      return nothingAfterAnswer(scope, constraint.column);
    case "expression":
      return answerOf(scope, constraint.holds);
  }
}

/** Each cell that is there beside the next one that is; strict where any link between them is. */
function orderAnswer(scope: Scope, columns: readonly string[], strict: readonly boolean[]): Answer {
  const links = new Map<number, (row: number) => number>();
  const link = (i: number, j: number): ((row: number) => number) => {
    const known = links.get(i * columns.length + j);
    if (known) return known;
    const made = linkAnswer(
      scope,
      columns[i] as string,
      columns[j] as string,
      strict.slice(i, j).some(Boolean),
    );
    links.set(i * columns.length + j, made);
    return made;
  };
  if (columns.length === 2) return link(0, 1);
  const missing = columns.map((name) => missingIn(scope, name));
  return (row) => {
    let before = -1;
    let asked = UNANSWERED;
    for (let j = 0; j < columns.length; j++) {
      if (missing[j]?.(row)) continue;
      const answer = before < 0 ? UNANSWERED : link(before, j)(row);
      if (answer === 0) return 0;
      asked = Math.max(asked, answer);
      before = j;
    }
    return asked;
  };
}

function linkAnswer(scope: Scope, lower: string, upper: string, strict: boolean): Answer {
  const { by, mixed } = differenceOf(scope, lower, upper);
  const equal = !strict || mixed ? 1 : 0;
  return (row) => {
    const apart = by(row);
    return apart < 0 ? 1 : apart > 0 ? 0 : apart === 0 ? equal : UNANSWERED;
  };
}

function rangeAnswer(
  scope: Scope,
  { column, low = -Infinity, high = Infinity }: Extract<Constraint, { kind: "range" }>,
): Answer {
  const values = numbersIn(scope, column);
  return (row) => {
    const value = values[row] as number;
    return Number.isFinite(value) ? (value >= low && value <= high ? 1 : 0) : UNANSWERED;
  };
}

function followsAnswer(
  scope: Scope,
  { column, from }: Extract<Constraint, { kind: "follows" }>,
  { steps, gives }: LearnedRule,
): Answer {
  const expected = new Map(gives);
  const key = sharedCells(scope, from);
  const expectedAt = (row: number): SharedCell | undefined => {
    const value = key(row);
    if (value === undefined) return undefined;
    if (!steps || typeof value !== "number") return expected.get(value);
    const place = steps.edges.findIndex((edge) => value < edge);
    return steps.gives[place < 0 ? steps.edges.length : place];
  };
  const own = sharedCells(scope, column);
  const missing = missingIn(scope, column);
  return (row) => {
    const wanted = expectedAt(row);
    if (wanted === undefined) return UNANSWERED;
    if (missing(row)) return wanted === null ? 1 : UNANSWERED;
    const cell = own(row);
    return cell === undefined ? UNANSWERED : cell === wanted ? 1 : 0;
  };
}

/** `own`: learned from these very rows, so that a tuple which is not known is one of theirs that few patients have. */
function combinationsAnswer(
  scope: Scope,
  columns: readonly string[],
  { known = [] }: LearnedRule,
  own: boolean,
): Answer {
  const cells = columns.map((name) => sharedCells(scope, name));
  const tuples = createTuples();
  const knownCells = columns.map((_, k) => (row: number) => known[row]?.[k] ?? undefined);
  known.forEach((_, row) => tuples.add(knownCells, row));
  return (row) => {
    const tuple = tuples.find(cells, row);
    return tuple >= 0 ? 1 : tuple === -1 || own ? UNANSWERED : 0;
  };
}

const TRUE_LEVEL = /^(true|yes|t|y)$/i;

function oneHotAnswer(scope: Scope, columns: readonly string[]): Answer {
  const missing = columns.map((name) => missingIn(scope, name));
  const isOne = columns.map((name): ((row: number) => boolean) => {
    const column = columnIn(scope, name);
    if (column.type === "numeric") return (row) => column.values[row] === 1;
    const values = levelNumbers(column.levels, schemaIn(scope, name));
    const ones = column.levels.map((level, code) => values[code] === 1 || TRUE_LEVEL.test(level));
    return (row) => ones[column.codes[row] as number] ?? false;
  });
  return (row) => {
    let [ones, absent] = [0, false];
    for (let k = 0; k < isOne.length; k++) {
      if (missing[k]?.(row)) absent = true;
      else if (isOne[k]?.(row)) ones++;
    }
    if (ones > 1) return 0;
    return absent ? UNANSWERED : ones;
  };
}

function togetherAnswer(scope: Scope, columns: readonly string[]): Answer {
  const missing = columns.map((name) => missingIn(scope, name));
  return (row) => {
    const absent = missing.filter((isMissing) => isMissing(row)).length;
    return absent === 0 || absent === columns.length ? 1 : 0;
  };
}

function multipleAnswer(values: Float64Array, of: number): Answer {
  return (row) => {
    const times = (values[row] as number) / of;
    if (!Number.isFinite(times)) return UNANSWERED;
    return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times)) ? 1 : 0;
  };
}

/** The patient's first cell is the one that the others are compared with; a patient with one cell is asked nothing. */
function sameAnswer(scope: Scope, name: string): Answer {
  const { patients, rows } = scope.table;
  const cells = sharedCells(scope, name);
  const first = new Map<number, string | number>();
  const several = new Set<number>();
  for (let row = 0; row < rows && patients; row++) {
    const cell = cells(row);
    const patient = patients[row] as number;
    if (cell === undefined) continue;
    if (first.has(patient)) several.add(patient);
    else first.set(patient, cell);
  }
  return (row) => {
    const cell = cells(row);
    const patient = patients?.[row] ?? -1;
    if (cell === undefined || !several.has(patient)) return UNANSWERED;
    return cell === first.get(patient) ? 1 : 0;
  };
}

function nothingAfterAnswer(scope: Scope, last: string): Answer {
  placeOf(scope, last);
  const others = scope.table.schema.columns.filter(
    ({ name, date }) =>
      name !== last && isDateIn(scope, name) && (date === undefined || isDated(date.pattern)),
  );
  const differences = others.map(({ name }) => differenceOf(scope, name, last));
  return (row) => {
    let asked = false;
    for (const { by } of differences) {
      const later = by(row);
      if (later > 0) return 0;
      asked ||= !Number.isNaN(later);
    }
    return asked ? 1 : UNANSWERED;
  };
}
