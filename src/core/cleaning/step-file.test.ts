import { describe, expect, test } from "vitest";
import { asFault } from "../fault.ts";
import type { SchemaChange } from "../table/profile.ts";
import { readSteps, writeSteps } from "./step-file.ts";

const changes: SchemaChange[] = [
  { type: "clean", step: { step: "split", column: "bp", at: "/", into: ["sbp", "dbp"] }, automatic: true },
  {
    type: "clean",
    step: { step: "merge", column: "sex", from: ["M"], to: "m", more: [{ from: ["?"], to: null }] },
  },
  { type: "kind", column: "stage", kind: "category" },
  { type: "clean", step: { step: "coarsen", column: "born", to: { by: "shift", patient: "id", seed: 7 } } },
  { type: "measure", column: "stage", measure: "ordinal", levels: ["I", "II"] },
  { type: "encoding", encoding: "windows-1252" },
  { type: "clean", step: { step: "keep-rows", where: "age >= 18" } },
  { type: "quantity", column: "K+", quantity: { of: "Potassium", unit: "mmol/L" } },
  { type: "quantity", column: "Na", quantity: { of: null } },
  { type: "quantity", column: "Cl", quantity: null },
];

const refusal = (text: string): string => {
  try {
    readSteps(text);
    return "";
  } catch (error) {
    const fault = asFault(error);
    return fault.code === "cleaning-unreadable" ? fault.reason : `${fault.code}!`;
  }
};
const file = (steps: unknown): string => JSON.stringify({ semblance: "cleaning", version: 1, steps });

describe("the file of cleaning steps", () => {
  test("gives back what was written, one step a line; that a step was automatic and the encoding are not in it", () => {
    const text = writeSteps(changes, "0.1.0");
    expect(text.split("\n").filter((line) => line.startsWith("    "))).toHaveLength(9);
    expect(JSON.parse(text)).toMatchObject({ semblance: "cleaning", version: 1, writtenBy: "0.1.0" });
    const { automatic: _, ...first } = changes[0] as Extract<SchemaChange, { type: "clean" }>;
    expect(readSteps(text)).toEqual([first, ...changes.slice(1, 5), ...changes.slice(6)]);
    expect(readSteps(writeSteps([], "0.1.0"))).toEqual([]);
  });

  test("anything else is refused in words", () => {
    const hostile: [string, RegExp][] = [
      ["", /not JSON/],
      ["[]", /no JSON object/],
      ["null", /no JSON object/],
      ["{}", /“semblance” is not “cleaning”/],
      ['{"semblance":"cleaning","version":2,"steps":[]}', /version 2/],
      ['{"semblance":"cleaning","version":1}', /no list of steps/],
      [file([{ step: "eval", column: "x" }]), /^Step 1/],
      [file([{ step: "rename", column: "x", to: "y", run: "z" }]), /^Step 1/],
      [file([{ step: "rename", column: "x", to: 5 }]), /^Step 1: “to”/],
      [
        file([
          { step: "rename", column: "x", to: "y" },
          { type: "kind", column: "x", kind: "emoji" },
        ]),
        /^Step 2: “kind”/,
      ],
      [file([{ step: "limit", column: "x", low: "1e400" }]), /^Step 1: “low”/],
      [file([{ step: "coarsen", column: "x", to: { by: "first", characters: -1 } }]), /^Step 1/],
      [file([null]), /^Step 1/],
      [file([[]]), /^Step 1/],
      [file([{ ["__proto__"]: { step: "rename" } }]), /^Step 1/],
      [file(new Array(3000).fill({ step: "one-notation", column: "x" })), /3000 steps/],
      [`${"[".repeat(200_000)}`, /not JSON/],
      [`"${"x".repeat(6_000_000)}"`, /too large/],
    ];
    for (const [text, reason] of hostile) expect(refusal(text)).toMatch(reason);
  });
});
