import { Z90, Z95 } from "../../math/intervals.ts";
import type { Table } from "../../table/table.ts";
import type { Detail, Interval, Measured, Measurement } from "../metric.ts";
import { LEAST_PATIENTS, patientsPerRow } from "../measuring/patients.ts";
import { judge } from "../measuring/judge.ts";
import { count, besideReal, percentage } from "../measuring/verdict.ts";

/** The added risk that the European Medicines Agency (policy 0070) and Health Canada accept: what an attack may gain. */
export const RISK_MARGIN = 0.09;

/** A success rate with the half width of its interval. */
export interface Rate {
  readonly value: number;
  readonly error: number;
}

/**
 * Centre and half width of Wilson's interval of `successes` in `attacks` (Giomi et al. 2023, section 4; Anonymeter's
 * `success_rate`). `successes` need not be whole.
 */
export function successRate(successes: number, attacks: number, z: number = Z95): Rate {
  const z2 = z * z;
  const spread = (successes * (attacks - successes)) / attacks;
  return {
    value: (successes + z2 / 2) / (attacks + z2),
    error: (z / (attacks + z2)) * Math.sqrt(spread + z2 / 4),
  };
}

/**
 * R = (main - control) / (1 - control) with its error propagated (Anonymeter's `residual_success`): what the attack does
 * better on the patients who were learned from than on those who were not, of what there is to do better.
 */
export function residualRisk(main: Rate, control: Rate): Rate {
  const left = 1 - control.value;
  return {
    value: (main.value - control.value) / left,
    error: Math.hypot(main.error / left, (control.error * (main.value - 1)) / (left * left)),
  };
}

/** The rate with its interval, both kept inside 0..1 (Anonymeter's `bind_value`). */
export function bounded({ value, error }: Rate): { value: number; interval: Interval } {
  const inside = (x: number): number => Math.max(0, Math.min(1, x));
  return { value: inside(value), interval: { low: inside(value - error), high: inside(value + error) } };
}

/** One attack: how often it succeeds on patients who were learned from, on those who were not, and by mere guessing. */
export interface Attack {
  readonly name: string;
  readonly attacks: number;
  readonly successes: number;
  readonly controls: number;
  readonly controlSuccesses: number;
  /** success rate without the synthetic table */
  readonly chance: number;
  /** by how much the errors of the rates are wider than Wilson's; 1 by default */
  readonly wider?: { readonly main: number; readonly control: number };
}

/** Rows of one patient succeed or fail together: the errors are those of as many rows as `patientsPerRow` counts. */
export const widerBy = ([train, holdout]: readonly Table[]): { main: number; control: number } => ({
  main: train ? 1 / Math.sqrt(patientsPerRow(train)) : 1,
  control: holdout ? 1 / Math.sqrt(patientsPerRow(holdout)) : 1,
});

export interface Risk {
  readonly attack: Attack;
  readonly main: Rate;
  readonly control: Rate;
  readonly risk: Rate;
  /** the risk of an attack that does as well on both, and its error */
  readonly nothing: Rate;
}

export function riskOf(attack: Attack, z: number = Z95): Risk {
  const { wider = { main: 1, control: 1 } } = attack;
  const rate = (successes: number, attacks: number, factor: number, at: number): Rate => {
    const { value, error } = successRate(successes, attacks, at);
    return { value, error: factor * error };
  };
  const main = rate(attack.successes, attack.attacks, wider.main, z);
  const control = rate(attack.controlSuccesses, attack.controls, wider.control, z);
  const usual = rate(attack.controlSuccesses, attack.controls, wider.control, Z90);
  const same = rate(
    (attack.controlSuccesses * attack.attacks) / attack.controls,
    attack.attacks,
    wider.main,
    Z90,
  );
  const { error } = residualRisk({ value: usual.value, error: same.error }, usual);
  return { attack, main, control, risk: residualRisk(main, control), nothing: { value: 0, error } };
}

/** The three success rates as percentages. */
export type Shares = Readonly<Record<"main" | "control" | "chance", string>>;

