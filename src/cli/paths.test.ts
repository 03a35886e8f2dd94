import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clashOf } from "./paths.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-paths-"));
  await writeFile(at("a.csv"), "a\n1\n");
  await symlink(at("a.csv"), at("link.csv"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("files of a command", () => {
  test("what is read is never overwritten, by whatever name it goes", () => {
    expect(clashOf([at("a.csv")], { out: at("a.csv") })).toContain("--out and the file that is read");
    expect(clashOf([at("link.csv")], { out: join(folder, "x", "..", "a.csv") })).toContain("same file");
    expect(clashOf([at("m.zip")], { complete: at("a.csv"), out: at("link.csv") })).toContain("--complete");
    expect(clashOf([], { synthetic: at("a.csv"), report: at("a.csv") })).toContain("--synthetic");
    expect(clashOf([], { rules: at("a.csv"), report: at("link.csv") })).toContain("--rules");
  });

  test("two files that are written have two names", () => {
    expect(clashOf([at("m.zip")], { out: at("b.csv"), cells: at("b.csv") })).toContain("--cells and --out");
    expect(clashOf([at("a.csv")], { out: at("b.csv"), model: at("b.csv") })).toContain("--model and --out");
    expect(clashOf([at("a.csv")], { out: at("b.csv"), model: at("b.zip") })).toBeUndefined();
  });

  test("a device may be written to as often as is wanted", () => {
    expect(
      clashOf([at("a.csv")], { out: "/dev/stdout", report: "/dev/null", cells: "/dev/null" }),
    ).toBeUndefined();
  });
});
