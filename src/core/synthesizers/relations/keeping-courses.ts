import { withholding } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import { breathing } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { takeRows, type Table } from "../../table/table.ts";
import type { CoursePlan } from "../../visits/course-plan.ts";
import { coursePlanInSteps } from "../../visits/course-plan.ts";
import type {
  CourseModel,
  FitOptions,
  Model,
  PatientRequest,
  Progress,
  Synthesizer,
} from "../synthesizer.ts";
import { invalid } from "../requests/check.ts";
import { putRows } from "../requests/related.ts";
import { rowsOfPatients } from "../requests/rows-of-patients.ts";
import { reported, start } from "../training/reported.ts";
import { completedVisits } from "./completed-visits.ts";
import { courseNotice } from "./course-notice.ts";
import { keepable } from "./keepable.ts";
import { searched } from "./keeping-rules.ts";
import { withFit, withKept } from "./kept-artifact.ts";
import { askedOfPatients, keptInVisits } from "./kept-in-visits.ts";
import { keptNotice, lostNotice, saidOf } from "./kept-notice.ts";
import type { KeptRules } from "./kept-rules.ts";
import { brokenRules, nothingKept } from "./kept-rules.ts";
import { hasLimits, limitShares, TRIED_FOR_LIMITS, withLimitSharesOfVisits } from "./limit-shares.ts";
import { patientRules } from "./patient-rules.ts";
import { refusing } from "./refusing.ts";
import { sameWithinPatient } from "./same-within-patient.ts";

/**
 * Share of the drawn visits that must keep all rules that were found; below it the one broken most is let go. More than of
 * rows, since a course is kept only where each of its visits is.
 */
const LEAST_KEPT = 0.3;
const TRIED_VISITS = 1000;

/**
 * `design`, a method that learns courses, in whose every visit the rules hold: those it is given, else those that hold in
 * every visit it is fitted on. What can be is put back behind the model, as by `keepingRules`; a visit that breaks a rule is
 * drawn again from what its patient had before it. Rules of columns that never change are the design's own affair.
 */
export function keepingCourses(design: Synthesizer): Synthesizer {
  return withFit(design, (train, params, rng, options) => fit(design, train, params, rng, options), keeping);
}

const planOf = (table: Table): Promise<CoursePlan | undefined> =>
  breathing(coursePlanInSteps(withholding(table).apply(table)));

async function* fit(
  design: Synthesizer,
  source: Table,
  params: Parameters<Synthesizer["fit"]>[1],
  rng: Rng,
  { from, rules, found, ...options }: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (from !== undefined && design.continues !== true)
    throw new FaultError({
      code: "bad-use",
      message: `${design.name} cannot go on training from a saved model; train a new one.`,
    });
  const whole = await planOf(source);
  if (whole === undefined)
    return yield* design.fit(source, params, rng, { ...options, ...(from && { from }) });
  const train = sameWithinPatient(source, rules ?? [], whole);
  const plan = train === source ? whole : ((await planOf(train)) as CoursePlan);
  yield { ...start, notice: courseNotice(plan, withholding(train).apply(train)) };
  const told = yield* searched("Looking for what every visit keeps", (pulse) =>
    keptInVisits(train, plan, rules, pulse),
  );
  const notice = told && keptNotice(told, "visit");
  if (notice !== undefined) yield { ...start, notice };
  const kept = told ?? nothingKept(train.schema.columns);
  const reduced = kept.derivations.reduce(train);
  const run = design.fit(reduced, params, rng, {
    ...options,
    remaining: kept.derivations.remaining,
    ...(rules && { rules: askedOfPatients(rules, plan, train) }),
    ...(found && { found }),
  });
  let last = start;
  const model = yield* reported(run, ({ preview, checkpoint, ...report }) => {
    const { step, epoch, fraction } = report;
    last = { step, epoch, fraction, losses: {} };
    return {
      ...report,
      ...(preview && { preview: putBack(kept, preview) }),
      ...(checkpoint && { checkpoint: async () => withKept(await checkpoint(), kept) }),
    };
  });
  const limited = await withLimits(model, kept, reduced, plan, rng.fork("limits"));
  const { statics } = plan;
  const ofPatients = { statics, rules: patientRules(await model.save(), plan, train) };
  const right = { ...limited, ofPatients };
  if (ofPatients.rules.length > 0) yield { ...last, notice: saidOf(ofPatients.rules, "patient") };
  const loose = right.rules.filter(({ constraint }) => (rules ? found?.has(constraint) : true));
  if (loose.length === 0) return keeping(model, right);
  const drawn = putBack(right, await model.sample(TRIED_VISITS, rng.fork("rules")));
  const { sure, lost } = keepable(drawn, right, loose, LEAST_KEPT);
  if (lost.length > 0)
    yield { ...last, notice: lostNotice(lost, kept.derivations.schemas, TRIED_VISITS, "visit") };
  return keeping(model, sure);
}

