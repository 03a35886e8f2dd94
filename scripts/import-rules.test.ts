import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const project = fileURLToPath(new URL("..", import.meta.url));
const bin = (name: string): string => join(project, "node_modules", ".bin", name);

/** A file that breaks one rule: where it is planted, what it says, which rule must object. */
type Planted = readonly [what: string, file: string, source: string, rule: string];

const rooms = "rooms(imports)";
const planted: readonly Planted[] = [
  [
    "a value from a room above",
    "core/math/a.ts",
    `import { x } from "../table/table.ts";\nexport const y = x;`,
    rooms,
  ],
  [
    "a type from a room above",
    "core/math/b.ts",
    `import type { Table } from "../table/table.ts";\nexport type B = Table;`,
    rooms,
  ],
  [
    "an import type expression",
    "core/math/c.ts",
    `export type C = import("../table/table.ts").Table;`,
    rooms,
  ],
  ["a dynamic import", "core/math/d.ts", `export const d = () => import("../table/table.ts");`, rooms],
  [
    "a dynamic import by a computed name",
    "core/math/e.ts",
    `export const e = (n: string) => import(n);`,
    rooms,
  ],
  ["an export from", "core/math/f.ts", `export { learnedColumns } from "../table/table.ts";`, rooms],
  ["an export of all", "core/math/g.ts", `export * from "../table/table.ts";`, rooms],
  [
    "an alias",
    "core/math/h.ts",
    `import type { Table } from "@/core/table/table.ts";\nexport type H = Table;`,
    rooms,
  ],
  [
    "a path from the root",
    "core/math/i.ts",
    `import type { Table } from "/src/core/table/table.ts";\nexport type I = Table;`,
    rooms,
  ],
  [
    "a way round through another folder",
    "core/math/j.ts",
    `import type { Table } from "../math/../table/table.ts";\nexport type J = Table;`,
    rooms,
  ],
  [
    "a sibling synthesizer",
    "core/synthesizers/k.ts",
    `import { vae } from "./vae.ts";\nexport const k = vae;`,
    rooms,
  ],
  [
    "the lab from a metric",
    "core/metrics/l.ts",
    `import { evaluate } from "../lab/evaluate.ts";\nexport const l = evaluate;`,
    rooms,
  ],
  [
    "the tensor engine outside nn",
    "core/lab/m.ts",
    `import * as tf from "@tensorflow/tfjs-core";\nexport const m = tf;`,
    rooms,
  ],
  [
    "the tensor engine's values in a synthesizer",
    "core/synthesizers/n.ts",
    `import { tidy } from "@tensorflow/tfjs-core";\nexport const n = tidy;`,
    rooms,
  ],
  [
    "papaparse outside table",
    "core/lab/o.ts",
    `import Papa from "papaparse";\nexport const o = Papa;`,
    rooms,
  ],
  [
    "chardet outside table",
    "core/lab/ab.ts",
    `import { analyse } from "chardet";\nexport const ab = analyse;`,
    rooms,
  ],
  [
    "SHA-256 outside the lab",
    "core/table/ac.ts",
    `import { sha256 } from "@noble/hashes/sha2.js";\nexport const ac = sha256;`,
    rooms,
  ],
  [
    "anything of ours in the first script",
    "doors/ad.ts",
    `import { describeFault } from "../core/fault.ts";\nexport const ad = describeFault;`,
    rooms,
  ],
  [
    "the first script from the page",
    "app/state/ae.ts",
    `import { refuse } from "../../doors/refusals.ts";\nexport const ae = refuse;`,
    rooms,
  ],
  [
    "the lifeline from the page",
    "app/state/af.ts",
    `import { watchOver } from "../../worker/lifeline.ts";\nexport const af = watchOver;`,
    rooms,
  ],
  ["react in core", "core/lab/p.ts", `import { useState } from "react";\nexport const p = useState;`, rooms],
  [
    "node in core",
    "core/lab/q.ts",
    `import { readFileSync } from "node:fs";\nexport const q = readFileSync;`,
    rooms,
  ],
  [
    "the lab from the page",
    "app/views/r.ts",
    `import { evaluate } from "../../core/lab/evaluate.ts";\nexport const r = evaluate;`,
    rooms,
  ],
  ["the worker's entry from the page", "app/state/s.ts", `import "../../worker/worker.ts";`, rooms],
  [
    "a view from a chart",
    "app/charts/t.ts",
    `import { Shell } from "../views/shell/shell.tsx";\nexport const t = Shell;`,
    rooms,
  ],
  [
    "core's inside from the worker",
    "worker/u.ts",
    `import { createRng } from "../core/math/rng.ts";\nexport const u = createRng;`,
    rooms,
  ],
  [
    "a file in no room",
    "elsewhere/v.ts",
    `import { describeFault } from "../core/fault.ts";\nexport const v = describeFault;`,
    rooms,
  ],
  [
    "a cycle",
    "core/math/w.ts",
    `import { b } from "./x.ts";\nexport const a = (): number => b();`,
    "import(no-cycle)",
  ],
  [
    "the cycle's other half",
    "core/math/x.ts",
    `import { a } from "./w.ts";\nexport const b = (): number => a();`,
    "import(no-cycle)",
  ],
  [
    "an unseeded random number",
    "core/math/y.ts",
    `export const y = (): number => Math.random();`,
    "eslint(no-restricted-properties)",
  ],
  [
    "the network in core",
    "core/math/aa.ts",
    `export const aa = (): Promise<Response> => fetch("/");`,
    "eslint(no-restricted-globals)",
  ],
  [
    "a promise left alone",
    "core/math/z.ts",
    `const f = async (): Promise<void> => {};\nexport const z = (): void => { f(); };`,
    "typescript(no-floating-promises)",
  ],
];
const guarded = new Set(planted.map(([, , , rule]) => rule));

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

let folder = "";
let found: readonly Diagnostic[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rooms-"));
  for (const name of ["src", "scripts", ".oxlintrc.json", "package.json", "tsconfig.json"])
    cpSync(join(project, name), join(folder, name), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  for (const [, file, source] of planted) {
    const path = join(folder, "src", file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, source);
  }
  const { stdout } = spawnSync(bin("oxlint"), ["--format", "json", "src"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  found = (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the lint sees", () => {
  it.each(planted)("%s", (_what, file, _source, rule) => {
    const here = found.filter(({ filename }) => filename.endsWith(`src/${file}`)).map(({ code }) => code);
    expect(here).toContain(rule);
  });

  it("nothing of the kind in the tree as it is", () => {
    const files = new Set(planted.map(([, file]) => `src/${file}`));
    const others = found.filter(({ code, filename }) => guarded.has(code) && !files.has(filename));
    expect(others).toEqual([]);
  });
});

describe("core without the dom library", () => {
  it("does not compile when it names document or window", () => {
    cpSync(join(project, "tsconfig.core.json"), join(folder, "tsconfig.core.json"));
    writeFileSync(
      join(folder, "src/core/math/dom.ts"),
      "export const title = document.title;\nexport const width = window.innerWidth;\n",
    );
    const { status, stdout } = spawnSync(bin("tsc"), ["-p", "tsconfig.core.json"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(status).not.toBe(0);
    for (const name of ["document", "window"])
      expect(stdout).toMatch(new RegExp(`math/dom\\.ts.*Cannot find name '${name}'`));
  }, 120_000);
});
