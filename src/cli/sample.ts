import { checkModel, openDevice, openModelFile, sampleCsv } from "../core/lab/lab.ts";
import { checkFolder, readBytes, writeChunks } from "./files.ts";
import { nodeWasmPaths } from "./node-device.ts";
import { numberOf, readOptions, textOf, type OptionSpecs } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";
import { LARGEST_SEED, MOST_ROWS, withProgress } from "./synthesize.ts";

export const sampleFiles = ["MODEL"];

export const sampleOptions: OptionSpecs = {
  out: { value: "OUT.csv", help: "Where the synthetic table goes.", required: true },
  rows: { value: "N", help: "Synthetic rows (1000)." },
  seed: { value: "S", help: "Same seed, same rows (1)." },
};

/** `semblance sample`: rows from a saved model, without the table it was trained on. */
export async function sample(args: readonly string[], line: ProgressLine): Promise<void> {
  const given = readOptions(args, sampleOptions, sampleFiles);
  const rows = numberOf(given, "rows", 1000, { least: 1, most: MOST_ROWS, whole: true });
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  await checkFolder(textOf(given, "out"));
  const model = openModelFile(await readBytes(given.files[0] as string));
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  await checkModel(model);
  await writeChunks(given.values["out"] as string, withProgress(sampleCsv(model, rows, seed), rows, line));
  line.end();
}
