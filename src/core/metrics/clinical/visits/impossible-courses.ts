import { breathe } from "../../../math/breathe.ts";
import { wilson, Z90 } from "../../../math/intervals.ts";
import { coursesOfTables, HELD, MADE, TRAIN } from "../../measuring/courses/aligned-courses.ts";
import { isFew } from "../../measuring/patients.ts";
import { valueAlone } from "../../measuring/value-only.ts";
import { besideReal, count, percentage, skipped } from "../../measuring/verdict.ts";
import type { Detail, Metric } from "../../metric.ts";
import { BROKEN, courseRules, UNASKED, type CourseRule } from "./course-rules.ts";

/** What more than this share of the training patients breaks is no rule. */
const MAY_FAIL = 0.02;
const MOST_RULES = 100;

/** Share of patients whose visits go through time as no real patient's do. */
export const impossibleCourses: Metric = {
  id: "impossible-courses",
  about: "courses",
  name: "Impossible courses",
  family: "clinical",
  better: "lower",
  ideal: 0,
  margin: 0.02,
  range: [0, 1],
  summary:
    "How many patients have two visits at one time, a sex that changes, a visit after death or after the end of follow-up, or a dose in total that falls.",
  reference: "Temporal plausibility: Kahn et al. 2016; what courses keep is found in the training patients",
  scored: true,
  limits:
    "Knows what nearly all training patients keep, and nothing that a patient could not do for other reasons.",
  claim: () => ({
    not: "study its patients through time",
    because: "their visits go through time as no real patient's do",
  }),
  remedy:
    "Train with a method that draws whole courses, such as Visits; check under Data which column is the time and which the end of follow-up.",
  sees: (loss) => `${percentage(loss)} more patients with a course that cannot be`,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    await pulse();
    const courses = coursesOfTables(tables, rng);
    if (courses === undefined) return skipped("No column says when a visit was.");
    if (tables.holdout.rows === 0) return skipped("No patients were held out to compare with.");
    await pulse();
    const rules: Asked[] = [];
    for (const rule of courseRules(courses, tables.train)) {
      const states = [rule.statesOf(TRAIN), rule.statesOf(HELD), rule.statesOf(MADE)] as const;
      await pulse();
      const { broken, asked } = tally(states[TRAIN]);
      if (asked > 0 && broken <= MAY_FAIL * asked) rules.push({ rule, states });
    }
    if (rules.length === 0) return skipped("The training patients' courses keep no rule.");
    const own = together(rules, MADE);
    if (own.asked === 0) return skipped("No synthetic patient has two visits.");
    const share = own.broken / own.asked;
    if (valueOnly) return valueAlone(share);
    const held = together(rules, HELD);
    const shown = isFew(held.broken) ? 0 : held.broken;
    const usual = shown / Math.max(1, held.asked);
    const listed = listedRules(rules);
    return {
      ...besideReal(
        "lower",
        share,
        wilson(own.broken, own.asked),
        { value: usual, interval: wilson(shown, held.asked, Z90) },
        (value) => 100 - 200 * Math.max(0, value - usual),
      ),
      sentence: sentenceOf(
        own,
        isFew(held.broken) ? "those of fewer than 5 patients" : shown > 0 ? percentage(usual) : "none",
        listed,
      ),
      detail: { type: "rules", rules: listed.slice(0, MOST_RULES) },
    };
  },
};

interface Asked {
  readonly rule: CourseRule;
  /** of each patient of train, holdout and synthetic */
  readonly states: readonly [Uint8Array, Uint8Array, Uint8Array];
}

interface Tally {
  readonly broken: number;
  readonly asked: number;
}

function tally(states: Uint8Array): Tally {
  let [broken, asked] = [0, 0];
  for (const state of states) {
    if (state !== UNASKED) asked++;
    if (state === BROKEN) broken++;
  }
  return { broken, asked };
}

/** Patients of whom any rule asks something, and those who break one. */
function together(rules: readonly Asked[], side: 0 | 1 | 2): Tally {
  const worst = new Uint8Array(rules[0]?.states[side].length ?? 0);
  for (const { states } of rules)
    states[side].forEach((state, patient) => (worst[patient] = Math.max(worst[patient] as number, state)));
  return tally(worst);
}

type Rule = Extract<Detail, { type: "rules" }>["rules"][number];

/** Broken most beyond the real patients first. */
function listedRules(rules: readonly Asked[]): Rule[] {
  return rules
    .flatMap(({ rule, states }) => {
      const own = tally(states[MADE]);
      if (own.asked === 0) return [];
      const [learned, held] = [tally(states[TRAIN]), tally(states[HELD])];
      const real = { broken: learned.broken + held.broken, asked: learned.asked + held.asked };
      const few = isFew(real.broken);
      const interval = wilson(own.broken, own.asked);
      const beyond = interval.low - wilson(real.broken, real.asked).high;
      const listed: Rule = {
        rule: few ? `${rule.words} (<5 real patients break it)` : rule.words,
        real: few ? 0 : real.broken / Math.max(1, real.asked),
        synthetic: own.broken / own.asked,
        rows: own.asked,
        interval,
        verdict: beyond <= 0 ? "good" : beyond <= 0.01 ? "worse" : "much-worse",
      };
      return [{ listed, beyond }];
    })
    .sort((a, b) => b.beyond - a.beyond || b.listed.synthetic - a.listed.synthetic)
    .map(({ listed }) => listed);
}

function sentenceOf({ broken, asked }: Tally, real: string, [worst]: readonly Rule[]): string {
  const beside = `of held-out patients ${real} ${real === "none" ? "does" : "do"}`;
  if (broken === 0) return `No synthetic patient's course breaks what real ones keep; ${beside}.`;
  return (
    `${count(broken)} of ${count(asked)} synthetic patients (${percentage(broken / asked)}) have a course that breaks what real ones keep; ` +
    `${beside}.` +
    (worst && worst.synthetic > 0 ? ` Broken most: “${worst.rule}” (${percentage(worst.synthetic)}).` : "")
  );
}