/**
 * Visits of a model in the columns of the table that it was fitted on. Limits are put right where the rules still hold
 * afterwards: visits were looked at without that.
 */
function putBack({ derivations, limits = [], rules }: KeptRules, drawn: Table): Table {
  const plain = derivations.restore(drawn);
  if (limits.length === 0) return plain;
  const right = derivations.restore(withLimitSharesOfVisits(drawn, limits));
  const breaks = brokenRules(rules, right);
  const broken = Array.from({ length: right.rows }, (_, row) => row).filter((row) => breaks(row).length > 0);
  return broken.length === 0 ? right : putRows(right, broken, takeRows(plain, broken));
}

/** `kept` with what is to be put right of how often `model` draws the limits of `train`; what goes one way is left alone. */
async function withLimits(
  model: Model,
  kept: KeptRules,
  train: Table,
  { monotone, absorbing }: CoursePlan,
  rng: Rng,
): Promise<KeptRules> {
  if (!hasLimits(train)) return kept;
  const nameOf = (j: number): string => kept.derivations.schemas[j]?.name ?? "";
  const oneWay = new Set([...monotone, ...absorbing].map(({ column }) => nameOf(column)));
  const parts = train.schema.columns.flatMap(({ name, course }) => (course === undefined ? [] : [name]));
  const limits = limitShares(train, await model.sample(TRIED_FOR_LIMITS, rng)).filter(
    ({ column }) => !oneWay.has(column) && !parts.includes(column),
  );
  return limits.length === 0 ? kept : { ...kept, limits };
}

function keeping(model: Model, kept: KeptRules): Model {
  const courses = keptCourses(model.courses as CourseModel, kept);
  return {
    synthesizer: model.synthesizer,
    courses,
    sample: async (rows, rng, { complete, gated, ...request } = {}) => {
      if (complete === undefined) {
        const { shares, ...asked } = request;
        if (shares !== undefined)
          throw invalid(
            shares.column,
            "Shares are not kept where whole patients are drawn: set a condition.",
          );
        return rowsOfPatients(courses, rows, rng, asked);
      }
      return completedVisits(complete, rows, rng, { model, kept, gated: gated === true });
    },
    save: async () => withKept(await model.save(), kept),
    dispose: () => model.dispose(),
  };
}

function keptCourses(inner: CourseModel, kept: KeptRules): CourseModel {
  const { derivations } = kept;
  const asked = (request: PatientRequest = {}): PatientRequest => {
    for (const { column } of request.where ?? [])
      if ([...derivations.taken].some((j) => derivations.schemas[j]?.name === column))
        throw invalid(
          column,
          "It changes from visit to visit. Patients are chosen by columns that stay the same.",
        );
    const refuses = refusing(kept, request.refuses);
    return { ...request, ...(refuses && { refuses }) };
  };
  return {
    sample: async (patients, rng, request) =>
      putBack(kept, await inner.sample(patients, rng, asked(request))),
    goOn: async (given, futures, rng, request) =>
      putBack(kept, await inner.goOn(derivations.reduce(given), futures, rng, asked(request))),
  };
}
