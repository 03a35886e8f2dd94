import { createBudget } from "../../private/accounting/budget.ts";
import type { Guarantee } from "../../private/guarantee.ts";
import { cryptographicNoise } from "../../private/noise/noise-source.ts";
import { NOTHING_PUBLIC, publicColumn, type PublicFacts } from "../../private/public/public-facts.ts";
import { withWrittenWords } from "../../private/public/written-words.ts";
import { createPrivateRows } from "../../private/rows/create-private-rows.ts";
import type { PrivateRows } from "../../private/rows/private-rows.ts";
import type { Table } from "../../table/table.ts";
import type { FitOptions, Params, ParamSpec } from "../synthesizer.ts";

/** The first two settings of every method with a guarantee. */
export const guaranteeParams = {
  epsilon: {
    type: "number",
    label: "Epsilon (ε)",
    default: 1,
    min: 0.01,
    max: 100,
    log: true,
    reason:
      "The smaller, the less anyone can tell of one patient: at 1 whoever is unsure 50 to 50 becomes at most 73% sure.",
  },
  delta: {
    type: "number",
    label: "Delta (δ)",
    default: 0,
    min: 0,
    max: 0.1,
    reason: "The probability that epsilon does not hold. 0 takes 1/(n√n) of the n patients, never above 1/n.",
  },
} as const satisfies Record<string, ParamSpec>;

export interface Opened {
  readonly rows: PrivateRows;
  readonly facts: PublicFacts;
}

/** The door to `train` for one fit with `params`, whose delta is set (`offeredDelta` where a person set none). */
export function openPrivate(train: Table, params: Params, options: FitOptions): Opened {
  const {
    public: known = NOTHING_PUBLIC,
    rowsPerPatient = 1,
    noise = cryptographicNoise(),
    watched,
  } = options.guarantee ?? {};
  const facts = withWrittenWords(known, train);
  const epsilon = params["epsilon"] as number;
  const delta = (params["delta"] as number) || offeredDelta(unitsOf(train));
  const undeclared = train.schema.columns.some(
    ({ name }, i) => train.columns[i]?.type === "coded" && publicColumn(facts, name).levels === undefined,
  );
  const budget = createBudget(epsilon, delta, undeclared);
  const rows = createPrivateRows(train, budget, {
    rowsPerPatient,
    noise,
    ...(watched && { watched }),
  });
  return { rows, facts };
}

/** How many the guarantee is of: patients, or rows where none are marked. */
export const unitsOf = ({ rows, patients }: Table): number =>
  patients === undefined ? rows : new Set(patients).size;

/** 1/(n√n), rounded down to one digit: it is public, so that it must not tell n. */
export function offeredDelta(units: number): number {
  const exact = 1 / (units * Math.sqrt(units));
  const power = 10 ** Math.floor(Math.log10(exact));
  return Number((Math.max(1, Math.floor(exact / power + 1e-9)) * power).toPrecision(1));
}

/** What the model says of its guarantee. `count`: a noisy count of the rows. */
export const guaranteeOf = ({ rows, facts }: Opened, count: number): Guarantee => ({
  epsilon: rows.budget.epsilon,
  delta: rows.budget.delta,
  unit: rows.unit,
  rowsPerPatient: rows.rowsPerPatient,
  noise: rows.noise,
  rows: Math.max(1, Math.round(count)),
  spent: [...rows.budget.spent],
  public: facts,
});
