import { describe, expect, it } from "vitest";
import { initialState } from "./lab-state.ts";
import { bestFirst, chosenSynthesizer, runTitle, seedsFrom, whyNotContinue } from "./runs.ts";
import { hrefOf, viewOf } from "./route.ts";
import type { RunView } from "../../worker/protocol.ts";
import type { ColumnSchema } from "../../core/table/table.ts";
import type { SynthesizerInfo } from "../../core/synthesizers/synthesizer.ts";

const run = (number: number, state: RunView["state"], more: Partial<RunView> = {}): RunView => ({
  run: `r${number}`,
  number,
  name: `VAE ${number}`,
  state,
  request: {
    synthesizer: "vae",
    params: {},
    seed: 1,
    device: "auto",
    holdout: { share: 0.2, seed: 1 },
  },
  table: "a.csv",
  schema: {
    columns: [],
    dialect: { delimiter: ",", quote: '"', newline: "\n", bom: false, encoding: "utf-8" },
    missingTokens: [],
  },
  hasModel: state === "done",
  notices: [],
  fromFile: false,
  ...more,
});

const info = (id: string): SynthesizerInfo => ({ id, name: id, summary: "", reference: "", params: {} });

describe("runs", () => {
  it("lists those under way first, then those that wait, then the newest of those without a score", () => {
    const order = bestFirst([run(1, "done"), run(2, "queued"), run(3, "paused"), run(4, "failed")]);
    expect(order.map((r) => r.number)).toEqual([3, 2, 4, 1]);
  });

  it("says the number once, whatever the name", () => {
    expect(runTitle(run(3, "done"))).toBe("3 · VAE");
    expect(runTitle(run(3, "done", { name: "for teaching" }))).toBe("3 · for teaching");
  });

  it("says of a run that was stopped that it was, whatever its name", () => {
    const endedEarly = { by: "privacy", step: 40 } as const;
    const facts = { endedEarly } as RunView["facts"] & object;
    expect(runTitle(run(3, "done", { facts, name: "for teaching" }))).toBe("3 · for teaching, stopped early");
    const report = { run: facts } as RunView["report"] & object;
    expect(runTitle(run(4, "done", { report }))).toBe("4 · VAE, stopped early");
  });

  it("gives several runs seeds of their own, within what a seed can be", () => {
    expect(seedsFrom(7, 3)).toEqual([7, 8, 9]);
    expect(seedsFrom(2 ** 31 - 1, 2)).toEqual([2 ** 31 - 1, 0]);
  });

  it("uses the recommended synthesizer when the kept choice is not known here", () => {
    const state = { ...initialState, synthesizers: [info("vae"), info("gan")] };
    const choosing = (synthesizer: string) =>
      chosenSynthesizer({ ...state, settings: { ...state.settings, synthesizer } })?.id;
    expect(choosing("gan")).toBe("gan");
    expect(choosing("gone")).toBe("vae");
  });
});

describe("going on from a model", () => {
  const column = (name: string, kind: ColumnSchema["kind"], role: ColumnSchema["role"] = "feature") => ({
    name,
    kind,
    role,
    reason: "",
    missingToken: "",
  });
  const schema = (...columns: ColumnSchema[]) => ({ ...run(1, "done").schema, columns });
  const model = schema(
    column("id", "identifier", "identifier"),
    column("age", "integer"),
    column("sex", "boolean"),
  );

  it("is open where the learned columns agree, whatever else the tables have", () => {
    const table = schema(
      column("age", "integer", "target"),
      column("note", "text", "omit"),
      column("sex", "boolean"),
    );
    expect(whyNotContinue(model, table)).toBe("");
  });

  it("says which columns differ, and how", () => {
    const table = schema(column("age", "decimal"), column("crp", "decimal"));
    expect(whyNotContinue(model, table)).toBe(
      "the table lacks sex; the model does not know crp; of another type: age",
    );
    const turned = schema(column("sex", "boolean"), column("age", "integer"));
    expect(whyNotContinue(model, turned)).toBe("the columns stand in another order");
  });
});

describe("the address", () => {
  it("names a view and nothing else", () => {
    expect(viewOf(hrefOf("take-away"))).toBe("take-away");
    expect(viewOf("")).toBe("data");
    expect(viewOf("#/no-such-view")).toBe("data");
  });
});
