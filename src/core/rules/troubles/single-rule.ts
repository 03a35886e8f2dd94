import { LEAST_SHARED } from "../../table/rare-levels.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import type { Constraint } from "../constraint.ts";
import { missingIn, scopeOf } from "../judging/scope.ts";
import { columnsOf } from "../language/names-in.ts";
import { nearestName } from "../language/rule-columns.ts";
import { learnedRule } from "../learned-rule.ts";
import { ruleTest } from "../rule-test.ts";
import { listed } from "../rule-words.ts";
import { writeRule } from "../write-rule.ts";
import type { ReadRule, Trouble } from "./trouble.ts";
import { atLeastFive, figure, numberOf, switchOff } from "./trouble.ts";
import { unknownLevels } from "./unknown-levels.ts";

/** What is wrong with one rule by itself; the first that stops training ends the search. */
export function ownTroubles(rule: ReadRule, train: Table): Trouble[] {
  const unfit = unfitTrouble(rule, train);
  if (unfit) return [unfit];
  const turned = turnedTrouble(rule);
  if (turned) return [turned];
  return [...levelTroubles(rule, train), ...countTroubles(rule, train)];
}

function unfitTrouble({ at, constraint }: ReadRule, train: Table): Trouble | undefined {
  const names = new Set(columnsOf(constraint));
  const unfit = train.schema.columns.find(
    (column) => names.has(column.name) && whyUnfit(column) !== undefined,
  );
  if (!unfit) return undefined;
  const omitted = unfit.role === "omit" && unfit.kind !== "identifier" && unfit.kind !== "text";
  return {
    code: "unfit",
    rules: [at],
    stops: true,
    title: `Rule ${numberOf(at)} is about a column that is not learned`,
    detail: `“${unfit.name}” ${whyUnfit(unfit)}, so no synthetic row has it and the rule cannot be kept.`,
    ways: [
      ...(omitted
        ? [
            {
              words: `Include “${unfit.name}” in training`,
              change: { type: "include", column: unfit.name },
            } as const,
          ]
        : []),
      switchOff(at),
    ],
  };
}

function whyUnfit({ role, kind }: ColumnSchema): string | undefined {
  if (role === "identifier" || (kind === "identifier" && role === "omit")) return "is an identifier";
  if (role !== "omit") return undefined;
  return kind === "text" ? "holds free text, which is left out of training" : "is left out of training";
}

function turnedTrouble({ at, constraint, words }: ReadRule): Trouble | undefined {
  if (constraint.kind !== "range") return undefined;
  const { column, low, high } = constraint;
  if (low === undefined || high === undefined || low <= high) return undefined;
  const text = writeRule({ kind: "range", column, low: high, high: low });
  return {
    code: "impossible",
    rules: [at],
    stops: true,
    title: `No row can keep rule ${numberOf(at)}`,
    detail: `Its lower end is above its upper end: ${words}.`,
    ways: [
      { words: `Turn the ends round: ${text}`, change: { type: "rewrite", rule: at, text } },
      switchOff(at),
    ],
  };
}

function levelTroubles({ at, constraint }: ReadRule, train: Table): Trouble[] {
  return unknownLevels(constraint, train).map(({ column, level, levels }): Trouble => {
    const near = nearestName(level, levels);
    return {
      code: "level",
      rules: [at],
      stops: false,
      title: `Rule ${numberOf(at)} names a level that no training row has`,
      detail: `“${column}” has no level “${level}”${near === undefined ? "." : `. Did you mean “${near}”?`}`,
      ways: [switchOff(at)],
    };
  });
}

interface Tally {
  readonly rows: number;
  readonly broken: number;
  /** patients of the broken rows, rows where each is a patient's only one */
  readonly patients: number;
}

function tally(constraint: Constraint, train: Table): Tally {
  const keeps = ruleTest(constraint, train);
  const patients = new Set<number>();
  let [rows, broken] = [0, 0];
  for (let row = 0; row < train.rows; row++) {
    const kept = keeps(row);
    if (kept === undefined) continue;
    rows++;
    if (kept) continue;
    broken++;
    if (train.patients) patients.add(train.patients[row] as number);
  }
  return { rows, broken, patients: train.patients ? patients.size : broken };
}

