import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { oneAtATime } from "./one-at-a-time.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-one-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("of ten that read, wait and write at once none is lost, and one that failed leaves no lock", async () => {
  const path = join(folder, "count.txt");
  await writeFile(path, "0");
  const add = (i: number): Promise<void> =>
    oneAtATime(path, async () => {
      const before = Number(await readFile(path, "utf8"));
      if (i === 4) throw new Error("failed");
      await wait(5);
      await writeFile(path, String(before + 1));
    });
  const ended = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => add(i)));
  expect(ended.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(await readFile(path, "utf8")).toBe("9");
});

test("a lock that was left behind is taken away, and where no lock can be the work is not done", async () => {
  const path = join(folder, "left.txt");
  await mkdir(`${path}.lock`);
  const long = new Date(Date.now() - 60_000);
  await utimes(`${path}.lock`, long, long);
  expect(await oneAtATime(path, () => Promise.resolve("done"))).toBe("done");
  let done = false;
  const work = (): Promise<void> => Promise.resolve().then(() => void (done = true));
  await expect(oneAtATime(join(folder, "no such folder", "x"), work)).rejects.toThrow("ENOENT");
  expect(done).toBe(false);
});
