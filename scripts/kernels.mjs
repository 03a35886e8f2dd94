// npm run kernels: compiles kernels/ (AssemblyScript) and writes src/core/nn/kernels/kernel-bytes.ts; --check only compares.
import { readFileSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

const root = new URL("../", import.meta.url);
const target = new URL("src/core/nn/kernels/kernel-bytes.ts", root);

/** The text of kernel-bytes.ts as the sources stand. */
async function compileKernels() {
  return [
    "/** kernels/ compiled, in base64. Written by `npm run kernels`; a test compares it with the sources. */",
    "export const KERNEL_BYTES =",
    await compile(),
    "",
  ].join("\n");
}

/** A string literal of the module's bytes. */
async function compile() {
  let bytes;
  const options = ["--runtime", "stub", "--noAssert", "-O3", "--importMemory", "--noExportMemory"];
  const { error } = await asc.main(
    [
      "kernels/index.ts",
      "--outFile",
      "kernels.wasm",
      "--use",
      "abort=",
      "--enable",
      "simd",
      "--disableWarning",
      "112",
      ...options,
    ],
    {
      readFile: (name) => {
        try {
          return readFileSync(new URL(name, root), "utf8");
        } catch {
          return null;
        }
      },
      writeFile: (_, contents) => {
        bytes = contents;
      },
      listFiles: () => [],
      stderr: process.stderr,
    },
  );
  if (error || !bytes) throw new Error(`${error?.message ?? "no output"}`);
  const lines = Buffer.from(bytes)
    .toString("base64")
    .match(/.{1,100}/g);
  return `${lines.map((line) => `  "${line}"`).join(" +\n")};`;
}

const compiled = await compileKernels();
if (!process.argv.includes("--check")) writeFileSync(target, compiled);
else if (readFileSync(target, "utf8") !== compiled) {
  console.error("src/core/nn/kernels/kernel-bytes.ts is not what kernels/ compiles to: run npm run kernels.");
  process.exit(1);
}
