import type { Rng } from "../../math/rng.ts";
import type { Constraint } from "../../rules/constraint.ts";
import { columnsOf } from "../../rules/language/names-in.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer } from "../synthesizer.ts";
import { reported, start } from "../training/reported.ts";
import { shownBy } from "../training/shown.ts";
import { MOST_VISITS as MOST_OF_ONE } from "../../visits/most-visits.ts";
import { featureLayout } from "./network/course-state.ts";
import { encodeVisits, headOffsets } from "./network/encode.ts";
import { coursesToLearn, learnVisits, someOf } from "./columns/learn.ts";
import type { LearnedVisits } from "./columns/learn.ts";
import { createVisitsModel } from "./model.ts";
import { planVisits } from "./pace.ts";
import { knownOf, learnStaticFeatures, staticFeaturesOf } from "./columns/statics.ts";
import { targetsOf } from "./network/targets.ts";
import { trainVisits } from "./network/training.ts";
import { designOf, isNear } from "./network/visits-design.ts";

/** Of the fit that learning what does not change is taken to be. */
const SHARE_OF_PATIENTS = 0.25;
/** Visits, and numbers for the networks, that are learned from at most. */
const MOST_VISITS = 100_000;
const MOST_NUMBERS = 50_000_000;

/** Learns what does not change by `patients`, which `options.rules` are those of, then the visits. */
export async function* fit(
  patients: Synthesizer,
  train: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  const found = await coursesToLearn(train);
  const left = found.plan.visits - found.plan.schedule.unknown - found.visits.rows.length;
  if (left > 0) yield { ...start, notice: firstNotice(left) };
  const plan = planVisits(found.visits.rows.length, params);
  const learned = yield* learnVisits(train, found.visits, found.plan, plan);
  if (learned.withheld > 0) yield { ...start, notice: withheldNotice(learned.withheld) };
  const { like, parts } = learned;
  const own = yield* fitPatients(patients, learned.patients, rng.fork("patients"), {
    ...options,
    ...(options.rules && { rules: rulesOfPatients(options.rules, learned) }),
  });
  let done = false;
  try {
    const fraction = own ? SHARE_OF_PATIENTS : 0;
    yield { ...start, fraction, note: "Reading the visits" };
    const targets = targetsOf(parts);
    const width = featureLayout(parts).width + targets.widths.reduce((sum, one) => sum + one, 0);
    const most = Math.min(MOST_VISITS, Math.floor(MOST_NUMBERS / width));
    const { visits, seen, kept } = someOf(learned.visits, learned.seen, most, rng.fork("visits"));
    const people = takeRows(learned.patients, kept);
    if (visits.rows.length < learned.visits.rows.length)
      yield { ...start, fraction, notice: someNotice(visits.rows.length, learned.visits.rows.length) };
    const known = knownOf(people, like.statics, parts.clock);
    const encoded = await encodeVisits(visits, parts, targets, known, seen);
    const statics = learnStaticFeatures(learned.patients);
    const design = designOf(like, parts, statics, headOffsets(encoded, targets), {
      ...plan,
      near: isNear(statics.width, people.rows),
    });
    const weights = yield* trainVisits(encoded, design, plan, rng, {
      ...options,
      visits,
      statics: staticFeaturesOf(statics, people),
      before: fraction,
      show: (made) =>
        shownBy(
          createVisitsModel(params, design, made, own, false),
          options.previewRows,
          rng.fork("preview"),
        ),
    });
    done = true;
    return createVisitsModel(params, design, weights, own);
  } finally {
    if (!done) own?.dispose();
  }
}

/** The model of what does not change; undefined where everything does. */
async function* fitPatients(
  patients: Synthesizer,
  table: Table,
  rng: Rng,
  { previewEvery, enough, rules, found }: FitOptions,
): AsyncGenerator<Progress, Model | undefined, void> {
  if (table.columns.length === 0) return undefined;
  const params = Object.fromEntries(
    Object.entries(patients.params).map(([name, spec]) => [name, spec.default]),
  );
  const run = patients.fit(table, params, rng, {
    previewRows: 0,
    previewEvery,
    ...(enough && { enough }),
    ...(rules && { rules }),
    ...(found && { found }),
  });
  return yield* reported(run, ({ fraction, notice }) => ({
    ...start,
    fraction: SHARE_OF_PATIENTS * fraction,
    note: "Learning what stays the same within a patient",
    ...(notice !== undefined && { notice }),
  }));
}

/** Those of `rules` that are about columns which stay the same, as the table of patients has them. */
function rulesOfPatients(rules: readonly Constraint[], { like, patients }: LearnedVisits): Constraint[] {
  const { columns, left } = like.statics;
  const names = new Set(columns.flatMap((_, at) => (at === left ? [] : [patients.schema.columns[at]?.name])));
  return rules.filter((rule) => columnsOf(rule).every((name) => names.has(name)));
}

const firstNotice = (left: number): string =>
  `Of patients with more than ${MOST_OF_ONE.toLocaleString("en")} visits the first ${MOST_OF_ONE.toLocaleString("en")} are ` +
  `learned; ${left.toLocaleString("en")} later visits are left out, so that no patient outweighs the others.`;

const withheldNotice = (cells: number): string =>
  `${cells.toLocaleString("en")} cells whose value fewer than five patients share are learned as missing.`;

const someNotice = (used: number, all: number): string =>
  `The networks learn from ${used.toLocaleString("en")} of ${all.toLocaleString("en")} visits, those of patients drawn at ` +
  `random; more would only be seen less often. Columns by themselves are learned from all visits.`;
