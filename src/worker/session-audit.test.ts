import { afterEach, expect, test } from "vitest";
import { createPage, patients, useNewBrowser } from "./fixtures/session-page.ts";
import type { AuditRequest } from "./protocol.ts";

afterEach(useNewBrowser);

const request: AuditRequest = {
  synthesizer: "dp-target",
  params: { epsilon: 2 },
  public: { columns: [{ name: "gone", missing: false }] },
  runs: 10,
  seed: 1,
  on: "stand-in",
};

test("a guarantee is tested on made-up patients, how far it is told, and the ledger is as it was", async () => {
  const page = createPage();
  await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
  await page.send({ type: "audit", job: 2, request });
  const fractions = page.of("auditing").map(({ fraction }) => fraction);
  expect(fractions.at(-1)).toBe(1);
  expect(page.of("audited")).toMatchObject([
    {
      job: 2,
      result: { synthesizer: "dp-target", epsilon: 2, runs: 10, on: "stand-in", noise: "cryptographic" },
    },
  ]);
  expect(page.of("done").at(-1)).toMatchObject({ job: 2 });
  expect(page.of("ledger").every(({ ledger }) => ledger.entries.length === 0)).toBe(true);
});

test("one that is cancelled ends, two at once do not go, and a method without a guarantee is refused", async () => {
  const page = createPage();
  await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
  const first = page.send({ type: "audit", job: 2, request: { ...request, runs: 5000 } });
  await page.send({ type: "audit", job: 3, request });
  expect(page.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "bad-use" } });
  await page.send({ type: "cancel", job: 2 });
  await first;
  expect(page.of("fault").at(-1)).toMatchObject({ job: 2, fault: { code: "cancelled" } });
  await page.send({ type: "audit", job: 4, request: { ...request, synthesizer: "cart" } });
  expect(page.of("fault").at(-1)).toMatchObject({ job: 4, fault: { code: "guarantee-refused" } });
  expect(page.of("audited")).toHaveLength(0);
});
