import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProgressLine } from "./progress-line.ts";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

async function semblance(...args: string[]): Promise<Outcome> {
  let out = "";
  let error = "";
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (error += text) };
  return { status: await run(args, { stdout, stderr }), out, error };
}

/** What a failing call says, after how a table was read: one line, a code, no stack. */
async function complaint(...args: string[]): Promise<string> {
  const { status, out, error } = await semblance(...args);
  expect(out).toBe("");
  const lines = error.trimEnd().split("\n");
  const last = lines.pop() as string;
  expect(
    lines.filter(
      (line) =>
        !/^(Patients are told|Left out, as)/.test(line) && !line.startsWith("Groups are compared by age"),
    ),
  ).toEqual([]);
  expect(last).toMatch(/^semblance: [a-z-]+: \S/);
  return `${status} ${/^semblance: ([a-z-]+):/.exec(last)?.[1]}`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-"));
  const rows = Array.from(
    { length: 240 },
    (_, i) => `${1000 + i},${(i * 37) % 90},${((i * 7) % 50) / 10},${i % 3 === 0 ? "yes" : "no"}`,
  );
  const header = "patient_id,age,crp,died\n";
  await writeFile(at("a.csv"), `${header}${rows.slice(0, 160).join("\n")}\n`);
  await writeFile(at("b.csv"), `${header}${rows.slice(160).join("\n")}\n`);
  await writeFile(at("header.csv"), header);
  await writeFile(at("ragged.csv"), `${header}1,2,3.0,no\n1,2\n3,4,1.0,yes\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the lab from a terminal", () => {
  test("synthesizes, samples the same rows from the saved model, and evaluates", async () => {
    const made = await semblance(
      "synthesize",
      at("a.csv"),
      "--synthesizer",
      "independent",
      "--rows",
      "150",
      "--seed",
      "7",
      "--target",
      "died",
      "--out",
      at("s.csv"),
      "--model",
      at("m.semblance"),
      "--report",
      at("r.json"),
      "--holdout",
      "0.25",
    );
    expect(made).toMatchObject({ status: 0, out: "" });
    const csv = await readFile(at("s.csv"), "utf8");
    expect(csv.split("\n")[0]).toBe("patient_id,age,crp,died");
    expect(csv.trimEnd().split("\n")).toHaveLength(151);
    expect(csv.split("\n")[1]).toMatch(/^[1-9]\d*,\d+,\d\.\d,(yes|no)$/);
    const report = JSON.parse(await readFile(at("r.json"), "utf8"));
    expect(report).toMatchObject({ version: 3, target: "died", run: { seed: 7 } });
    expect(report.shape.train + report.shape.holdout).toBe(160);
    expect(report.shape.holdout / 160).toBeCloseTo(0.25, 1);

    const sampled = await semblance(
      "sample",
      at("m.semblance"),
      "--rows",
      "150",
      "--seed",
      "7",
      "--out",
      at("t.csv"),
    );
    expect(sampled.status).toBe(0);
    expect(made.error).toContain("These verdicts stand. The rest is being measured.");
    expect(sampled.error).toContain(`Claimed by the file: ${report.headline}`);
    expect(report.tables.holdout.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(report.settings).toMatchObject({ synthesizer: "independent", seed: 7, sha256Of: "file" });
    expect(await readFile(at("t.csv"), "utf8")).toBe(csv);
    const other = await semblance(
      "sample",
      at("m.semblance"),
      "--rows",
      "150",
      "--seed",
      "8",
      "--out",
      at("u.csv"),
    );
    expect(other.status).toBe(0);
    expect(await readFile(at("u.csv"), "utf8")).not.toBe(csv);

    const files = ["--train", at("a.csv"), "--holdout", at("b.csv"), "--synthetic", at("s.csv")];
    const judged = await semblance("evaluate", ...files, "--target", "died", "--report", at("e.json"));
    expect(judged).toMatchObject({ status: 0, out: "" });
    const evaluation = JSON.parse(await readFile(at("e.json"), "utf8"));
    expect(evaluation).toMatchObject({ target: "died", shape: { train: 160, holdout: 80, synthetic: 150 } });
    expect(evaluation.metrics.length).toBeGreaterThan(3);
  });

  test("writes the evaluation for people, and everything in one zip, of its own run and of tables made elsewhere", async () => {
    const made = ["--out", at("p.csv"), "--html", at("p.html"), "--bundle", at("p.zip"), "--rows", "120"];
    const fit = ["--synthesizer", "independent", "--target", "died", "--holdout", "0.25"];
    expect(await semblance("synthesize", at("a.csv"), ...made, ...fit)).toMatchObject({ status: 0, out: "" });
    const sha256 = createHash("sha256")
      .update(await readFile(at("a.csv")))
      .digest("hex");
    const html = await readFile(at("p.html"), "utf8");
    expect(html).toContain("Report for decision");
    expect(html).toContain(sha256);
    const own = unzipSync(await readFile(at("p.zip")));
    expect(Buffer.from(own["safe-to-share/synthetic.csv"] ?? [])).toEqual(await readFile(at("p.csv")));
    expect(Object.keys(own)).toContain("private/model.semblance");
    expect(Buffer.from(own["safe-to-share/model-card.md"] ?? []).toString()).toContain(sha256);

    const files = ["--train", at("a.csv"), "--holdout", at("b.csv"), "--synthetic", at("p.csv")];
    const out = ["--report", at("q.json"), "--html", at("q.html"), "--bundle", at("q.zip")];
    expect(await semblance("evaluate", ...files, ...out)).toMatchObject({ status: 0, out: "" });
    expect(await readFile(at("q.html"), "utf8")).toContain("p.csv");
    const judged = unzipSync(await readFile(at("q.zip")));
    expect(Buffer.from(judged["safe-to-share/synthetic.csv"] ?? [])).toEqual(await readFile(at("p.csv")));
    expect(Object.keys(judged)).not.toContain("private/model.semblance");
    for (const command of ["synthesize", "evaluate"]) {
      const { out: help } = await semblance(command, "--help");
      expect(help).toContain("--html FILE.html");
      expect(help).toContain("--bundle FILE.zip");
    }
    const nowhere = join(folder, "no", "x.zip");
    expect(await complaint("evaluate", ...files, "--report", at("q.json"), "--bundle", nowhere)).toBe(
      "1 file-unwritable",
    );
  });

  test("evaluates a table from another tool without a holdout file, and says how it was read", async () => {
    const odd = (await readFile(at("b.csv"), "utf8"))
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((row, i) => {
        const [, age, crp, died] = row.split(",");
        return `${i};${died};${crp?.replace(".", ",")};${age},25`;
      });
    await writeFile(at("odd.csv"), `extra;Died;crp;age\n${odd.join("\n")}\n`);
    const files = ["--train", at("a.csv"), "--synthetic", at("odd.csv"), "--report", at("odd.json")];
    const kept = ["--seen", "some", "--holdout-share", "0.25"];
    const judged = await semblance("evaluate", ...files, "--target", "died", ...kept);
    expect(judged).toMatchObject({ status: 0, out: "" });
    expect(judged.error).toMatch(/“Died” is taken for “died”/);
    expect(judged.error).toMatch(/only the synthetic table has it: “extra”/);
    expect(judged.error).toMatch(/decimals in the synthetic one: “age”/);
    const report = JSON.parse(await readFile(at("odd.json"), "utf8"));
    expect(report).toMatchObject({
      run: { synthesizerName: "odd.csv" },
      shape: { holdout: 39, synthetic: 80 },
    });
    expect(report.notes.join()).toMatch(/“Died” is taken/);
    expect(await complaint("evaluate", ...files, "--holdout", at("b.csv"), "--holdout-share", "0.2")).toBe(
      "2 bad-use",
    );
    expect(await complaint("evaluate", ...files, "--holdout-share", "0.2")).toBe("2 bad-use");
    expect(await complaint("evaluate", ...files, "--seen", "perhaps")).toBe("2 bad-use");
    expect(await complaint("evaluate", ...files, "--seen", "none", "--holdout", at("b.csv"))).toBe(
      "2 bad-use",
    );
    expect(await semblance("evaluate", ...files)).toMatchObject({ status: 0 });
    const whole = JSON.parse(await readFile(at("odd.json"), "utf8"));
    expect(whole.shape).toMatchObject({ train: 160, holdout: 0 });
    expect(whole.run.notices.join()).toMatch(/taken to have seen all 160 real ones/);
    expect(whole.notMeasured.find(({ family }: { family: string }) => family === "privacy").why).toMatch(
      /had not seen/,
    );
    expect(await semblance("evaluate", ...files, "--seen", "none")).toMatchObject({ status: 0 });
    const strange = JSON.parse(await readFile(at("odd.json"), "utf8"));
    expect(strange.shape).toMatchObject({ train: 0, holdout: 160 });
    await writeFile(at("other.csv"), "a,b\n1,2\n3,4\n");
    const other = ["--train", at("a.csv"), "--synthetic", at("other.csv"), "--report", at("odd.json")];
    expect(await complaint("evaluate", ...other)).toBe("1 columns-unlike");
  });

  test("samples under conditions and in shares, and fills in missing cells", async () => {
    const out = ["--out", at("c.csv")];
    const method = ["--synthesizer", "independent", "--model", at("c.semblance")];
    expect((await semblance("synthesize", at("a.csv"), ...out, ...method)).status).toBe(0);
    const rowsOf = async (name: string): Promise<string[][]> =>
      (await readFile(at(name), "utf8"))
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((row) => row.split(","));
    const ask = (...args: string[]): Promise<Outcome> =>
      semblance("sample", at("c.semblance"), ...out, "--rows", "300", ...args);
    const asked = await ask("--where", "age>=65", "--where", "crp=1..3", "--shares", "died:yes=0.5,no=0.5");
    expect(asked).toMatchObject({ status: 0, out: "" });
    expect(asked.error).toMatch(/300 of \d+ rows|\d+ of \d+ rows drawn met the conditions/);
    const made = await rowsOf("c.csv");
    expect(made).toHaveLength(300);
    expect(made.every(([, age, crp]) => Number(age) >= 65 && Number(crp) >= 1 && Number(crp) <= 3)).toBe(
      true,
    );
    const died = made.filter(([, , , level]) => level === "yes").length;
    expect(Math.abs(died - 150)).toBeLessThan(40);
    await ask("--where", "age>65", "--where", "died = no");
    expect((await rowsOf("c.csv")).every((row) => Number(row[1]) > 65 && row[3] === "no")).toBe(true);

    await writeFile(at("holes.csv"), "note,age,died,crp\nx,12,,\ny,,yes,1.5\nz,,,\n");
    expect((await semblance("sample", at("c.semblance"), ...out, "--complete", at("holes.csv"))).status).toBe(
      0,
    );
    const full = await rowsOf("c.csv");
    expect(full.map(([note]) => note)).toEqual(["x", "y", "z"]);
    expect(full[0]?.[1]).toBe("12");
    expect(full[1]?.slice(2)).toEqual(["yes", "1.5"]);
    expect(full.flat().every((cell) => cell !== "")).toBe(true);

    expect(await complaint("sample", at("c.semblance"), ...out, "--where", "weight>3")).toBe("2 bad-use");
    expect(await complaint("sample", at("c.semblance"), ...out, "--where", "age~3")).toBe("2 bad-use");
    expect(await complaint("sample", at("c.semblance"), ...out, "--where", "age>old")).toBe("2 bad-use");
    expect(await complaint("sample", at("c.semblance"), ...out, "--where", "died=perhaps")).toBe(
      "2 condition-invalid",
    );
    expect(await complaint("sample", at("c.semblance"), ...out, "--shares", "died:maybe=1")).toBe(
      "2 bad-use",
    );
    const unmet = await ask("--where", "age>200", "--tries", "50");
    expect(unmet.status).toBe(1);
    expect(unmet.error).toMatch(/semblance: condition-unmet: .*age is at least 201.* 0 met it/);
    expect(
      await complaint("sample", at("c.semblance"), ...out, "--complete", at("header.csv"), "--rows", "3"),
    ).toBe("2 bad-use");
    await writeFile(at("other.csv"), "age,weight\n1,2\n3,4\n");
    expect(await complaint("sample", at("c.semblance"), ...out, "--complete", at("other.csv"))).toBe(
      "1 columns-differ",
    );
    expect((await semblance("sample", "--help")).out).toContain("--where CONDITION");
  });

  test("fills in empty cells only, lists them, and leaves empty what is empty by rule unless asked", async () => {
    const line = (i: number): string => {
      const admitted = i % 2 === 0;
      return `p${i},${i % 8 === 1 ? `x${i}` : 20 + (i % 60)},${i % 7 ? "1.50" : ""},${admitted ? "yes" : "no"},${admitted ? 1 + (i % 5) : ""}`;
    };
    const source = `id,age,crp,admitted,days\n${Array.from({ length: 120 }, (_, i) => line(i)).join("\n")}\nTotal,,,,180\n`;
    await writeFile(at("ward.csv"), source);
    const model = at("ward.semblance");
    const made = await semblance(
      "synthesize",
      at("ward.csv"),
      "--synthesizer",
      "independent",
      "--out",
      at("s.csv"),
      "--model",
      model,
    );
    expect(made.status).toBe(0);
    expect(made.error).toMatch(/age: 15 cells could not be read as whole numbers .*“x1”/);
    expect(made.error).toContain("1 row of totals or remarks is left out");

    const fill = ["sample", model, "--complete", at("ward.csv"), "--out", at("ward-filled.csv")];
    const filled = await semblance(...fill, "--cells", at("cells.csv"));
    expect(filled.status).toBe(0);
    expect(filled.error).toContain("days: 60 cells stay empty, as all are where admitted is no");
    expect(filled.error).toContain("18 cells were filled in. The file holds your real patients");
    const now = (await readFile(at("ward-filled.csv"), "utf8")).split("\n");
    const list = [`spreadsheet_row,column,value`];
    source.split("\n").forEach((was, i) => {
      const [id, age, crp, ...rest] = was.split(",");
      if (crp !== "" || id === "Total") return expect(now[i]).toBe(was);
      const value = now[i]?.split(",")[2] as string;
      expect(value).toMatch(/^\d+(\.\d+)?$/);
      expect(now[i]).toBe([id, age, value, ...rest].join(","));
      list.push(`${i + 1},crp,${value}`);
    });
    expect((await readFile(at("cells.csv"), "utf8")).trimEnd().split("\n")).toEqual(list);

    expect((await semblance(...fill, "--fill-all")).error).toContain("78 cells were filled in");
    expect(await complaint("sample", model, "--out", at("again.csv"), "--fill-all")).toBe("2 bad-use");
    const again = await semblance(
      "sample",
      model,
      "--complete",
      at("ward-filled.csv"),
      "--out",
      at("again.csv"),
    );
    expect(again.error).toContain("By its name this is a filled table");
  });

  test("ends as a process with the same status and words", async () => {
    const main = fileURLToPath(new URL("./main.ts", import.meta.url));
    const args = ["--import", "tsx", main, "sample", at("none.semblance"), "--out", at("x.csv")];
    const ended = await new Promise<Outcome>((resolve) => {
      execFile(process.execPath, args, (failure, out, error) => {
        resolve({ status: failure === null ? 0 : Number(failure.code), out, error });
      });
    });
    expect(ended).toMatchObject({ status: 1, out: "" });
    expect(ended.error).toMatch(/^semblance: file-unreadable: .*no such file/);
  });

  test("a synthesizer's settings are flags", async () => {
    const out = ["--out", at("v.csv")];
    const fitted = await semblance(
      "synthesize",
      at("a.csv"),
      ...out,
      "--synthesizer",
      "vae",
      "--steps",
      "20",
    );
    expect(fitted.status).toBe(0);
    expect((await readFile(at("v.csv"), "utf8")).trimEnd().split("\n")).toHaveLength(161);
    const help = await semblance("synthesize", "--synthesizer", "vae", "--help");
    expect(help.status).toBe(0);
    expect(help.out).toContain("--learning-rate NUMBER");
    const vae = [at("a.csv"), ...out, "--synthesizer", "vae"];
    expect(await complaint("synthesize", ...vae, "--steps", "-3")).toBe("2 parameter-invalid");
    expect(await complaint("synthesize", ...vae, "--steps", "many")).toBe("2 parameter-invalid");
  });

  test("goes on training from a saved model, on a table with the same columns only", async () => {
    const few = ["--synthesizer", "vae", "--steps", "20"];
    const first = await semblance(
      "synthesize",
      at("a.csv"),
      "--out",
      at("f.csv"),
      ...few,
      "--model",
      at("f.semblance"),
    );
    expect(first.status).toBe(0);
    const from = ["--from", at("f.semblance"), "--out", at("g.csv")];
    const second = await semblance("synthesize", at("b.csv"), ...from, "--model", at("g.semblance"));
    expect(second).toMatchObject({ status: 0, out: "" });
    expect(second.error).toContain("Went on training from a model of a.csv (VAE, seed 1).");
    expect((await readFile(at("g.csv"), "utf8")).trimEnd().split("\n")).toHaveLength(81);
    await writeFile(at("other.csv"), (await readFile(at("b.csv"), "utf8")).replace("crp", "troponin"));
    expect(await complaint("synthesize", at("other.csv"), ...from)).toBe("1 columns-differ");
    expect(await complaint("synthesize", at("b.csv"), ...from, "--synthesizer", "gan")).toBe("2 bad-use");
    expect(await complaint("synthesize", at("b.csv"), "--from", at("a.csv"), "--out", at("g.csv"))).toBe(
      "1 model-damaged",
    );
  });

  test("bad use ends with status 2", async () => {
    const out = ["--out", at("x.csv")];
    expect(await complaint("synthesise")).toBe("2 bad-use");
    expect(await complaint("synthesize", ...out)).toBe("2 bad-use");
    expect(await complaint("synthesize", at("a.csv"))).toBe("2 bad-use");
    expect(await complaint("synthesize", at("a.csv"), "again.csv", ...out)).toBe("2 bad-use");
    expect(await complaint("synthesize", at("a.csv"), ...out, "--speed", "9")).toBe("2 bad-use");
    expect(await complaint("synthesize", at("a.csv"), ...out, "--rows", "1.5")).toBe("2 bad-use");
    expect(await complaint("synthesize", at("a.csv"), ...out, "--holdout", "2")).toBe("2 bad-use");
    for (const id of ["oracle", "bootstrap"])
      expect(await complaint("synthesize", at("a.csv"), ...out, "--synthesizer", id)).toBe(
        "2 unknown-synthesizer",
      );
    expect(await complaint("synthesize", at("a.csv"), ...out, "--target", "nope")).toBe("2 unknown-column");
  });

  test("bad input ends with status 1 and leaves no output behind", async () => {
    const out = ["--out", at("x.csv"), "--synthesizer", "independent"];
    expect(await complaint("synthesize", at("none.csv"), ...out)).toBe("1 file-unreadable");
    expect(await complaint("synthesize", folder, ...out)).toBe("1 file-unreadable");
    expect(await complaint("synthesize", at("header.csv"), ...out)).toBe("1 header-only");
    expect(await complaint("synthesize", at("ragged.csv"), ...out)).toBe("1 ragged-row");
    expect(await complaint("sample", at("a.csv"), "--out", at("x.csv"))).toBe("1 model-damaged");
    const nowhere = join(folder, "no", "folder.csv");
    expect(await complaint("synthesize", at("a.csv"), "--synthesizer", "independent", "--out", nowhere)).toBe(
      "1 file-unwritable",
    );
    expect(await complaint("synthesize", at("a.csv"), "--synthesizer", "independent", "--out", folder)).toBe(
      "1 file-unwritable",
    );
    expect(existsSync(at("x.csv"))).toBe(false);
    expect(existsSync(at("x.csv.part"))).toBe(false);
  });
});

describe("the progress line", () => {
  const written = (isTTY: boolean): string[] => {
    const texts: string[] = [];
    const line = createProgressLine({ isTTY, write: (text) => texts.push(text) });
    line.show("Training", 0.1, "epoch 1");
    line.show("Training", 0.11);
    line.show("Writing", 0.5);
    line.end();
    return texts;
  };

  test("rewrites itself on a terminal, and is sparse in a log", () => {
    expect(written(true)).toEqual(["\r\u001b[KTraining 10%, epoch 1", "\r\u001b[KWriting 50%", "\n"]);
    expect(written(false)).toEqual(["Training 10%, epoch 1\n", "Writing 50%\n"]);
  });
});
