import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { partsOf, written } from "./licences.ts";

let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "licences-"));
  await writeFile(join(root, "LICENSE"), "Ours\n");
  await writeFile(join(root, "package.json"), JSON.stringify({ devDependencies: { compiler: "1.0.0" } }));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function install(name: string, facts: object, files: Record<string, string> = {}): Promise<string> {
  const folder = join(root, "node_modules", name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name, version: "1.2.3", ...facts }));
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return join(folder, "index.js");
}

test("every package that was bundled is written once, with its own licence and notice", async () => {
  const a = await install("@of/a", { license: "MIT" }, { LICENSE: "Text of a", NOTICE: "Thanks of a" });
  const b = await install("b", { license: "ISC" }, { "license.md": "Text of b" });
  await install("c", { license: "MIT" }, { LICENSE: "Text of c" });
  await install("rolldown", { license: "MIT" }, { LICENSE: "R\n\n# Licenses of bundled dependencies\nmany" });
  const ids = [
    a,
    a.replace("index.js", "dist/x.js"),
    `\0${b}`,
    join(root, "src/own.ts"),
    "\0rolldown/runtime.js",
  ];
  const parts = partsOf(root, [...ids, "node_modules/b/pixel.wasm"]);
  expect(parts.map(({ name }) => name)).toEqual(["@of/a", "b", "rolldown"]);
  const text = written(root, parts);
  for (const words of ["Ours", "@of/a 1.2.3 (MIT)", "Text of a", "Thanks of a", "Text of b"])
    expect(text.split(words)).toHaveLength(2);
  expect(text).not.toMatch(/Text of c|many/);
});

test("a package without the text gets it from one of the same licence, with its own rights holder", async () => {
  const source = "/**\n * @license\n * Copyright 2018 Some Company. All Rights Reserved.\n */";
  const a = await install("a", { license: "Apache-2.0" }, { "index.js": source });
  await expect(async () => written(root, partsOf(root, [a]))).rejects.toThrow(/a is bundled and has no text/);
  await install("compiler", { license: "Apache-2.0" }, { LICENSE: "Apache License" });
  const text = written(root, partsOf(root, [a]));
  expect(text).toContain("Copyright 2018 Some Company. All Rights Reserved.\n\nApache License");
});

test("a package that says nothing of its licence stops the build", async () => {
  const a = await install("a", {});
  expect(() => partsOf(root, [a])).toThrow(/a is bundled and says nothing/);
});

test("kernels hold a part of their compiler's runtime, which has a licence too", async () => {
  await install("assemblyscript", { license: "Apache-2.0" }, { LICENSE: "Apache License" });
  const parts = partsOf(root, [join(root, "src/core/nn/kernel-bytes.ts")]);
  expect(parts.map(({ name }) => name)).toEqual(["assemblyscript"]);
});
