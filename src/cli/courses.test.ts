import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dayAfter, visitsCsv } from "../core/table/courses/fixtures/visits-csv.ts";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function said(file: string, ...options: string[]): Promise<{ status: number; error: string }> {
  let error = "";
  const stderr = { write: (text: string) => (error += text) };
  const out = ["--synthesizer", "independent", "--rows", "5", "--out", at("out.csv")];
  const status = await run(["synthesize", at(file), ...options, ...out], {
    stdout: { write: () => undefined },
    stderr,
  });
  return { status, error };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-courses-"));
  const columns = {
    day: ({ visit }: { visit: number }) => visit * 90,
    wave: ({ visit }: { visit: number }) => visit + 1,
    futime: ({ patient }: { patient: number }) => 700 + ((patient * 37) % 200),
    word: ({ visit }: { visit: number }) => ["one", "two", "three"][visit % 3] as string,
    born: ({ patient }: { patient: number }) => dayAfter(-9000 - patient),
    died: ({ patient }: { patient: number }) => (patient % 3 === 0 ? 1 : 0),
  };
  await writeFile(at("visits.csv"), visitsCsv({ columns }));
  await writeFile(at("once.csv"), visitsCsv({ columns, visits: () => 1 }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("--patient, --time and --end", () => {
  test("are found without being given, and said with the reason", async () => {
    const { status, error } = await said("visits.csv");
    expect(status, error).toBe(0);
    expect(error).toContain(
      "Visits are ordered by day, which is named like a time and rises from each row of a patient to the next. (--time)",
    );
    expect(error).toContain(
      "Follow-up ends at futime, which never changes within a patient and never lies before a visit. (--end)",
    );
    expect(error).toContain("Survival is compared: futime until died (--time, --event).");
  });

  test("name other columns", async () => {
    const { error } = await said("visits.csv", "--patient", "patient_id", "--time", "wave");
    expect(error).toContain("Visits are ordered by wave, chosen by you. (--time)");
    expect(error).not.toContain("Follow-up ends");
    const ended = await said("visits.csv", "--end", "futime");
    expect(ended.error).toContain("Follow-up ends at futime, chosen by you. (--end)");
  });

  test("--time is the follow-up time beside --event where it never changes within a patient, or patients do not recur", async () => {
    const followed = await said("visits.csv", "--time", "futime", "--event", "died");
    expect(followed.error).toContain("Visits are ordered by day");
    expect(followed.error).toContain("Survival is compared: futime until died");
    const visited = await said("visits.csv", "--time", "wave", "--event", "died");
    expect(visited.error).toContain("Visits are ordered by wave, chosen by you.");
    const once = await said("once.csv", "--time", "futime");
    expect(once.status, once.error).toBe(0);
    expect(once.error).not.toContain("Patients over time");
    expect(once.error).toContain("Survival is compared: futime until died");
  });

  test("a column that cannot be a time is refused in one line", async () => {
    const { status, error } = await said("visits.csv", "--time", "word");
    expect(status).toBe(1);
    expect(error).toMatch(/^semblance: no-time: “word” cannot say when a visit was\./m);
    expect((await said("visits.csv", "--end", "word")).error).toContain(
      "“word” cannot say when follow-up ended.",
    );
  });
});
