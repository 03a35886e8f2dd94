/** One million synthetic rows as CSV, in a process of its own so that the peak memory is this task's alone. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { nodeWasmPaths } from "../src/cli/node-device.ts";
import { sampleCsv, simulateCohort, startFit } from "../src/core/lab/lab.ts";
import type { Figure } from "./figure.ts";

const ROWS = 1_000_000;
const METHODS = ["independent", "vae"];

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly peakMegabytes: number;
}

async function measure(synthesizer: string): Promise<Measured> {
  const request = { synthesizer, params: {}, seed: 1, device: "wasm" } as const;
  const fit = startFit(simulateCohort("heart-failure", 1), request, {
    wasmPaths: nodeWasmPaths(),
    previewRows: 0,
  });
  const { model } = await fit.done;
  const started = performance.now();
  let bytes = 0;
  for await (const chunk of sampleCsv(model, ROWS, 1)) bytes += chunk.bytes.length;
  return {
    seconds: (performance.now() - started) / 1000,
    megabytes: bytes / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
}

export async function benchSample(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const synthesizer of METHODS) {
    const self = fileURLToPath(import.meta.url);
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", self, synthesizer]);
    const { seconds, megabytes, peakMegabytes } = JSON.parse(stdout) as Measured;
    const what = `${synthesizer}: 1,000,000 rows x 22 columns to CSV`;
    figures.push(
      { what, value: seconds, unit: "s", note: `${megabytes.toFixed(0)} MB` },
      { what: `${what}, peak memory`, value: peakMegabytes, unit: "MB", goal: { most: 2000 } },
    );
  }
  return figures;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(await measure(process.argv[2] ?? "independent")));
}