/**
 * A metric's result from one attack that speaks for all of `attacks`. Its value is the risk; its baseline that of an
 * attack that does as well on held-out patients as on those learned from: 0, up to its noise. The interval reaches at least
 * as far as that of an attack that gains nothing, so that a lucky estimate below 0 shows no more than the patients can.
 * @param speaks the attack whose risk is the value
 * @param held how many patients were held out
 * @param succeeds what the attacker does with the shares, a sentence
 */
export function riskResult(
  speaks: Attack,
  attacks: readonly Attack[],
  held: number,
  succeeds: (shares: Shares) => string,
  z: number = Z95,
): Measurement {
  const spoken = riskOf(speaks, z);
  const { value, interval: found } = bounded(spoken.risk);
  const least = bounded({ value: 0, error: riskOf(evened(speaks), z).risk.error }).interval.high;
  const interval = { low: found.low, high: Math.max(found.high, least) };
  const [main, control] = [bounded(spoken.main), bounded(spoken.control)];
  const usual = bounded(spoken.nothing);
  const shares = {
    main: percentage(main.value),
    control: percentage(control.value),
    chance: percentage(speaks.chance),
  };
  const shown =
    least > RISK_MARGIN
      ? ` With ${held < LEAST_PATIENTS ? `fewer than ${LEAST_PATIENTS}` : count(held)} held-out patients it cannot be shown that the ` +
        `risk lies under ${percentage(RISK_MARGIN, 0)}: the interval of an attack that gains nothing reaches ${percentage(least)}.`
      : "";
  return {
    ...besideReal("lower", value, interval, usual, (risk) => 100 * (1 - risk), interval),
    sentence:
      `${succeeds(shares)} Risk added by training: ${percentage(value)} ` +
      `(95% interval ${percentage(interval.low)} to ${percentage(interval.high)}).${shown}`,
    detail: figuresOf(attacks),
  };
}

/** The same attack if it did as well on patients who were learned from as on those who were held out. */
const evened = (attack: Attack): Attack => ({
  ...attack,
  successes: (attack.controlSuccesses * attack.attacks) / attack.controls,
});

/** Each attack's success rate on patients who were learned from, beside the control's and chance. */
function figuresOf(attacks: readonly Attack[]): Detail {
  return {
    type: "figures",
    rows: attacks.map((attack) => {
      const { main, control, risk } = riskOf(attack);
      const own = bounded(risk);
      const { verdict } = judge(own, RISK_MARGIN, attacks.length);
      const shown = (rate: Rate): Measured => bounded(rate);
      return {
        name: attack.name,
        unit: "share" as const,
        synthetic: shown(main),
        baseline: shown(control),
        chance: attack.chance,
        verdict,
        note:
          `risk ${percentage(own.value)} (${percentage(own.interval.low)} to ${percentage(own.interval.high)}), ` +
          `${count(attack.attacks)} attacks`,
      };
    }),
  };
}

/** Normal quantile of a two-sided 95% interval that holds for all of `looks` at once (Bonferroni), for 1 to 12 looks. */
const SIMULTANEOUS = [
  1.959964, 2.241403, 2.39398, 2.497705, 2.575829, 2.638257, 2.69011, 2.734369, 2.772921, 2.807034, 2.837619,
  2.865345,
];

/**
 * The attack among several that speaks for them: the highest risk of those whose interval, widened for as many looks,
 * lies above 0 and above `otherwise`'s risk; else `otherwise`, which pools them or is the usual one.
 */
export function speaking(attacks: readonly Attack[], otherwise: Attack): { attack: Attack; z: number } {
  const z = SIMULTANEOUS[Math.min(attacks.length, SIMULTANEOUS.length) - 1] ?? Z95;
  const pooled = riskOf(otherwise).risk.value;
  const [worst] = attacks
    .map((attack) => riskOf(attack, z))
    .filter(({ risk }) => risk.value - risk.error > Math.max(0, pooled))
    .sort((a, b) => b.risk.value - a.risk.value);
  return worst ? { attack: worst.attack, z } : { attack: otherwise, z: Z95 };
}
