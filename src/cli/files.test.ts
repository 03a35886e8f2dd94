import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FaultError, saveModelFile, startFit } from "../core/lab/lab.ts";
import { readTable, writeBytes, writeChunks } from "./files.ts";
import { nodeWasmPaths } from "./node-device.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
const tsx = import.meta.resolve("tsx");
const main = fileURLToPath(new URL("./main.ts", import.meta.url));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-files-"));
  const rows = Array.from({ length: 60 }, (_, i) => `${20 + ((i * 37) % 60)},${i % 3 === 0 ? "yes" : "no"}`);
  await writeFile(at("a.csv"), `age,died\n${rows.join("\n")}\n`);
  const { table } = await readTable(at("a.csv"));
  const request = { synthesizer: "independent", params: {}, seed: 1, device: "wasm" } as const;
  const fit = startFit(table, request, { wasmPaths: nodeWasmPaths(), previewRows: 0 });
  await writeFile(at("m.semblance"), saveModelFile((await fit.done).model));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const row = new TextEncoder().encode("a,b\n".repeat(16_384));

/** Chunks without end that count how many were asked for. */
function endless() {
  const asked = { times: 0 };
  async function* chunks() {
    for (;;) {
      asked.times++;
      yield { bytes: row };
    }
  }
  return { asked, chunks: chunks() };
}

async function fault(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => (error instanceof FaultError ? error.fault : error),
  );
}

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error: string;
}

/** Runs the program through a shell, whose pipes and redirections are what is tested. */
function shell(command: string, whileRunning?: (pid: number) => Promise<void>): Promise<Ended> {
  const line = command.replace("semblance", `${process.execPath} --import ${tsx} ${main}`);
  const child = spawn("bash", ["-o", "pipefail", "-c", line], { cwd: folder });
  let error = "";
  child.stderr.on("data", (text: Buffer) => (error += text.toString()));
  child.stdout.resume();
  void whileRunning?.(child.pid as number);
  return new Promise((resolve) => {
    child.on("close", (status, signal) => resolve({ status, signal, error }));
  });
}

describe.skipIf(!existsSync("/dev/full"))("a disk that is full", () => {
  test("is told at the first chunk, and no further one is made", async () => {
    const { asked, chunks } = endless();
    expect(await fault(writeChunks("/dev/full", chunks))).toEqual({
      code: "file-unwritable",
      file: "/dev/full",
      reason: "The disk is full.",
    });
    expect(asked.times).toBe(1);
    expect((await stat("/dev/full")).isCharacterDevice()).toBe(true);
    expect(await fault(writeBytes("/dev/full", "{}"))).toMatchObject({ reason: "The disk is full." });
  });

  test("ends a command with one line, and leaves the device as it was", async () => {
    const [{ status, error }, help] = await Promise.all([
      shell("semblance sample m.semblance --rows 50000000 --out /dev/full"),
      shell("semblance --help > /dev/full"),
    ]);
    expect(status).toBe(1);
    expect(error.trimEnd().split("\n").at(-1)).toMatch(/^semblance: file-unwritable: .*The disk is full\./);
    expect(help.status).toBe(1);
    expect(help.error).toMatch(/^semblance: file-unwritable: ENOSPC[^\n]*\n$/);
  }, 30_000);
});

describe("a file that is written", () => {
  test("appears only when it is whole; one that breaks off leaves what was there", async () => {
    await writeFile(at("out.csv"), "before");
    async function* breaking() {
      yield { bytes: row };
      throw new Error("no more");
    }
    expect(await fault(writeChunks(at("out.csv"), breaking()))).toMatchObject({ reason: "no more" });
    expect(await readFile(at("out.csv"), "utf8")).toBe("before");
    await writeBytes(at("out.csv"), "after");
    expect(await readFile(at("out.csv"), "utf8")).toBe("after");
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("is written where a link points to, and the link stays", async () => {
    await writeFile(at("real.csv"), "before");
    await symlink(at("real.csv"), at("link.csv"));
    await writeBytes(at("link.csv"), "after");
    expect((await lstat(at("link.csv"))).isSymbolicLink()).toBe(true);
    expect(await readFile(at("real.csv"), "utf8")).toBe("after");
  });
});

describe.skipIf(process.platform === "win32")("a command that is ended from outside", () => {
  test("removes what it had half written, whichever signal ends it", async () => {
    const ending = async (signal: NodeJS.Signals): Promise<number | null> => {
      const out = `${signal}.csv`;
      const partial = at(`${out}.part`);
      const ended = await shell(`semblance sample m.semblance --rows 100000000 --out ${out}`, async (pid) => {
        while (!existsSync(partial)) await new Promise((wake) => setTimeout(wake, 20));
        process.kill(pid, signal);
      });
      expect(existsSync(partial)).toBe(false);
      expect(existsSync(at(out))).toBe(false);
      return ended.status;
    };
    expect(await Promise.all([ending("SIGINT"), ending("SIGTERM"), ending("SIGHUP")])).toEqual([
      130, 143, 129,
    ]);
  }, 30_000);

  test("ends quietly, and soon, when nobody reads on", async () => {
    const [rows, help] = await Promise.all([
      shell("semblance sample m.semblance --rows 100000000 --out /dev/stdout | head -2"),
      shell("semblance --help | true"),
    ]);
    expect(rows).toMatchObject({ status: 0 });
    expect(rows.error).not.toMatch(/EPIPE|semblance:/);
    expect(help).toMatchObject({ status: 0, error: "" });
  }, 30_000);
});
