import { describe, expect, it } from "vitest";
import { foldContinuing, type Continuing } from "./fold-continuing.ts";

const given = { name: "a.csv", visits: [3, 1], ended: [1], columns: ["crp"], notes: [] };
const reading = { type: "page-given-reading", run: "r", job: 1, name: "a.csv" } as const;
const open = (): Continuing | undefined =>
  foldContinuing(foldContinuing(undefined, reading), { type: "given-patients", job: 1, run: "r", given });

describe("given patients on the page", () => {
  it("are there once they have been read; a file that cannot be read leaves those before", () => {
    const before = open();
    expect(before).toEqual({ run: "r", given, told: [] });
    const again = foldContinuing(before, { ...reading, job: 2 });
    const fault = { code: "no-patient-column", file: "b.csv", column: "id" } as const;
    expect(foldContinuing(again, { type: "fault", job: 2, fault })).toEqual({ ...before, fault });
    const cancelled = { code: "cancelled" } as const;
    expect(foldContinuing(again, { type: "fault", job: 2, fault: cancelled })).toEqual(before);
  });

  it("show the answer to the last question only", () => {
    const asked = foldContinuing(open(), { type: "page-looking", job: 5, patient: 0, column: "crp" });
    const bands = { futures: 10, type: "number", points: [] } as const;
    expect(foldContinuing(asked, { type: "future-bands", job: 4, run: "r", bands })).toBe(asked);
    const answered = foldContinuing(asked, { type: "future-bands", job: 5, run: "r", bands, last: 2 });
    expect(answered?.looked).toEqual({ job: 5, patient: 0, column: "crp", bands, last: 2 });
  });

  it("can be taken away and brought back", () => {
    const before = open();
    expect(foldContinuing(before, { type: "page-given-closed" })).toBeUndefined();
    if (before === undefined) throw new Error("expected patients");
    expect(foldContinuing(undefined, { type: "page-given-back", continuing: before })).toBe(before);
  });
});
