import { FaultError } from "../../../fault.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Table } from "../../../table/table.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer, TableShape } from "../../synthesizer.ts";
import { start } from "../../training/reported.ts";
import { targetsOf } from "../dp-target/joint-target.ts";
import { guaranteeParams, offeredDelta, unitsOf } from "../open-private.ts";
import { chooseGuaranteed, type GuaranteedChoice } from "./choice.ts";

/**
 * The method with a guarantee, by what is public of the table: columns, whether a target is named, epsilon, delta. It fits one of
 * `designs`, spends nothing itself, and what it saves is a model of that design. The designs are given because the registry,
 * which lists this one among them, cannot be imported here.
 */
export function createDpAuto(designs: readonly Synthesizer[]): Synthesizer {
  const designOf = ({ design }: Pick<GuaranteedChoice, "design">): Synthesizer => {
    const found = designs.find(({ id }) => id === design) ?? designs[0];
    if (found === undefined) throw new Error("There is no method with a guarantee to choose from.");
    return found;
  };

  async function* fit(
    train: Table,
    params: Params,
    rng: Rng,
    options: FitOptions,
  ): AsyncGenerator<Progress, Model, void> {
    if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
    const choice = chooseGuaranteed({
      columns: train.columns.length,
      target: targetsOf(train.schema).length > 0,
      epsilon: Number(params["epsilon"]),
      delta: Number(params["delta"]) || offeredDelta(unitsOf(train)),
    });
    const design = designOf(choice);
    yield { ...start, notice: `Auto chose ${design.name}: ${choice.reason}.` };
    return yield* design.fit(train, paramsFor(design, params), rng, options);
  }

  return {
    id: "dp-auto",
    name: "Auto with guarantee",
    summary:
      "Chooses the method with a guarantee by published figures, never by looking at your patients, and says why; the one to start with.",
    reference: "What was measured: METHODS-GUARANTEE.md",
    params: guaranteeParams,
    guarantee: true,
    fit,
    expectedSeconds: (shape: TableShape, params, pace) => {
      const design = designOf(
        chooseGuaranteed({
          columns: shape.columns,
          target: true,
          epsilon: Number(params["epsilon"]),
          delta: Number(params["delta"]) || offeredDelta(Math.max(2, shape.rows)),
        }),
      );
      return design.expectedSeconds?.(shape, paramsFor(design, params), pace) ?? NaN;
    },
    load: async (artifact) => {
      const design = designs.find(({ id }) => id === artifact.synthesizer);
      if (design) return design.load(artifact);
      throw new FaultError({
        code: "model-damaged",
        reason: `Its method “${artifact.synthesizer}” is not known.`,
      });
    },
  };
}

/** The design's defaults, with what was asked for of epsilon and delta. */
function paramsFor(design: Synthesizer, { epsilon, delta }: Params): Params {
  const defaults = Object.fromEntries(
    Object.entries(design.params).map(([name, spec]) => [name, spec.default]),
  );
  return {
    ...defaults,
    ...(epsilon !== undefined && { epsilon }),
    ...(delta !== undefined && { delta }),
  };
}
