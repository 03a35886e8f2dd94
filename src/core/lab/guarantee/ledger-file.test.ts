import { describe, expect, it } from "vitest";
import { asFault } from "../../fault.ts";
import { addEntry, emptyLedger } from "../../private/accounting/ledger.ts";
import { readLedger, writeLedger } from "./ledger-file.ts";

const ledger = addEntry(emptyLedger("patients.csv", { salt: "a1", sha256: "0f".repeat(32) }), {
  run: "run 1",
  synthesizer: "dp-network",
  epsilon: 1,
  delta: 1e-6,
  at: "2026-12-01T10:00:00.000Z",
  spent: [
    {
      what: "Single columns",
      columns: "13",
      queries: 13,
      sensitivity: 1,
      sigma: 25.8,
      rho: 0.0097,
      delta: 1e-7,
    },
    {
      what: "Training",
      columns: "13",
      queries: 200,
      sensitivity: 1,
      rho: 0,
      sampled: { rate: 0.02, sigma: 1.1, steps: 200 },
    },
  ],
});
const file = writeLedger(ledger);

const reasonOf = (text: string): string => {
  try {
    readLedger(text);
  } catch (error) {
    const fault = asFault(error);
    return fault.code === "ledger-unreadable" ? fault.reason : `${fault.code}!`;
  }
  return "read";
};
const changed = (from: string, to: string): string => {
  expect(file).toContain(from);
  return file.replace(from, to);
};

describe("a ledger's file", () => {
  it("gives back what was written", () => {
    expect(readLedger(file)).toEqual(ledger);
    expect(readLedger(`\uFEFF${file}`)).toEqual(ledger);
  });

  it.each([
    ["cut short", () => file.slice(0, 300), /not JSON/],
    ["a list", () => "[]", /no JSON object/],
    ["another file", () => '{"semblance": "cleaning", "version": 1}', /no ledger/],
    ["of a later version", () => changed('"version": 1', '"version": 2'), /version 2/],
    ["with a negative rho", () => changed('"rho": 0.0097', '"rho": -1'), /entries\.0\.spent\.0\.rho/],
    ["with a number that is none", () => changed('"rho": 0.0097', '"rho": 1e999'), /rho/],
    ["with a rate above 1", () => changed('"rate": 0.02', '"rate": 2'), /rate/],
    ["with noise below 0", () => changed('"sigma": 1.1', '"sigma": -1.1'), /sigma/],
    ["with a fraction of a step", () => changed('"steps": 200', '"steps": 1.5'), /steps/],
    ["with fewer than no steps", () => changed('"steps": 200', '"steps": -200'), /steps/],
    ["without a delta", () => changed('      "delta": 0.000001,\n', ""), /delta/],
    ["with a mark that is none", () => changed("0f0f", "zz0f"), /mark\.sha256/],
    ["with a line too many", () => changed('"table"', '"salt": 1, "table"'), /salt/],
    ["with a date that is none", () => changed("2026-12-01T10", "yesterday"), /entries\.0\.at/],
    [
      "with a run twice",
      () => JSON.stringify({ ...ledger, entries: [...ledger.entries, ...ledger.entries] }),
      /twice/,
    ],
    ["too large", () => " ".repeat(20_000_001), /too large/],
  ])("is refused where it is %s", (_, text, reason) => {
    expect(reasonOf(text())).toMatch(reason);
  });
});
