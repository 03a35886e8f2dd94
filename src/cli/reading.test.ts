import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]): Promise<{ status: number; error: string }> {
  let error = "";
  const stdout = { write: () => true };
  const stderr = { write: (text: string) => (error += text) };
  return { status: await run(args, { stdout, stderr }), error };
}

const textAt = (name: string): Promise<string> => readFile(at(name), "utf8");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const quick = ["--synthesizer", "independent", "--rows", "40", "--seed", "1"];

describe("a table that must be read as a person says", () => {
  test("names the encodings it could be in, and takes the one that is given", async () => {
    const text = `age,sex\n${"50,m\xea\xbfczyzna\n51,kobieta\n".repeat(30)}`;
    await writeFile(at("polish.csv"), Buffer.from(text, "latin1"));
    const out = ["--out", at("polish-out.csv"), ...quick];
    const asked = await semblance("synthesize", at("polish.csv"), ...out);
    expect(asked.status).toBe(1);
    expect(asked.error).toMatch(
      /^semblance: encoding-unclear: .*windows-1250 reads mężczyzna; windows-1257 reads mźæczyzna.*--encoding NAME/,
    );
    const told = await semblance("synthesize", at("polish.csv"), ...out, "--encoding", "windows-1250");
    expect(told).toMatchObject({ status: 0 });
    expect(told.error).toContain("The file was read as windows-1250.");
    const bytes = await readFile(at("polish-out.csv"));
    expect(new TextDecoder("windows-1250").decode(bytes)).toContain(",mężczyzna\n");
    const wrong = await semblance("synthesize", at("polish.csv"), ...out, "--encoding", "polish");
    expect(wrong).toMatchObject({ status: 2 });
  });

  test("says where rows lie between stray quotes, and reads them either way", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${i === 10 ? '"x' : i === 29 ? 'x"' : "x"}`);
    await writeFile(at("quotes.csv"), `age,note\n${rows.join("\n")}\n`);
    const out = ["--out", at("quotes-out.csv"), "--synthesizer", "independent"];
    const asked = await semblance("synthesize", at("quotes.csv"), ...out);
    expect(asked.status).toBe(1);
    expect(asked.error).toMatch(
      /^semblance: rows-in-quotes: .*line 12 .*“note”.*19 lines later.*--quotes text/,
    );
    expect(await semblance("synthesize", at("quotes.csv"), ...out, "--quotes", "text")).toMatchObject({
      status: 0,
    });
    expect((await textAt("quotes-out.csv")).trimEnd().split("\n")).toHaveLength(61);
    await semblance("synthesize", at("quotes.csv"), ...out, "--quotes", "cells");
    expect((await textAt("quotes-out.csv")).trimEnd().split("\n")).toHaveLength(42);
    expect(await semblance("synthesize", at("quotes.csv"), ...out, "--quotes", "no")).toMatchObject({
      status: 2,
    });
  });
});

describe("names and levels that every object has", () => {
  const columns = ["__proto__", "constructor", "hasOwnProperty", "toString"];

  beforeAll(async () => {
    const rows = Array.from({ length: 120 }, (_, i) =>
      [i % 3 ? "toString" : "__proto__", (i * 37) % 90, i % 4 ? "no" : "valueOf", ((i * 7) % 50) / 10].join(
        ",",
      ),
    );
    await writeFile(at("proto.csv"), `${columns.join(",")}\n${rows.join("\n")}\n`);
  });

  test.each([
    ["independent", []],
    ["cart", ["--report", "--html"]],
  ])("are read, learned, measured and written by %s", async (method, files) => {
    const made = ["--out", at("proto-out.csv"), "--model", at("p.semblance")];
    const how = ["--synthesizer", method, "--target", "hasOwnProperty", "--holdout", "0.3"];
    const written = files.flatMap((flag) => [flag, at(`p${flag}`)]);
    expect(await semblance("synthesize", at("proto.csv"), ...made, ...how, ...written)).toMatchObject({
      status: 0,
    });
    const [head, ...rows] = (await textAt("proto-out.csv")).trimEnd().split("\n");
    expect(head).toBe(columns.join(","));
    const seen = rows.map((row) => row.split(","));
    expect(new Set(seen.map(([level]) => level))).toEqual(new Set(["__proto__", "toString"]));
    expect(new Set(seen.map(([, , level]) => level))).toEqual(new Set(["no", "valueOf"]));
    if (files.length > 0) {
      const report = JSON.parse(await textAt("p--report")) as { target: string; columns: { name: string }[] };
      expect(report.target).toBe("hasOwnProperty");
      expect(new Set(report.columns.map(({ name }) => name))).toEqual(new Set(columns));
      expect(await textAt("p--html")).toContain("hasOwnProperty");
    }

    const ask = (...args: string[]): Promise<{ status: number; error: string }> =>
      semblance("sample", at("p.semblance"), "--out", at("proto-asked.csv"), "--rows", "100", ...args);
    expect(await ask("--shares", "__proto__:__proto__=1", "--where", "constructor>=45")).toMatchObject({
      status: 0,
    });
    const asked = (await textAt("proto-asked.csv")).trimEnd().split("\n").slice(1);
    expect(asked).toHaveLength(100);
    for (const row of asked) {
      expect(row.startsWith("__proto__,")).toBe(true);
      expect(Number(row.split(",")[1])).toBeGreaterThanOrEqual(45);
    }
    expect(await ask("--shares", "__proto__:constructor=1")).toMatchObject({ status: 2 });
    expect(await ask("--shares", "__proto__:__proto__=1.2")).toMatchObject({ status: 2 });
    expect(await ask("--shares", "valueOf:a=1")).toMatchObject({ status: 2 });
    expect(await ask("--__proto__", "1")).toMatchObject({ status: 2 });
  });
});

test("what a file holds cannot command the terminal", async () => {
  const name = "a\u001b[2Jge\u202e";
  await writeFile(at("escape.csv"), `${name},x\n${"1,y\n".repeat(300)}`);
  await writeFile(at("escape2.csv"), `${name},x,${name}\n${"1,2,3\n".repeat(300)}`);
  const shown = await semblance(
    "synthesize",
    at("escape2.csv"),
    "--out",
    at("e.csv"),
    "--synthesizer",
    "independent",
  );
  expect(shown.error).toContain("Another column “a�[2Jge�” is called “a�[2Jge�_2”");
  const asked = await semblance("synthesize", at("escape.csv"), "--out", at("e.csv"), "--target", "age");
  expect(asked.error).toContain("a�[2Jge�");
  for (const { error } of [shown, asked])
    expect(error.replaceAll(/[\r\n]/g, " ")).not.toMatch(/[\p{Cc}\u202e]/u);
});
