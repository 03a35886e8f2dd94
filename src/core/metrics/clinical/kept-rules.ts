import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { Z90 } from "../../math/intervals.ts";
import type { Constraint } from "../../rules/constraint.ts";
import { findRules } from "../../rules/finding/find-rules.ts";
import { learnedRule } from "../../rules/learned-rule.ts";
import { readRule, ruleColumns } from "../../rules/read-rule.ts";
import { ruleTest } from "../../rules/rule-test.ts";
import type { RowTest } from "../../rules/rule-test.ts";
import { ruleWords } from "../../rules/rule-words.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { Table } from "../../table/table.ts";
import { atMost, drawnNote, noted } from "../measuring/bounds.ts";
import { isFew, LEAST_PATIENTS, patientsPerRow, shareOfRows } from "../measuring/patients.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, count, percentage, skipped } from "../measuring/verdict.ts";
import type { Detail, Metric, Pulse, Tables } from "../metric.ts";

const MOST_ROWS = 20_000;
const MOST_RULES = 100;
/** A rule that was found is one while at most this share of the training rows breaks it. */
const MAY_FAIL = 0.02;

/** Share of rows that break a rule which nearly all training rows keep, or which a person set. */
export const keptRules: Metric = {
  id: "kept-rules",
  name: "Rules between columns",
  family: "clinical",
  better: "lower",
  ideal: 0,
  margin: 0.01,
  range: [0, 1],
  summary:
    "How many rows break what nearly all real rows keep, or what a person set: a stay that is discharge less admission, one date never after another, a city in its county.",
  reference:
    "Functional dependencies and order constraints found in the training rows (Chu, Ilyas and Papotti 2013); rule of three (Hanley and Lippman-Hand 1983)",
  scored: true,
  limits:
    "Knows the kinds of rules that it looks for; one that is broken in more than 2% of training rows is none, unless a person set it.",
  remedy:
    "Switch the rule named on under Data and train again. If the rows were made elsewhere, leave out the column that follows, and compute it from the others.",
  claim: () => ({
    not: "compute with columns that should agree, such as dates and stays",
    because: "columns that always agree in real patients contradict each other in it",
  }),
  effort: 2,

  sees: (loss) => `${percentage(loss)} more rows that break a rule between columns`,

  async compute({ train, holdout, synthetic, rules = [] }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const given = [train, holdout, synthetic];
    const [learned, held, made] = given.map((table, i) =>
      atMost(table, MOST_ROWS, rng.fork(`rows ${i}`)),
    ) as [Table, Table, Table];
    await pulse();
    const { asked: all, unasked } = await rulesOf(learned, rules, pulse);
    if (all.length === 0) return skipped("No rule holds between columns of the training rows.");
    const asked = all.slice(0, MOST_RULES);
    const own = await rowsThatBreak(asked, made, pulse);
    if (own.rows === 0) return skipped("No synthetic row has the values that a rule asks for.");
    const share = own.broken / own.rows;
    if (valueOnly) return valueAlone(share);
    const usual = await rowsThatBreak(asked, held, pulse);
    const shown = isFew(usual.patients) ? 0 : usual.broken;
    const listed = await eachRule(asked, made, [learned, held], pulse);
    return {
      ...besideReal(
        "lower",
        share,
        shareOfRows(own.broken, own.rows, patientsPerRow(made)),
        {
          value: shown / Math.max(1, usual.rows),
          interval: shareOfRows(shown, usual.rows, patientsPerRow(held), Z90),
        },
        (value) => 100 - 200 * value,
      ),
      sentence: sentenceOf(own, asked.length, listed),
      detail: { type: "rules", rules: listed.map(({ rule }) => rule) },
      ...noted(
        all.length > MOST_RULES ? `${count(all.length - MOST_RULES)} more rules were not asked.` : undefined,
        unasked > 0 ? `${count(unasked)} of the run's rules cannot be asked of these columns.` : undefined,
        drawnNote("Rules between columns are asked of", given, MOST_ROWS),
      ),
    };
  },
};

interface AskedRule {
  readonly words: string;
  readonly by: "found" | "person";
  /** whether a row of `table` keeps it */
  test(table: Table): RowTest;
}

/**
 * Rules of the training rows, those a person set first. A rule of the run that was not found is a person's.
 * @param texts what the run keeps
 */
async function rulesOf(
  train: Table,
  texts: NonNullable<Tables["rules"]>,
  pulse: Pulse,
): Promise<{ asked: AskedRule[]; unasked: number }> {
  const columns = ruleColumns(train);
  const found = (await findRules(train, pulse)).filter(
    ({ support }) => support.broken <= MAY_FAIL * support.rows,
  );
  const asRule = (constraint: Constraint, by: AskedRule["by"]): AskedRule => {
    const learned = learnedRule(constraint, train);
    return {
      words: ruleWords(constraint, columns),
      by,
      test: (table) => ruleTest(constraint, table, learned),
    };
  };
  const known = new Set(found.map(({ constraint }) => writeRule(constraint, columns)));
  const others = texts.filter((text) => !known.has(text));
  const persons = others.flatMap((text) => {
    try {
      return [asRule(readRule(text, columns), "person")];
    } catch (error) {
      if (error instanceof FaultError) return [];
      throw error;
    }
  });
  const asked = [...persons, ...found.map(({ constraint }) => asRule(constraint, "found"))];
  return { asked, unasked: others.length - persons.length };
}

