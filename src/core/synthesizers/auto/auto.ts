import { FaultError } from "../../fault.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { Choice } from "./choice.ts";
import { chooseDesign, shapeOfTable } from "./choice.ts";
import { limited, tryCandidates } from "./trial.ts";
import { reported, start } from "../training/reported.ts";
import type { Artifact, FitOptions, Model, Params, Progress, Synthesizer } from "../synthesizer.ts";

const CANNOT_GO_ON = "cannot go on training from a saved model; train a new one.";
/** Share of the whole work that a trial is taken to be. */
const TRIAL_SHARE = 0.5;

/**
 * The design and its settings by the table: it fits one of `designs`, and what it saves is a model of that design.
 * The designs are given because the registry, which lists this one among them, cannot be imported here.
 */
export function createAuto(designs: readonly Synthesizer[]): Synthesizer {
  const designOf = (id: string): Synthesizer | undefined => designs.find((design) => design.id === id);
  const found = (id: string): Synthesizer => designOf(id) ?? (designs[0] as Synthesizer);

  /** By the rows where that is plain, else by a trial on held-out rows. */
  async function* choose(
    train: Table,
    params: Params,
    rng: Rng,
    options: FitOptions,
  ): AsyncGenerator<Progress, Choice, void> {
    if (options.from) return continued(options.from);
    const choice = chooseDesign(shapeOfTable(train));
    if (!("candidates" in choice)) return choice;
    const design = found(choice.design);
    const settings = (chosen: Params): Params => paramsFor(design, chosen, params);
    const trial = tryCandidates(design, choice, train, settings, rng, options);
    return yield* reported(trial, (tried) => ({
      ...start,
      fraction: (TRIAL_SHARE * tried.reduce((sum, { fraction }) => sum + fraction, 0)) / tried.length,
      trial: tried,
      note: "Trying settings on held-out rows",
    }));
  }

  async function* fit(
    train: Table,
    params: Params,
    rng: Rng,
    options: FitOptions,
  ): AsyncGenerator<Progress, Model, void> {
    if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
    if (train.rows < 2) throw new FaultError({ code: "too-few-rows", rows: train.rows, needed: 2 });
    const choice = yield* choose(train, params, rng, options);
    const design = found(choice.design);
    if (options.from && design.continues !== true)
      throw new FaultError({ code: "bad-use", message: `${design.name} ${CANNOT_GO_ON}` });
    const before = choice.tried ? TRIAL_SHARE : 0;
    yield { ...start, fraction: before, notice: `Auto chose ${design.name}: ${choice.reason}.` };
    const run = design.fit(train, paramsFor(design, choice.params, params), rng, options);
    return yield* reported(run, (report) => ({
      ...report,
      fraction: before + (1 - before) * report.fraction,
    }));
  }

  return {
    id: "auto",
    name: "Auto",
    summary: "Chooses the method, its size and its length by the table, and says why; the one to start with.",
    reference: "What was measured: METHODS.md, Auto",
    continues: true,
    params: {
      steps: {
        type: "number",
        label: "Most steps",
        default: 0,
        min: 0,
        max: 100_000,
        integer: true,
        reason: "0 means by the table: training ends by itself when held-out rows stop improving.",
      },
    },
    fit,
    expectedSeconds: (shape, params, pace) => {
      const choice = chooseDesign(shape);
      const design = found(choice.design);
      const seconds = (settings: Params): number => design.expectedSeconds?.(shape, settings, pace) ?? NaN;
      const settings = (chosen: Params): Params => paramsFor(design, chosen, params);
      if (!("candidates" in choice)) return seconds(settings(choice.params));
      const trials = choice.candidates.map(({ params: each }) => seconds(limited(settings(each))));
      const [simple] = choice.candidates;
      return trials.reduce((sum, trial) => sum + trial, seconds(settings(simple?.params ?? {})));
    },
    load: async (artifact) => {
      const design = designOf(artifact.synthesizer);
      if (design) return design.load(artifact);
      throw new FaultError({
        code: "model-damaged",
        reason: `Its method “${artifact.synthesizer}” is not known.`,
      });
    },
  };
}

const continued = (from: Artifact): Choice => ({
  design: from.synthesizer,
  params: {},
  reason: "the saved model is one",
});

/** The design's defaults, with what was chosen and the limit that was asked for in their place. */
function paramsFor(design: Synthesizer, chosen: Params, { steps = 0 }: Params): Params {
  const defaults = Object.entries(design.params).map(([name, spec]) => [name, spec.default] as const);
  const limit = steps !== 0 && "steps" in design.params ? { steps } : {};
  return { ...Object.fromEntries(defaults), ...chosen, ...limit };
}
