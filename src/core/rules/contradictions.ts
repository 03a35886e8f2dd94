import type { Fault } from "../fault.ts";
import { asFault, describeFault } from "../fault.ts";
import { LEAST_SHARED } from "../table/rare-levels.ts";
import type { ColumnSchema, Table } from "../table/table.ts";
import type { Constraint, Rule } from "./constraint.ts";
import type { Expression } from "./expression.ts";
import { answerOf } from "./judging/conditions.ts";
import { missingIn, scopeOf } from "./judging/scope.ts";
import { conditionOf, negationOf } from "./language/logic.ts";
import { columnsOf } from "./language/names-in.ts";
import { nearestName } from "./language/rule-columns.ts";
import { learnedRule } from "./learned-rule.ts";
import { readRule, ruleColumns } from "./read-rule.ts";
import { ruleTest } from "./rule-test.ts";
import { conditionInWords, listed, ruleWords } from "./rule-words.ts";
import { groundOf, settle, smallestConflict } from "./troubles/conflict.ts";
import { factsOf, saidBy } from "./troubles/facts.ts";
import { unknownLevels } from "./troubles/unknown-levels.ts";
import { writeRule } from "./write-rule.ts";

/** What a person can do about a trouble. `rule` is a place in the list of rules. */
export interface WayOut {
  readonly words: string;
  readonly change:
    | { readonly type: "switch-off"; readonly rule: number }
    | { readonly type: "rewrite"; readonly rule: number; readonly text: string }
    | { readonly type: "include"; readonly column: string };
}

/** Something to settle, or to know, before training. */
export interface Trouble {
  /**
   * `unreadable`: its text; `contradict`: rules that exclude each other; `impossible`: no row can keep it; `unfit`: about
   * a column that is not learned; `broken`: by training rows; `level`: names a level that there is not; `idle`: asks
   * nothing of any training row
   */
  readonly code: "unreadable" | "contradict" | "impossible" | "unfit" | "broken" | "level" | "idle";
  /** places in the list of rules, rising */
  readonly rules: readonly number[];
  /** Training waits until it is settled. */
  readonly stops: boolean;
  readonly title: string;
  readonly detail: string;
  readonly ways: readonly WayOut[];
}

/** A rule that is on and can be read. */
interface ReadRule {
  readonly at: number;
  readonly constraint: Constraint;
  readonly words: string;
}

/**
 * What is wrong with the rules that are on, as far as training rows and the rules themselves tell: those that stop
 * training first. Counts of 1 to 4 rows or patients are "fewer than 5". `pulse` is awaited after each rule.
 */
export async function ruleTroubles(
  rules: readonly Rule[],
  train: Table,
  pulse?: () => Promise<void>,
): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  const read: ReadRule[] = [];
  const columns = ruleColumns(train);
  rules.forEach(({ text, on }, at) => {
    if (!on) return;
    try {
      const constraint = readRule(text, columns);
      read.push({ at, constraint, words: ruleWords(constraint, columns) });
    } catch (error) {
      troubles.push(unreadableTrouble(at, asFault(error)));
    }
  });
  const sound: ReadRule[] = [];
  for (const rule of read) {
    const own = ownTroubles(rule, train);
    troubles.push(...own);
    if (!own.some(({ stops }) => stops)) sound.push(rule);
    await pulse?.();
  }
  troubles.push(...(await conflictsAmong(sound, train, pulse)));
  return troubles.sort((a, b) => Number(b.stops) - Number(a.stops));
}

/** A trouble that stops training, as a fault; undefined for one that does not. */
export function troubleFault(
  { code, rules, stops, detail }: Trouble,
  list: readonly Rule[],
): Fault | undefined {
  if (!stops) return undefined;
  const named = rules.map((at) => ({ number: at + 1, text: list[at]?.text ?? "" }));
  if (code === "contradict") return { code: "rules-contradict", rules: named, reason: detail };
  const [first = { number: 1, text: "" }] = named;
  return { code: "rule-impossible", ...first, reason: detail };
}

const numberOf = (at: number): string => String(at + 1);

const switchOff = (at: number): WayOut => ({
  words: `Switch off rule ${numberOf(at)}`,
  change: { type: "switch-off", rule: at },
});

function unreadableTrouble(at: number, fault: Fault): Trouble {
  return {
    code: "unreadable",
    rules: [at],
    stops: true,
    title: `Rule ${numberOf(at)} cannot be read`,
    detail: describeFault(fault).detail,
    ways: [switchOff(at)],
  };
}

