import { breaksIn } from "../../clinic/rules/plausibility-rules.ts";
import type { PlausibilityRule } from "../../clinic/rules/rule.ts";
import { breathe } from "../../math/breathe.ts";
import { Z90, wilson } from "../../math/intervals.ts";
import type { Table } from "../../table/table.ts";
import { atMost, drawnNote } from "../measuring/bounds.ts";
import { isFew, LEAST_PATIENTS } from "../measuring/patients.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, count, percentage, skipped } from "../measuring/verdict.ts";
import type { Detail, Metric, Pulse } from "../metric.ts";
import { arithmeticRelations } from "./arithmetic-relations.ts";
import { levelLookups } from "./level-lookups.ts";
import { rowsThatBreak } from "./plausibility-rules.ts";

const MOST_ROWS = 20_000;
const MOST_RULES = 60;

/** Share of rows that break an identity, an order or a lookup which nearly all training rows keep. */
export const keptRules: Metric = {
  id: "kept-rules",
  name: "Columns that follow from others",
  family: "clinical",
  better: "lower",
  ideal: 0,
  margin: 0.01,
  range: [0, 1],
  summary:
    "How many rows break what nearly all real rows keep: a stay that is discharge less admission, one date never after another, a city in its county.",
  reference:
    "Functional dependencies and order constraints found in the training rows (Chu, Ilyas and Papotti 2013)",
  scored: true,
  limits:
    "Finds identities of two or three columns, orders of two and lookups of one level; a rule that is broken in more than 2% of training rows is not one.",
  remedy:
    "Leave out the column that follows, and compute it again from the others; or train with a method that keeps such columns (Auto).",
  claim: () => ({
    not: "compute with columns that should agree, such as dates and stays",
    because: "columns that always agree in real patients contradict each other in it",
  }),

  sees: (loss) => `${percentage(loss)} more rows in which a column does not follow from the others`,

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const given = [train, holdout, synthetic];
    const [learned, held, made] = given.map((table, i) =>
      atMost(table, MOST_ROWS, rng.fork(`rows ${i}`)),
    ) as [Table, Table, Table];
    await pulse();
    const { rules: relations, leftOut } = arithmeticRelations(learned, rng);
    await pulse();
    const rules = [...relations, ...levelLookups(learned, rng.fork("lookups"))].slice(0, MOST_RULES);
    await pulse();
    if (rules.length === 0)
      return skipped("No column follows from others, or is tied to their order, in the training rows.");
    const own = await rowsThatBreak(rules, made, pulse);
    if (own.rows === 0) return skipped("No synthetic row has the values that a rule asks for.");
    const share = own.broken / own.rows;
    if (valueOnly) return valueAlone(share);
    const usual = await rowsThatBreak(rules, held, pulse);
    const shown = isFew(usual.patients) ? 0 : usual.broken;
    const listed = await eachRule(rules, made, learned, held, pulse);
    return {
      ...besideReal(
        "lower",
        share,
        wilson(own.broken, own.rows),
        { value: shown / Math.max(1, usual.rows), interval: wilson(shown, usual.rows, Z90) },
        (value) => 100 - 200 * value,
      ),
      sentence: sentenceOf(own, rules.length, listed),
      detail: { type: "rules", rules: listed.map(({ rule }) => rule) },
      ...noteOf(
        leftOut,
        drawnNote("Columns that follow from others are looked for in", given, MOST_ROWS).note,
      ),
    };
  },
};

interface Asked {
  readonly rule: Extract<Detail, { type: "rules" }>["rules"][number];
  readonly own: ReturnType<typeof breaksIn>;
  readonly real: ReturnType<typeof breaksIn>;
  readonly beyond: number;
}

/** Counted in train, holdout and the synthetic table; broken most beyond the real rows first. */
async function eachRule(
  rules: readonly PlausibilityRule[],
  made: Table,
  learned: Table,
  held: Table,
  pulse: Pulse,
): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const rule of rules) {
    const own = breaksIn(rule, [made]);
    const real = breaksIn(rule, [learned, held]);
    await pulse();
    if (own.rows === 0) continue;
    const few = isFew(real.patients);
    const interval = wilson(own.broken, own.rows);
    const beyond = interval.low - wilson(real.broken, real.rows).high;
    asked.push({
      rule: {
        rule: few ? `${rule.text} (<${LEAST_PATIENTS} real patients break it)` : rule.text,
        real: few ? 0 : real.broken / real.rows,
        synthetic: own.broken / own.rows,
        rows: own.rows,
        interval,
        verdict: beyond <= 0 ? "good" : beyond <= 0.01 ? "worse" : "much-worse",
      },
      own,
      real,
      beyond,
    });
  }
  return asked.sort((a, b) => b.beyond - a.beyond || b.own.broken - a.own.broken);
}

function sentenceOf(own: { broken: number; rows: number }, rules: number, listed: readonly Asked[]): string {
  const [worst] = listed;
  const all = `${count(rules)} ${rules === 1 ? "rule" : "rules"} that nearly all training rows keep`;
  if (!worst || worst.own.broken === 0) return `No synthetic row breaks one of ${all}.`;
  const text = worst.rule.rule.replace(/ \(<\d+ real patients break it\)$/, "");
  const { broken, rows, patients } = worst.real;
  const kept = broken === 0 ? "all" : isFew(patients) ? "all but a few of" : `${count(rows - broken)} of`;
  return (
    `${count(worst.own.broken)} of ${count(worst.own.rows)} synthetic rows (${percentage(worst.own.broken / worst.own.rows)}) ` +
    `break “${text}”, which ${kept} ${count(rows)} real rows keep` +
    (rules > 1 ? `; ${percentage(own.broken / own.rows)} break one of ${all}.` : ".")
  );
}

function noteOf(leftOut: number, drawn: string | undefined): { note?: string } {
  const all = [
    ...(leftOut > 0 ? [`${count(leftOut)} numbers were not tried with the others.`] : []),
    ...(drawn === undefined ? [] : [drawn]),
  ];
  return all.length > 0 ? { note: all.join(" ") } : {};
}