function countTroubles(rule: ReadRule, train: Table): Trouble[] {
  const { at, constraint } = rule;
  const { rows, broken, patients } = tally(constraint, train);
  const base = { rules: [at], ways: [switchOff(at)] };
  if (rows === 0) return [idleTrouble(rule, train)];
  if (constraint.kind === "combinations" && (learnedRule(constraint, train).known ?? []).length === 0)
    return [
      {
        ...base,
        code: "impossible",
        stops: true,
        title: `No row can keep rule ${numberOf(at)}`,
        detail: `No combination of ${listed(constraint.columns)} is shared by five training patients, so none is known.`,
      },
    ];
  if (broken === 0) return [];
  return [
    hardlyKept(rows, broken)
      ? impossibleTrouble(rule, rows, broken)
      : brokenTrouble(rule, { rows, broken, patients }),
  ];
}

/** Too few training rows keep it for any to be learned from or named. */
const hardlyKept = (rows: number, broken: number): boolean =>
  rows - broken < LEAST_SHARED && broken >= LEAST_SHARED && broken >= 0.9 * rows;

const impossibleTrouble = ({ at, words }: ReadRule, rows: number, broken: number): Trouble => ({
  code: "impossible",
  rules: [at],
  stops: true,
  title: `No row can meet rule ${numberOf(at)}`,
  detail: `${words}: ${broken === rows ? "none" : "fewer than 5"} of the ${figure(rows)} training rows it applies to ${broken === rows ? "meets" : "meet"} it.`,
  ways: [switchOff(at)],
});

function brokenTrouble({ at, words }: ReadRule, { rows, broken, patients }: Tally): Trouble {
  const few = rows < LEAST_SHARED;
  const most = rows - broken > 0 && rows - broken < LEAST_SHARED;
  const percent = patients < LEAST_SHARED ? "" : ` (${((100 * broken) / rows).toFixed(1)}%)`;
  const count = few
    ? "It asks something of fewer than 5 training rows, and some break it"
    : most
      ? `Most of ${figure(rows)} training rows break it`
      : `${capital(atLeastFive(broken, patients))} of ${figure(rows)} training rows${percent} break it`;
  return {
    code: "broken",
    rules: [at],
    stops: false,
    title: `Training rows break rule ${numberOf(at)}`,
    detail: `${count}: ${words}. Synthetic rows will keep it all the same; switch it off if these rows are right.`,
    ways: [switchOff(at)],
  };
}

/** A rule that gets no answer: its columns are never there together, or nothing can be calculated. */
function idleTrouble({ at, constraint, words }: ReadRule, train: Table): Trouble {
  const scope = scopeOf(train);
  const missing = columnsOf(constraint).map((name) => missingIn(scope, name));
  let complete = 0;
  for (let row = 0; row < train.rows; row++) if (!missing.some((isMissing) => isMissing(row))) complete++;
  const calculates = constraint.kind === "formula" || constraint.kind === "expression";
  if (calculates && complete > 0)
    return {
      code: "impossible",
      rules: [at],
      stops: true,
      title: `Rule ${numberOf(at)} gives no number in any row`,
      detail: `${words}: in none of the ${complete < LEAST_SHARED ? "" : `${figure(complete)} `}training rows that have all its cells can it be calculated; look for a division by zero or a root or logarithm of a number below zero.`,
      ways: [switchOff(at)],
    };
  return {
    code: "idle",
    rules: [at],
    stops: false,
    title: `Rule ${numberOf(at)} asks nothing of any training row`,
    detail:
      constraint.kind === "same-within-patient" && !train.patients
        ? `${words}, and no patient is known to have several rows here. Give the column of patient numbers the role of an identifier.`
        : `${words}: no training row has the cells or meets the condition that it speaks of.`,
    ways: [switchOff(at)],
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