/** What is wrong with one rule by itself; the first that stops training ends the search. */
function ownTroubles(rule: ReadRule, train: Table): Trouble[] {
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

const figure = (value: number): string => value.toLocaleString("en");
const atLeastFive = (value: number, patients = value): string =>
  value > 0 && patients < LEAST_SHARED ? "fewer than 5" : figure(value);

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
  title: `No row can hold rule ${numberOf(at)}`,
  detail: `${words}: ${broken === rows ? "none" : "fewer than 5"} of the ${figure(rows)} training rows that it asks something of ${broken === rows ? "keeps" : "keep"} it.`,
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

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

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

/** Rules that exclude each other, always or where the condition of one of them holds; each smallest set once. */
async function conflictsAmong(
  rules: readonly ReadRule[],
  train: Table,
  pulse?: () => Promise<void>,
): Promise<Trouble[]> {
  const ground = groundOf(train);
  const scope = scopeOf(train);
  const found: Trouble[] = [];
  const seen = new Set<string>();
  let said = rules.map(({ constraint }, k) => saidBy(k, constraint, train));
  for (let all = smallestConflict([], said, ground); all; all = smallestConflict([], said, ground)) {
    const { rules: members, columns } = all;
    found.push(alwaysTrouble(members, columns, rules));
    seen.add(members.join(" "));
    said = said.filter(({ rule }) => rule !== members.at(-1));
    await pulse?.();
  }
  const { state } = settle([], said, ground);
  for (const one of said) {
    const { constraint } = rules[one.rule] as ReadRule;
    if (constraint.kind !== "implies" || !one.implies) continue;
    const { then } = one.implies;
    for (const when of constraint.when.type === "or" ? constraint.when.parts : [constraint.when]) {
      const premise = factsOf(scope, when, true).facts;
      if (premise.length === 0 || settle(premise, [], ground, state).conflict) continue;
      const here = said.map((other) => (other === one ? { rule: one.rule, always: then } : other));
      if (!settle([...premise, ...then], said, ground, state).conflict) continue;
      const inCase = smallestConflict(premise, here, ground);
      const key = inCase?.rules.join(" ");
      if (!inCase || key === undefined || seen.has(key)) continue;
      seen.add(key);
      found.push(...caseTroubles(inCase.rules, one.rule, when, rules, train));
    }
    await pulse?.();
  }
  return found;
}

const numbersOf = (members: readonly number[], rules: readonly ReadRule[]): string =>
  listed(members.map((k) => numberOf((rules[k] as ReadRule).at)));

const saying = (members: readonly number[], rules: readonly ReadRule[]): string =>
  members
    .map((k) => rules[k] as ReadRule)
    .map(({ at, words }) => `Rule ${numberOf(at)}: ${words}.`)
    .join(" ");

function alwaysTrouble(
  members: readonly number[],
  columns: readonly string[],
  rules: readonly ReadRule[],
): Trouble {
  const places = members.map((k) => (rules[k] as ReadRule).at);
  const having = `No row that has ${columns.length > 0 ? listed(columns.map((name) => `“${name}”`)) : "these cells"}`;
  const single = members.length === 1;
  return {
    code: single ? "impossible" : "contradict",
    rules: places,
    stops: true,
    title: single
      ? `No row can keep rule ${numbersOf(members, rules)}`
      : `Rules ${numbersOf(members, rules)} cannot ${members.length === 2 ? "both" : "all"} hold`,
    detail: `${having} could meet ${single ? "it" : members.length === 2 ? "both" : "all of them"}. ${saying(members, rules)}`,
    ways: places.map(switchOff).reverse(),
  };
}

/** Where the condition of rule `k` holds; none where it holds in no training row. */
function caseTroubles(
  members: readonly number[],
  k: number,
  when: Expression,
  rules: readonly ReadRule[],
  train: Table,
): Trouble[] {
  const answer = answerOf(scopeOf(train), when);
  const patients = new Set<number>();
  let rows = 0;
  for (let row = 0; row < train.rows; row++) {
    if (answer(row) !== 1) continue;
    rows++;
    patients.add(train.patients?.[row] ?? row);
  }
  if (rows === 0) return [];
  const places = members.map((one) => (rules[one] as ReadRule).at);
  const columns = ruleColumns(train);
  const premise = conditionInWords(when, columns);
  const single = members.length === 1;
  return [
    {
      code: single ? "impossible" : "contradict",
      rules: places,
      stops: true,
      title: single
        ? `No row can keep rule ${numbersOf(members, rules)}`
        : `Rules ${numbersOf(members, rules)} cannot ${members.length === 2 ? "both" : "all"} hold`,
      detail: `No row where ${premise} could meet ${single ? "it" : members.length === 2 ? "both" : "all of them"}; ${atLeastFive(rows, patients.size)} of the ${figure(train.rows)} training rows are such. ${saying(members, rules)}`,
      ways: [...limits(members, k, when, rules, columns), ...places.map(switchOff).reverse()],
    },
  ];
}

/** Each other rule of the conflict that speaks of every row, held to those where the condition does not hold. */
function limits(
  members: readonly number[],
  k: number,
  when: Expression,
  rules: readonly ReadRule[],
  columns: ReturnType<typeof ruleColumns>,
): WayOut[] {
  if (!members.includes(k)) return [];
  return members.flatMap((one): WayOut[] => {
    const { at, constraint } = rules[one] as ReadRule;
    const then =
      constraint.kind === "implies" || constraint.kind === "never" ? undefined : conditionOf(constraint);
    if (!then) return [];
    const rest = negationOf(when);
    const text = writeRule({ kind: "implies", when: rest, then });
    return [
      {
        words: `Limit rule ${numberOf(at)} to rows where ${conditionInWords(rest, columns)}`,
        change: { type: "rewrite", rule: at, text },
      },
    ];
  });
}
