import { rhoOf } from "../../private/accounting/zcdp.ts";
import { publicFacts } from "../../private/public/known-facts.ts";
import { withWrittenWords } from "../../private/public/written-words.ts";
import { publicColumn, type PublicFacts } from "../../private/public/public-facts.ts";
import { chooseGuaranteed } from "../../synthesizers/private/dp-auto/choice.ts";
import { targetsOf } from "../../synthesizers/private/dp-target/joint-target.ts";
import { offeredDelta, unitsOf } from "../../synthesizers/private/open-private.ts";
import { targetColumn, type ColumnSchema, type Schema, type Table } from "../../table/table.ts";
import { count, plural } from "../../words/numbers.ts";
import type { Holdout } from "../fit/training-rows.ts";
import { expectedUses, type ExpectedUse } from "./expected-use.ts";
import type { GuaranteeOffer, GuaranteeStop } from "./guarantee-offer.ts";
import { privateTrain } from "./private-train.ts";
import { publicLines } from "./public-lines.ts";

/** Epsilons that a person can choose between. */
export const STOPS: readonly number[] = [10, 3, 1, 0.3];
/** Fewer patients than this: nothing useful is left at epsilon 1. */
export const LEAST_UNITS = 50;
const LEAST_FOR_NETWORK = 10_000;
const MOST_CLASSES = 12;
const NAMED = 8;

/** Words of each stop: what an attacker who was unsure 50 to 50 whether a patient is in the table can know then. */
const SENTENCES: Readonly<Record<number, string>> = {
  10: "They can become all but certain. A limit on paper, but a weak one.",
  3: "They can become at most 95% sure.",
  1: "They can become at most 73% sure, whatever else they know.",
  0.3: "They can become at most 57% sure, little better than a coin.",
};
const NO_LIMIT =
  "No mathematical limit. What an attacker could learn is measured after training, with the attacks we know.";

/** How a run would be: what changes an offer beside the table. */
export interface GuaranteeChoice {
  readonly holdout?: Holdout;
  /** what a person declares to be public */
  readonly facts?: PublicFacts;
  /** 1 unless said */
  readonly epsilon?: number;
  /** what the run will take; what is offered, unless said */
  readonly delta?: number;
}

/** What a person is shown before a run with a guarantee. For their eyes: exact counts of `table` decide the warnings. */
export function offerOf(
  table: Table,
  { holdout, facts: declared = { columns: [] }, epsilon = 1, delta: taken = 0 }: GuaranteeChoice = {},
): GuaranteeOffer {
  const { train } = privateTrain(table, holdout);
  const { schema } = train;
  const unit = train.patients === undefined ? "row" : "patient";
  const units = unitsOf(train);
  const facts = withWrittenWords(publicFacts(schema, declared).facts, train);
  const target = targetColumn(schema);
  const classed = target !== undefined && isClassed(train, target) ? schema.columns[target] : undefined;
  const shape = { units, columns: schema.columns.length, target: targetsOf(schema).length > 0 };
  const delta = offeredDelta(Math.max(2, units));
  const { design, reason } = chooseGuaranteed({ ...shape, epsilon, delta: taken || delta });
  return {
    unit,
    delta,
    takes: design,
    why: `${reason}.`,
    unfit: unfitOf(shape, unit),
    stops: stopsOf(expectedUses(shape, [Infinity, ...STOPS]), classed !== undefined),
    lines: publicLines(schema, facts, unit),
    facts,
    warnings: warningsOf(schema, facts, { units, unit, delta }),
    ...(classed && { use: `Predicting ${classed.name}, AUROC` }),
  };
}

function isClassed(train: Table, target: number): boolean {
  const column = train.columns[target];
  return column?.type === "coded" && column.levels.length <= MOST_CLASSES;
}

function stopsOf(uses: ReadonlyMap<number, ExpectedUse>, classed: boolean): GuaranteeStop[] {
  const expected = (epsilon: number): Pick<GuaranteeStop, "expected" | "told"> => {
    const use = uses.get(epsilon);
    return use === undefined ? {} : { ...(classed && { expected: use.expected }), told: use.told };
  };
  const stops = STOPS.map((epsilon): GuaranteeStop => ({
    epsilon,
    sentence: SENTENCES[epsilon] ?? "",
    sure: 1 / (1 + Math.exp(-epsilon)),
    ...expected(epsilon),
  }));
  return [{ sentence: NO_LIMIT, ...expected(Infinity) }, ...stops];
}

function unfitOf(
  { units, target }: { readonly units: number; readonly target: boolean },
  unit: "patient" | "row",
): GuaranteeOffer["unfit"] {
  return [
    ...(target ? [] : [{ synthesizer: "dp-target", why: "It needs a target: name one on Data." }]),
    ...(units < LEAST_FOR_NETWORK
      ? [
          {
            synthesizer: "dp-network",
            why: `It needs about ${count(LEAST_FOR_NETWORK)} ${unit}s. You have ${count(units)}.`,
          },
        ]
      : []),
  ];
}

interface Size {
  readonly units: number;
  readonly unit: "patient" | "row";
  readonly delta: number;
}

function warningsOf(schema: Schema, facts: PublicFacts, size: Size): string[] {
  const { units, unit } = size;
  if (units < LEAST_UNITS) return [fewWords(units, unit)];
  const most = mostColumns(size);
  const columns = schema.columns.length;
  if (columns <= most) return [];
  const dropped = dearest(schema, facts, columns - most);
  const named = dropped
    .slice(0, NAMED)
    .map(({ name }) => `“${name}”`)
    .join(", ");
  const more = dropped.length > NAMED ? ` and ${count(dropped.length - NAMED)} more` : "";
  return [
    `${plural(columns, "column")} are too many for ${count(units)} ${unit}s: at ε 1 the noise is larger than what about ${plural(columns - most, "of them has", "of them have")} to say. Leave out what your question does not need; about ${count(most)} can be kept. Those that cost most and are declared least: ${named}${more}.`,
  ];
}

/** What is said where hardly anybody is there; `units`: how many, exactly or noisily. */
export const fewWords = (units: number, unit: "patient" | "row"): string =>
  `With ${plural(units, unit)} nothing useful is left at ε 1: the noise is as large as the counts, and the rows will say little more than columns drawn independently. At least ${LEAST_UNITS} are needed; hundreds are better.`;

/** Columns that can be kept at epsilon 1: with more, the noise of a table with the target is beyond what a usual cell counts, half as much again. */
function mostColumns({ units, delta }: Size): number {
  return Math.max(2, Math.floor(3.3 * rhoOf(1, delta) * (units / 16) ** 2));
}

/** The last `many` columns by how little is declared of them: chosen by public facts alone, never by what the cells say. */
function dearest(schema: Schema, facts: PublicFacts, many: number): ColumnSchema[] {
  const cost = ({ name, kind, role }: ColumnSchema): number => {
    if (role === "target") return -1;
    const { range, levels } = publicColumn(facts, name);
    if (kind === "integer" || kind === "decimal" || kind === "datetime") return range === undefined ? 1 : 0;
    return levels === undefined ? 2 : 0;
  };
  return [...schema.columns]
    .reverse()
    .toSorted((a, b) => cost(b) - cost(a))
    .slice(0, many);
}
