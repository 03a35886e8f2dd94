import { describe, expect, test } from "vitest";
import type { GuaranteeOffer } from "../../../core/lab/guarantee/guarantee-offer.ts";
import type { SynthesizerInfo } from "../../../core/synthesizers/synthesizer.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { fold } from "../lab.ts";
import { initialState, type LabState, type Message } from "../lab-state.ts";
import { chosenSynthesizer, paramsOf, synthesizersNow } from "../runs.ts";
import { parseSettings } from "../settings.ts";
import { publicList } from "./declarations.ts";
import { isConfirmed, whatToConfirm } from "./guarantee.ts";

const offer: GuaranteeOffer = {
  unit: "patient",
  delta: 0.0003,
  takes: "dp-target",
  why: "13 columns.",
  unfit: [],
  stops: [],
  lines: [{ what: "Range of age", cost: "public", why: "0 to 110" }],
  facts: { columns: [] },
  warnings: [],
};
const counted = { units: 209, rows: 209, dropped: 0 };
const table = { name: "a.csv", columns: [], schema: { columns: [] } } as unknown as TableView;
const declared = { columns: [{ name: "age", missing: false }] };

const after = (messages: readonly Message[], from: LabState = initialState): LabState =>
  messages.reduce(fold, from);
const opened = after([
  { type: "page-opening", job: 1, name: "a.csv", kind: "table", total: 1 },
  { type: "table", job: 1, table },
  { type: "page-settings", settings: { epsilon: 1 } },
]);
const offered = after(
  [
    { type: "page-guarantee-asked", job: 2 },
    { type: "guarantee-offer", job: 2, offer, counted },
    { type: "done", job: 2 },
  ],
  opened,
);

describe("the guarantee as the page knows it", () => {
  test("nothing stands in the way while it is Off; with a limit the list must be there and confirmed", () => {
    expect(whatToConfirm(after([{ type: "page-settings", settings: { epsilon: null } }], opened))).toBe(
      undefined,
    );
    expect(whatToConfirm(opened)).toBe("a moment");
    expect(whatToConfirm(offered)).toBe("confirm what is public first");
    const confirmed = after([{ type: "page-guarantee-confirmed", list: publicList(offer) }], offered);
    expect(whatToConfirm(confirmed)).toBe(undefined);
  });

  test("a list that has changed since is not confirmed", () => {
    const changed = {
      ...offer,
      lines: [...offer.lines, { what: "Sex", cost: "public", why: "0, 1" }],
    } as const;
    const later = after(
      [
        { type: "page-guarantee-confirmed", list: publicList(offer) },
        { type: "page-guarantee-asked", job: 3 },
        { type: "guarantee-offer", job: 3, offer: changed, counted },
      ],
      offered,
    );
    expect(isConfirmed(later)).toBe(false);
  });

  test("an answer to an older question does not count, and a refusal takes the offer away", () => {
    const asked = after([{ type: "page-guarantee-asked", job: 3 }], offered);
    const late = after([{ type: "guarantee-offer", job: 2, offer: { ...offer, delta: 1 }, counted }], asked);
    expect(late.guarantee.offer?.delta).toBe(0.0003);
    const fault = { code: "guarantee-refused", reason: "δ", remedy: "" } as const;
    const refused = after([{ type: "fault", job: 3, fault }], late);
    expect(refused.guarantee).toMatchObject({ offer: undefined, fault });
    expect(refused.problem).toBe(undefined);
    expect(whatToConfirm(refused)).toBe("no guarantee can be given here");
  });

  test("another table has its own choices; a revised one keeps them and is asked of again", () => {
    const history = { past: [{ columns: [] }], future: [] };
    const said = after(
      [
        { type: "page-guarantee-declared", declared, history },
        { type: "page-guarantee-confirmed", list: "x" },
      ],
      offered,
    );
    const revised = after(
      [
        { type: "page-revising", job: 4, history: { past: [], future: [] } },
        { type: "table", job: 4, table },
      ],
      said,
    );
    expect(revised.guarantee).toMatchObject({ declared, confirmed: "x", offer: undefined });
    const kept = { ...table, public: { declared, confirmed: "y" } };
    const another = after(
      [
        { type: "page-opening", job: 5, name: "b.csv", kind: "table", total: 1 },
        { type: "table", job: 5, table: kept },
      ],
      said,
    );
    expect(another.guarantee).toMatchObject({ declared, confirmed: "y", history: { past: [] } });
    expect(after([{ type: "table", job: 6, table: null }], said).guarantee.declared.columns).toEqual([]);
  });

  test("a ledger's file that cannot be used is said beside the ledger", () => {
    const fault = { code: "ledger-unreadable", reason: "It is not JSON." } as const;
    const state = after(
      [
        { type: "page-ledger-file", job: 7 },
        { type: "fault", job: 7, fault },
      ],
      offered,
    );
    expect(state.guarantee.file).toEqual({ job: 7, fault });
    expect(state.problem).toBe(undefined);
  });
});

describe("the methods that can be used", () => {
  const method = (id: string, guarantee?: true): SynthesizerInfo => ({
    id,
    name: id,
    summary: "",
    reference: "",
    params: {},
    ...(guarantee && { guarantee }),
  });
  const epsilon = { type: "number", label: "", default: 1, min: 0.01, max: 100, reason: "" } as const;
  const auto = { ...method("dp-auto", true), params: { epsilon, delta: { ...epsilon, default: 0 } } };
  const synthesizers = [method("auto"), method("vae"), method("dp-target", true), auto];
  const ready = after([{ type: "ready", synthesizers, cohorts: [], devices: [] }], opened);

  test("are those with a guarantee where a limit is set, the one that chooses first, else the others", () => {
    expect(synthesizersNow(ready).map(({ id }) => id)).toEqual(["dp-auto", "dp-target"]);
    const off = after([{ type: "page-settings", settings: { epsilon: null, synthesizer: "vae" } }], ready);
    expect(synthesizersNow(off).map(({ id }) => id)).toEqual(["auto", "vae"]);
    expect(chosenSynthesizer(off)?.id).toBe("vae");
    expect(chosenSynthesizer(ready)?.id).toBe("dp-auto");
  });

  test("take epsilon and delta from the switch", () => {
    const settings = { ...ready.settings, epsilon: 0.3, params: { "dp-auto": { epsilon: 50 } } };
    expect(paramsOf(auto, settings)).toEqual({ epsilon: 0.3, delta: 0 });
  });

  test("a limit is kept in this browser; one that cannot be is none", () => {
    expect(parseSettings('{"epsilon":0.3,"rowsPerPatient":2}')).toMatchObject({
      epsilon: 0.3,
      rowsPerPatient: 2,
    });
    for (const bad of ["0", "-1", '"1"', "1e9", "null"])
      expect(parseSettings(`{"epsilon":${bad}}`).epsilon, bad).toBe(null);
  });
});
