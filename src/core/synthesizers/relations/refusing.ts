import { FaultError } from "../../fault.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { PatientRequest } from "../synthesizer.ts";
import type { HeldRule, KeptRules } from "./kept-rules.ts";
import { brokenRules } from "./kept-rules.ts";

/** Visits drawn before too few of them tell that a rule cannot be kept, and the share of them that then is too few. */
const LEAST_ASKED = 20_000;
const TOO_FEW = 0.001;

/**
 * Which of a model's visits break a rule, or are refused besides, once everything is put back; undefined where nothing is
 * asked. What it gives throws FaultError `rule-unmet` where nearly all do.
 */
export function refusing(
  { rules, derivations }: KeptRules,
  more: PatientRequest["refuses"],
): PatientRequest["refuses"] {
  if (rules.length === 0 && more === undefined) return undefined;
  const broken = rules.map(() => 0);
  let [asked, good] = [0, 0];
  return (visits) => {
    const whole = derivations.restore(visits);
    const breaks = brokenRules(rules, whole);
    const others = more?.(whole);
    const refused = Uint8Array.from({ length: whole.rows }, (_, row) => {
      const own = breaks(row);
      for (const k of own) broken[k] = (broken[k] as number) + 1;
      if (own.length === 0) good++;
      return own.length > 0 || others?.[row] === 1 ? 1 : 0;
    });
    asked += whole.rows;
    if (asked >= LEAST_ASKED && good < TOO_FEW * asked) {
      const worst = Math.max(...broken);
      const { constraint } = rules[broken.indexOf(worst)] as HeldRule;
      const rule = writeRule(constraint, derivations.schemas);
      throw new FaultError({ code: "rule-unmet", rule, drawn: asked, broken: worst, rows: asked });
    }
    return refused;
  };
}
