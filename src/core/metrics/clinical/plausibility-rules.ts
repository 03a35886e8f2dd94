import type { RuleBook } from "../../clinic/rules/book/rule-book.ts";
import {
  plausibilityRules as rulesFor,
  type Breaks,
  type PlausibilityRule,
} from "../../clinic/rules/plausibility-rules.ts";
import { breathe } from "../../math/breathe.ts";
import { Z90 } from "../../math/intervals.ts";
import type { Table } from "../../table/table.ts";
import { atMost, drawnNote } from "../measuring/bounds.ts";
import type { Detail, Metric, Pulse, Verdict } from "../metric.ts";
import { isFew, patientsOf, patientsPerRow, patientsWhere, shareOfRows } from "../measuring/patients.ts";
import { count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 50_000;
const MOST_NOTES = 5;

/** Share of rows that break at least one rule of what can be in a row, beside the share of real rows that do. */
export const plausibilityRules: Metric = {
  id: "plausibility-rules",
  name: "Plausibility",
  family: "clinical",
  better: "lower",
  ideal: 0,
  margin: 0.01,
  range: [0, 1],
  summary:
    "How many rows hold values or combinations that no patient can have, such as a diastolic above a systolic pressure.",
  reference:
    "Data plausibility checks: Kahn et al. 2016; limits in the manner of MIMIC-Extract, Wang et al. 2020",
  scored: true,
  limits: "Knows only quantities whose names it recognises, and only the rules that are listed.",
  claim: () => ({
    not: "rely on every row to make clinical sense",
    because: "more of its rows break a clinical rule than real ones do",
  }),

  async compute({ train, holdout, synthetic, book }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const given = [train, holdout, synthetic];
    const taken = given.map((table, i) => atMost(table, MOST_ROWS, rng.fork(`rows ${i}`)));
    const [own, real] = [taken[2] as Table, taken.slice(0, 2)];
    const { rules, notes } = rulesFor(real, book);
    await pulse();
    if (rules.length === 0) {
      return skipped(notes[0] ?? "No column has a name the lab knows a clinical range for.");
    }
    const made = await judge(rules, [own], pulse);
    const synthetics = made.any;
    if (synthetics.rows === 0) return skipped("No synthetic row has a value that a rule asks for.");
    const share = synthetics.broken / synthetics.rows;
    const judged = valueOnly ? undefined : await judge(rules, real, pulse);
    const reals = judged?.any ?? { broken: 0, rows: 1, patients: 0 };
    const few = isFew(reals.patients);
    const shown = few ? 0 : reals.broken;
    const usual = shown / reals.rows;
    const listed = judged === undefined ? [] : eachRule(rules, made.each, judged.each, { own, real, book });
    return {
      ...besideReal(
        "lower",
        share,
        shareOfRows(synthetics.broken, synthetics.rows, patientsPerRow(own)),
        { value: usual, interval: shareOfRows(shown, reals.rows, worthOf(real), Z90) },
        (value) => 100 - 500 * Math.max(0, value - usual),
      ),
      sentence: sentenceOf(
        share,
        rules.length,
        few ? "those of fewer than 5 patients" : usual > 0 ? percentage(usual, 2) : "none",
        listed,
      ),
      detail: { type: "rules", rules: listed },
      ...noteOf(notes, drawnNote("Rules are asked of", given, MOST_ROWS).note),
    };
  },
};

interface Judged {
  /** rows that any rule asks something of, and those that break one */
  readonly any: Breaks;
  /** by rule */
  readonly each: readonly Breaks[];
}

const NONE: Breaks = { broken: 0, rows: 0, patients: 0 };

const sum = (one: Breaks, other: Breaks): Breaks => ({
  broken: one.broken + other.broken,
  rows: one.rows + other.rows,
  patients: one.patients + other.patients,
});

/** Every rule asked of every row, once. */
async function judge(
  rules: readonly PlausibilityRule[],
  tables: readonly Table[],
  pulse: Pulse,
): Promise<Judged> {
  let any = NONE;
  const each = rules.map(() => NONE);
  for (const table of tables) {
    /** 0 no rule asks, 1 none is broken, 2 one is */
    const state = new Uint8Array(table.rows);
    for (const [i, rule] of rules.entries()) {
      each[i] = sum(each[i] ?? NONE, asked(rule, table, state));
      await pulse();
    }
    any = sum(any, {
      broken: state.reduce((n, one) => n + (one === 2 ? 1 : 0), 0),
      rows: state.reduce((n, one) => n + (one > 0 ? 1 : 0), 0),
      patients: patientsWhere(table.rows, (row) => state[row] === 2, table.patients),
    });
  }
  return { any, each };
}

/** One rule asked of every row; `state` is raised to what it says. */
function asked(rule: PlausibilityRule, table: Table, state: Uint8Array): Breaks {
  const breaks = rule.breaks(table);
  const patients = new Set<number>();
  let [broken, rows] = [0, 0];
  for (let row = 0; row < table.rows; row++) {
    const answer = breaks(row);
    if (answer === undefined) continue;
    rows++;
    if (answer) {
      broken++;
      patients.add(table.patients?.[row] ?? row);
      state[row] = 2;
    } else if (state[row] === 0) state[row] = 1;
  }
  return { broken, rows, patients: patients.size };
}

/** Patients per row of several tables. */
const worthOf = (tables: readonly Table[]): number =>
  tables.reduce((sum, table) => sum + patientsOf(table), 0) /
  Math.max(
    1,
    tables.reduce((sum, { rows }) => sum + rows, 0),
  );

type Rule = Extract<Detail, { type: "rules" }>["rules"][number];

/** Worst first: by how far the synthetic share lies above what the real rows allow. */
function eachRule(
  rules: readonly PlausibilityRule[],
  made: readonly Breaks[],
  reals: readonly Breaks[],
  { own: synthetic, real, book }: { own: Table; real: readonly Table[]; book: RuleBook | undefined },
): Rule[] {
  const persons = new Set(book?.own.map(({ id }) => id));
  const measured = rules.flatMap(({ text, rule: { id } }, i): { rule: Rule; beyond: number }[] => {
    const [own, usual] = [made[i] ?? NONE, reals[i] ?? NONE];
    if (own.rows === 0) return [];
    const few = isFew(usual.patients);
    const interval = shareOfRows(own.broken, own.rows, patientsPerRow(synthetic));
    const allowed = shareOfRows(usual.broken, usual.rows, worthOf(real)).high;
    const verdict: Verdict =
      interval.low <= allowed ? "good" : interval.low - allowed <= 0.01 ? "worse" : "much-worse";
    const about = [
      ...(persons.has(id) ? ["set by a person"] : []),
      ...(few ? ["<5 real patients break it"] : []),
    ];
    const rule = {
      rule: about.length > 0 ? `${text} (${about.join("; ")})` : text,
      real: few || usual.rows === 0 ? 0 : usual.broken / usual.rows,
      synthetic: own.broken / own.rows,
      rows: own.rows,
      interval,
      verdict,
    };
    return [{ rule, beyond: interval.low - allowed }];
  });
  return measured
    .sort((a, b) => b.beyond - a.beyond || b.rule.synthetic - a.rule.synthetic)
    .map(({ rule }) => rule);
}

function sentenceOf(share: number, asked: number, real: string, listed: readonly Rule[]): string {
  const rules = asked === 1 ? "the one rule" : `${share > 0 ? "one" : "any"} of ${count(asked)} rules`;
  const worst = listed.find(({ verdict }) => verdict !== "good");
  const own = share > 0 ? `${percentage(share, 2)} of synthetic rows break` : "No synthetic row breaks";
  return (
    `${own} ${rules} of what a patient can have; of real rows ${real} do.` +
    (worst ? ` Broken most beyond the real rows: ${worst.rule} (${percentage(worst.synthetic, 2)}).` : "")
  );
}

function noteOf(notes: readonly string[], drawn: string | undefined): { note?: string } {
  const left = notes.length - MOST_NOTES;
  const all = [
    ...notes.slice(0, MOST_NOTES),
    ...(left > 0 ? [`${left} more columns or rules were not asked.`] : []),
    ...(drawn === undefined ? [] : [drawn]),
  ];
  return all.length > 0 ? { note: all.join(" ") } : {};
}
