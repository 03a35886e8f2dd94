import { expect, test } from "vitest";
import { initialState, type LabState, type Message } from "./lab-state.ts";
import { fold } from "./lab.ts";

const after = (...messages: readonly Message[]): LabState => messages.reduce(fold, initialState);
const reading: Message = { type: "page-elsewhere-reading", slot: "synthetic", job: 4, name: "a.csv" };
const fault = { code: "file-empty", file: "a.csv" } as const;

test("a file that cannot be read is told beside its place and nowhere else", () => {
  const state = after(
    reading,
    { type: "reading", job: 4, bytes: 30, total: 60, rows: 2 },
    { type: "fault", job: 4, fault },
  );
  expect(state.elsewhere.readings.synthetic).toMatchObject({ name: "a.csv", fraction: 0.5 });
  expect(state).toMatchObject({ problem: undefined, fileFault: undefined });
  const told = fold(state, { type: "page-elsewhere-read", slot: "synthetic", job: 4, fault });
  expect(told.elsewhere.readings.synthetic?.fault).toEqual(fault);
  const cancelled = {
    type: "page-elsewhere-read",
    slot: "synthetic",
    job: 4,
    fault: { code: "cancelled" },
  } as const;
  expect(fold(state, cancelled).elsewhere.readings.synthetic).toBeUndefined();
});

test("the answer of a file that was replaced meanwhile is not shown", () => {
  const state = after(reading, { ...reading, job: 5, name: "b.csv" });
  const late = fold(state, { type: "page-elsewhere-read", slot: "synthetic", job: 4, fault });
  expect(late.elsewhere.readings.synthetic).toEqual({ job: 5, name: "b.csv", fraction: 0 });
});
