import { FaultError } from "../fault.ts";
import { createAuto } from "./auto/auto.ts";
import { autoregressive } from "./autoregressive/autoregressive.ts";
import { cart } from "./cart/cart.ts";
import { copula } from "./copula/copula.ts";
import { diffusion } from "./diffusion/diffusion.ts";
import { gan } from "./gan/gan.ts";
import { independent } from "./independent/independent.ts";
import { language } from "./language/language.ts";
import { keepingPrecision } from "./partial-dates/keeping-precision.ts";
import { createDpAuto } from "./private/dp-auto/dp-auto.ts";
import { dpMarginals } from "./private/dp-marginals/dp-marginals.ts";
import { dpNetwork } from "./private/dp-network/dp-network.ts";
import { dpTarget } from "./private/dp-target/dp-target.ts";
import { keepingCourses } from "./relations/keeping-courses.ts";
import { keepingRules } from "./relations/keeping-rules.ts";
import type { Params, ParamSpec, Synthesizer } from "./synthesizer.ts";
import { vae } from "./vae/vae.ts";
import { createVisits } from "./visits/visits.ts";

/** What Auto chooses from. Independent columns keep no rule: they are what knows of no relation. */
const designs: readonly Synthesizer[] = [
  ...[autoregressive, vae, gan, diffusion, language, copula, cart].map((design) => keepingRules(design)),
  independent,
  keepingCourses(createVisits(keepingRules(autoregressive, "patient"))),
].map(keepingPrecision);

/** Methods with a guarantee: rules and dates of less precision are read from the data, so nothing is wrapped around them. */
const methods: readonly Synthesizer[] = [dpTarget, dpMarginals, dpNetwork];
const guaranteed: readonly Synthesizer[] = [createDpAuto(methods), ...methods];

/** Every synthesizer of the lab, the recommended one first; those with a guarantee last. */
export const synthesizers: readonly Synthesizer[] = [createAuto(designs), ...designs, ...guaranteed];

/** The synthesizer called `id`; throws FaultError `unknown-synthesizer`. */
export function findSynthesizer(id: string): Synthesizer {
  const found = synthesizers.find((synthesizer) => synthesizer.id === id);
  if (found) return found;
  throw new FaultError({ code: "unknown-synthesizer", id, known: synthesizers.map((item) => item.id) });
}

/** The defaults with `given` in their place; throws FaultError `parameter-invalid` for what does not fit. */
export function resolveParams(synthesizer: Synthesizer, given: Partial<Params>): Params {
  const specs = new Map(Object.entries(synthesizer.params));
  const params = Object.fromEntries(
    Object.entries(synthesizer.params).map(([name, spec]) => [name, spec.default]),
  );
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const spec = specs.get(name);
    const reason = spec ? misfit(spec, value) : knownNames([...specs.keys()], synthesizer.name);
    if (reason) throw new FaultError({ code: "parameter-invalid", name, value: String(value), reason });
    params[name] = value;
  }
  return params;
}

function knownNames(names: readonly string[], synthesizer: string): string {
  return names.length === 0 ? `${synthesizer} has no settings.` : `${synthesizer} knows ${names.join(", ")}.`;
}

/** What is wrong with `value`, if anything. */
function misfit(spec: ParamSpec, value: number | string | boolean): string | undefined {
  switch (spec.type) {
    case "number": {
      if (typeof value !== "number" || !Number.isFinite(value)) return "A number is needed.";
      if (spec.integer && !Number.isInteger(value)) return "A whole number is needed.";
      if (value < spec.min || value > spec.max) return `It must lie between ${spec.min} and ${spec.max}.`;
      return undefined;
    }
    case "choice": {
      const values = spec.choices.map((choice) => choice.value);
      return values.some((choice) => choice === value)
        ? undefined
        : `It must be one of ${values.join(", ")}.`;
    }
    case "switch":
      return typeof value === "boolean" ? undefined : "It must be true or false.";
  }
}