interface Broken {
  readonly broken: number;
  readonly rows: number;
  readonly patients: number;
}

/** Rows that any of the rules asks something of, those that break one, and of how many patients these are. */
async function rowsThatBreak(rules: readonly AskedRule[], table: Table, pulse: Pulse): Promise<Broken> {
  /** 0 no rule asks, 1 none is broken, 2 one is */
  const state = new Uint8Array(table.rows);
  for (const { test } of rules) {
    const keeps = test(table);
    for (let row = 0; row < table.rows; row++) {
      const answer = keeps(row);
      if (answer !== undefined) state[row] = Math.max(state[row] as number, answer ? 1 : 2);
    }
    await pulse();
  }
  return brokenOf(table, (row) => state[row] as number);
}

const ruleIn = ({ test }: AskedRule, table: Table): Broken => {
  const keeps = test(table);
  return brokenOf(table, (row) => {
    const answer = keeps(row);
    return answer === undefined ? 0 : answer ? 1 : 2;
  });
};

function brokenOf(table: Table, stateAt: (row: number) => number): Broken {
  let [broken, rows] = [0, 0];
  const patients = new Set<number>();
  for (let row = 0; row < table.rows; row++) {
    const state = stateAt(row);
    if (state > 0) rows++;
    if (state < 2) continue;
    broken++;
    patients.add(table.patients?.[row] ?? row);
  }
  return { broken, rows, patients: patients.size };
}

const sum = (a: Broken, b: Broken): Broken => ({
  broken: a.broken + b.broken,
  rows: a.rows + b.rows,
  patients: a.patients + b.patients,
});

interface Listed {
  readonly rule: Extract<Detail, { type: "rules" }>["rules"][number];
  readonly words: string;
  readonly own: Broken;
  readonly real: Broken;
  readonly beyond: number;
}

/** Each counted in real and in synthetic rows; broken most beyond the real rows first. */
async function eachRule(
  rules: readonly AskedRule[],
  made: Table,
  [learned, held]: readonly [Table, Table],
  pulse: Pulse,
): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (const rule of rules) {
    const own = ruleIn(rule, made);
    const real = sum(ruleIn(rule, learned), ruleIn(rule, held));
    await pulse();
    if (own.rows === 0) continue;
    const few = isFew(real.patients);
    const interval = shareOfRows(own.broken, own.rows, patientsPerRow(made));
    const beyond = interval.low - shareOfRows(real.broken, real.rows, patientsPerRow(learned)).high;
    listed.push({
      rule: {
        rule: `${rule.words} (${aboutOf(rule, real)})`,
        real: few || real.rows === 0 ? 0 : real.broken / real.rows,
        synthetic: own.broken / own.rows,
        rows: own.rows,
        interval,
        verdict: beyond <= 0 ? "good" : beyond <= 0.01 ? "worse" : "much-worse",
      },
      words: rule.words,
      own,
      real,
      beyond,
    });
  }
  return listed.sort((a, b) => b.beyond - a.beyond || b.own.broken - a.own.broken);
}

/** Who set it, and what the real rows say of it: what none of n breaks may fail in up to 3/n. */
function aboutOf({ by }: AskedRule, { rows, broken, patients }: Broken): string {
  const who = by === "person" ? "set by a person; " : "";
  if (rows === 0) return `${who}asked of no real row`;
  if (broken === 0) return `${who}all ${count(rows)} real rows keep it; may fail in up to ${mayFailIn(rows)}`;
  return `${who}${isFew(patients) ? `fewer than ${LEAST_PATIENTS} real patients break it` : `${count(rows - broken)} of ${count(rows)} real rows keep it`}`;
}

const mayFailIn = (rows: number): string => percentage(Math.min(1, 3 / rows), rows > 3000 ? 2 : 1);

function sentenceOf(own: Broken, rules: number, listed: readonly Listed[]): string {
  const [worst] = listed;
  const all = `${count(rules)} ${rules === 1 ? "rule" : "rules"} between columns`;
  if (!worst || worst.own.broken === 0) return `No synthetic row breaks one of ${all}.`;
  const { broken, rows, patients } = worst.real;
  const kept = broken === 0 ? "all" : isFew(patients) ? "all but a few of" : `${count(rows - broken)} of`;
  return (
    `${count(worst.own.broken)} of ${count(worst.own.rows)} synthetic rows (${percentage(worst.own.broken / worst.own.rows)}) ` +
    `break “${worst.words}”, which ${kept} ${count(rows)} real rows keep` +
    (rules > 1 ? `; ${percentage(own.broken / own.rows)} break one of ${all}.` : ".")
  );
}
