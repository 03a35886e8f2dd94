import { expect, test } from "vitest";
import type { AuditRequest, AuditResult } from "../../../worker/protocol.ts";
import { foldAudit } from "./fold-audit.ts";

const request: AuditRequest = {
  synthesizer: "dp-target",
  params: { epsilon: 1 },
  public: { columns: [] },
  runs: 50,
  seed: 1,
  on: "stand-in",
};
const result: AuditResult = {
  synthesizer: "dp-target",
  name: "Noisy target tables",
  epsilon: 1,
  delta: 1e-5,
  unit: "row",
  on: "stand-in",
  rows: 100,
  runs: 50,
  noise: "cryptographic",
  least: 0.4,
  verdict: "holds",
  seconds: 3,
  sentence: "It holds.",
};
const begun = foldAudit(undefined, { type: "page-auditing", job: 4, request });

test("a test goes on, and its result stays once it is done", () => {
  const going = foldAudit(begun, { type: "auditing", job: 4, fraction: 0.5, secondsLeft: 9 });
  expect(going).toMatchObject({ job: 4, fraction: 0.5, secondsLeft: 9 });
  const done = foldAudit(foldAudit(going, { type: "audited", job: 4, result }), { type: "done", job: 4 });
  expect(done).toEqual({ request, fraction: 0.5, result });
  expect(foldAudit(done, { type: "page-audit-closed" })).toBeUndefined();
});

test("a later test takes the place of the one before", () => {
  const done = foldAudit(begun, { type: "audited", job: 4, result });
  expect(foldAudit(done, { type: "page-auditing", job: 5, request })).toEqual({
    request,
    job: 5,
    fraction: 0,
  });
});

test("one that is cancelled leaves nothing, one that fails its fault; others change nothing", () => {
  expect(foldAudit(begun, { type: "fault", job: 4, fault: { code: "cancelled" } })).toBeUndefined();
  const fault = { code: "bad-use", message: "Something is under way." } as const;
  expect(foldAudit(begun, { type: "fault", job: 4, fault })).toEqual({ request, fraction: 0, fault });
  expect(foldAudit(begun, { type: "fault", job: 9, fault })).toBe(begun);
  expect(foldAudit(begun, { type: "worker-ended" })).toMatchObject({ fault: { code: "worker-ended" } });
  const done = foldAudit(begun, { type: "audited", job: 4, result });
  expect(foldAudit(done, { type: "worker-ended" })).toBe(done);
});
