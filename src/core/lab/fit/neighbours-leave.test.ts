import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { readCsv } from "../../table/read/read-csv.ts";
import { sharedModelFile } from "../model-file/model-file.ts";
import { sampleCsv } from "../sample/sample.ts";
import { factsOfRun } from "../take-away/run-facts.ts";
import { guaranteeCard, guaranteeDatasheet } from "../take-away/guarantee/guarantee-documents.ts";
import { guaranteeHtml } from "../take-away/guarantee/guarantee-html.ts";
import { guaranteeJson } from "../take-away/guarantee/guarantee-json.ts";
import { releaseReport } from "../take-away/guarantee/release-report.ts";
import { startFit } from "./fit-run.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const ROWS = 397;

/** A ward, with one more row where it is given. */
function ward(more?: string): string {
  const rng = createRng(4);
  const rows = Array.from({ length: ROWS }, () => {
    const lab = (3 + 4 * rng.uniform()).toFixed(1);
    const died = rng.uniform() < 0.3 ? "yes" : "no";
    return `${30 + rng.integer(50)},${["f", "m"][rng.integer(2)]},${lab},${["I", "II", "III"][rng.integer(3)]},${died}`;
  });
  return `age,sex,lab,stage,died\n${[...rows, ...(more === undefined ? [] : [more])].join("\n")}\n`;
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Every file that may leave, as text; the model file as its manifest. */
async function leaving(text: string, synthesizer: string): Promise<string[]> {
  const asked = [{ type: "role", column: "died", role: "target" }] as const;
  const { table } = await readCsv(bytesOf(text), { name: "ward.csv", changes: asked });
  const holdout = { share: 0.2, seed: 1 };
  const request = { synthesizer, params: {}, seed: 1, device: "cpu", holdout } as const;
  const { model } = await startFit(table, request, { wasmPaths, previewRows: 0 }).done;
  const [facts, report] = [factsOfRun(model, {}), await releaseReport(model)];
  const csv: string[] = [];
  for await (const { bytes } of sampleCsv(model, 300, 1, table))
    csv.push(typeof bytes === "string" ? bytes : new TextDecoder().decode(bytes));
  return [
    strFromU8(unzipSync(sharedModelFile(model))["manifest.json"] as Uint8Array),
    csv.join(""),
    await guaranteeHtml(model, facts),
    guaranteeJson(report, facts),
    guaranteeCard(report, model, facts),
    guaranteeDatasheet(report, model, facts),
  ];
}

const one = {
  "a level of their own": ["45,f,5.0,ZZ-LONE-LEVEL,no", "ZZ-LONE-LEVEL"],
  "an age that nobody has": ["99173,f,5.0,II,no", "99173"],
  "a name behind a number": ["45,f,5.0 Zebedee,II,no", "Zebedee"],
  "a word among numbers": ["Zebedee,f,5.0,II,no", "Zebedee"],
  "a limit": ["45,f,<3.217,II,no", "3.217"],
  "a token for missing": ["45,f,n.v.,II,no", "n.v."],
  "a third answer": ["45,f,5.0,II,zebedeen", "zebedeen"],
} as const;

/** Whether `text` stands in `file`, not as a part of a longer number. */
const holds = (file: string, text: string): boolean =>
  new RegExp(`(?<![\\d.])${text.replaceAll(".", "\\.")}(?![\\d.])`).test(file);

test.each(["dp-target", "dp-marginals"])(
  "of %s nothing that one patient's cells alone say leaves",
  async (synthesizer) => {
    for (const [what, [row, text]] of Object.entries(one))
      for (const file of await leaving(ward(row), synthesizer)) expect(holds(file, text), what).toBe(false);
  },
);
