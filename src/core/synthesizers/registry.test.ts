import { describe, expect, test } from "vitest";
import { FaultError } from "../fault.ts";
import { findSynthesizer, resolveParams, synthesizers } from "./registry.ts";
import type { Synthesizer } from "./synthesizer.ts";

test("every synthesizer is found by its id, another is refused with the known ones", () => {
  for (const synthesizer of synthesizers) expect(findSynthesizer(synthesizer.id)).toBe(synthesizer);
  expect(new Set(synthesizers.map(({ id }) => id)).size).toBe(synthesizers.length);
  expect(() => findSynthesizer("ctgan")).toThrow(FaultError);
  expect(() => findSynthesizer("ctgan")).toThrow(/autoregressive/);
});

describe("settings", () => {
  const synthesizer: Synthesizer = {
    ...findSynthesizer("independent"),
    params: {
      steps: { type: "number", label: "Steps", default: 0, min: 0, max: 100, integer: true, reason: "" },
      heads: {
        type: "choice",
        label: "Heads",
        default: "a",
        choices: [
          { value: "a", label: "A" },
          { value: "b", label: "B" },
        ],
        reason: "",
      },
      clip: { type: "switch", label: "Clip", default: true, reason: "" },
    },
  };

  test("are the defaults where nothing is said", () => {
    expect(resolveParams(synthesizer, {})).toEqual({ steps: 0, heads: "a", clip: true });
    expect(resolveParams(synthesizer, { steps: 7, clip: false })).toEqual({
      steps: 7,
      heads: "a",
      clip: false,
    });
  });

  test.each([
    [{ steps: 101 }, /between 0 and 100/],
    [{ steps: 1.5 }, /whole number/],
    [{ steps: NaN }, /number is needed/],
    [{ steps: "7" }, /number is needed/],
    [{ heads: "c" }, /one of a, b/],
    [{ clip: 1 }, /true or false/],
    [{ stepz: 1 }, /knows steps, heads, clip/],
    [{ __proto__: null, constructor: 1 }, /knows steps/],
  ])("%j is refused", (given, words) => {
    expect(() => resolveParams(synthesizer, given as Record<string, number>)).toThrow(words);
  });

  test("of every synthesizer have defaults that pass their own check, and reasons", () => {
    for (const item of synthesizers) {
      expect(resolveParams(item, resolveParams(item, {}))).toEqual(resolveParams(item, {}));
      for (const spec of Object.values(item.params)) expect(spec.reason.length).toBeGreaterThan(10);
    }
  });
});
