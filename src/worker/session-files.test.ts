import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { afterEach, describe, expect, test } from "vitest";
import {
  createPage,
  exported,
  independent,
  MARKED,
  patients,
  useNewBrowser,
} from "./fixtures/session-page.ts";
import type { TakeAwayKind } from "./protocol.ts";

afterEach(useNewBrowser);

describe("the evaluation as files", () => {
  const synthetic = { name: "patients-synthetic-80.csv", rows: 80, seed: 4 };
  const trained = async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.settled("a");
    const file = async (kind: TakeAwayKind, job: number): Promise<Uint8Array> => {
      const request = { run: "a", kind, synthetic, withRows: true };
      await page.send({ type: "export-report", job, ...request });
      return Buffer.concat(page.of("chunk").flatMap((chunk) => (chunk.job === job ? [chunk.bytes] : [])));
    };
    return { page, file };
  };

  test("each kind is written, with the digest of the file that was opened", async () => {
    const { page, file } = await trained();
    const sha256 = createHash("sha256")
      .update(await patients.bytes())
      .digest("hex");
    expect(page.runOf("a")?.source).toMatchObject({ sha256, of: "file", rows: 300, columns: 5 });
    for (const [i, kind] of (["html", "json", "model-card", "datasheet"] as const).entries())
      expect(Buffer.from(await file(kind, 10 + i)).toString()).toContain(sha256);
    const csv = await exported(page, "a", 20, 80);
    const metadata = JSON.parse(Buffer.from(await file("croissant", 21)).toString());
    expect(metadata.distribution[0].sha256).toBe(createHash("sha256").update(csv).digest("hex"));
    const zip = await file("bundle", 22);
    const contents = unzipSync(zip);
    expect(Buffer.from(contents["safe-to-share/synthetic.csv"] ?? []).toString()).toBe(csv);
    expect(Object.keys(contents)).toContain("private/model.semblance");
    expect(JSON.parse(Buffer.from(contents["private/settings.json"] ?? []).toString())).toMatchObject({
      synthesizer: "independent",
      seed: 4,
      holdout: { share: 0.25, seed: 9 },
      sha256,
    });
    for (const [name, bytes] of Object.entries(contents)) {
      if (name.startsWith("safe-to-share/")) expect(Buffer.from(bytes).toString(), name).not.toMatch(MARKED);
    }
    expect(
      createHash("sha256")
        .update(await file("bundle", 23))
        .digest("hex"),
    ).toBe(createHash("sha256").update(zip).digest("hex"));
  });

  test("can be cancelled, and says why where there is nothing to write", async () => {
    const { page } = await trained();
    const rows = 200_000;
    const many = { kind: "bundle", synthetic: { ...synthetic, rows }, withRows: true } as const;
    const writing = page.send({ type: "export-report", job: 30, run: "a", ...many });
    await page.until(() => page.of("chunk").some((chunk) => chunk.job === 30 && chunk.rows > 0));
    await page.send({ type: "cancel", job: 30 });
    await writing;
    expect(page.of("fault").at(-1)).toMatchObject({ job: 30, fault: { code: "cancelled" } });
    expect(page.of("chunk").at(-1)?.rows).toBeLessThan(rows);
    await page.send({ type: "export-report", job: 31, run: "nobody", ...many });
    expect(page.of("fault").at(-1)).toMatchObject({ job: 31, fault: { code: "bad-use" } });
  });

  test("are made no further ahead than they are written", async () => {
    const page = createPage({ writes: false });
    await page.send({ type: "open", job: 1, source: patients, name: "patients.csv" });
    await page.send({ type: "train", job: 2, run: "a", request: independent });
    await page.settled("a");
    const chunks = (): number => page.of("chunk").length;
    const making = page.send({ type: "export-csv", job: 3, run: "a", rows: 1_000_000, seed: 1 });
    await page.until(() => chunks() === 4);
    await new Promise((wake) => setTimeout(wake, 150));
    expect(chunks()).toBe(4);
    await page.send({ type: "chunk-written", job: 3 });
    await page.until(() => chunks() === 5);
    await new Promise((wake) => setTimeout(wake, 50));
    expect(chunks()).toBe(5);
    await page.send({ type: "cancel", job: 3 });
    await making;
    expect(page.of("fault").at(-1)).toMatchObject({ job: 3, fault: { code: "cancelled" } });
    expect(chunks()).toBe(5);
  });
});
