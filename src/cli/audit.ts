import { basename } from "node:path";
import {
  auditGuarantee,
  auditLines,
  createTimeLeft,
  findSynthesizer,
  learnedTable,
  LEAST_RUNS,
  listSynthesizers,
  MOST_RUNS,
  readPublicFacts,
  resolveParams,
  type AuditRequest,
} from "../core/lab/lab.ts";
import type { PublicFacts } from "../core/private/public/public-facts.ts";
import type { Table } from "../core/table/table.ts";
import { cleaningOptions } from "./cleaning.ts";
import { columnOptions } from "./column-options.ts";
import { checkFolder, readBytes, writeBytes } from "./files.ts";
import { joinOptions } from "./join.ts";
import {
  badUse,
  numberOf,
  paramOptions,
  paramsOf,
  peek,
  readOptions,
  textOf,
  type Given,
  type OptionSpecs,
} from "./options.ts";
import { plainText } from "./plain-text.ts";
import { duration, type ProgressLine } from "./progress-line.ts";
import { readingOptions } from "./reading.ts";
import { LARGEST_SEED, readWithTarget } from "./synthesize.ts";

export const auditFiles = ["TABLE.csv"];

const USUAL_RUNS = 1000;
const MOST_ROWS_PER_PATIENT = 1000;
/** Exit status where the guarantee is broken. */
const BROKEN = 4;

const guaranteeing = (): string =>
  listSynthesizers()
    .filter(({ guarantee }) => guarantee === true)
    .map(({ id }) => id)
    .join(" | ");

export const auditOptions: OptionSpecs = {
  synthesizer: {
    value: "NAME",
    help: "The method with a privacy guarantee that is tested; its settings, such as --epsilon and --delta, as for synthesize.",
    required: true,
  },
  runs: {
    value: "N",
    help: `Runs with a canary (a made-up patient who stands out), and as many without (${USUAL_RUNS}).`,
  },
  public: {
    value: "FILE.json",
    help: "What is public, as for synthesize: ranges, levels, columns that are never empty.",
  },
  "rows-per-patient": { value: "M", help: "Rows of each patient that count (1)." },
  patients: {
    help: "Learn from the table itself. Without it made-up patients of the same shape are learned from: as good for the test, and nothing is computed from real ones.",
  },
  seed: {
    value: "S",
    help: "Same seed, same made-up patients (1). The noise is never seeded: the real one is tested.",
  },
  out: { value: "FILE.json", help: "Save the result." },
  ...columnOptions,
  ...joinOptions,
  ...readingOptions,
  ...cleaningOptions,
};

/** `semblance audit`: tries to break a method's guarantee. Yields 4 where it does. */
export async function audit(
  args: readonly string[],
  line: ProgressLine,
  output: { write(text: string): unknown },
): Promise<number> {
  const synthesizer = peek(args, "synthesizer");
  const settings = synthesizer === undefined ? {} : paramOptions(synthesizer);
  const given = readOptions(args, { ...auditOptions, ...settings }, auditFiles);
  const asked = askedOf(given, textOf(given, "synthesizer") as string);
  const out = textOf(given, "out");
  await checkFolder(out);
  const { table } = await readWithTarget(given.files[0] as string, given, line);
  const request = { ...asked, public: await publicOf(given, table) };
  for (const said of beforehand(request)) line.say(said);
  const started = performance.now();
  const timeLeft = createTimeLeft();
  const result = await auditGuarantee(table, request, {
    onProgress: (fraction) => {
      const left = timeLeft((performance.now() - started) / 1000, fraction);
      line.show("Testing", fraction, left === undefined ? "" : `${duration(left)} left`);
    },
  });
  line.end();
  output.write(`${auditLines(result).map(plainText).join("\n")}\n`);
  if (out !== undefined) await writeBytes(out, `${JSON.stringify(result, undefined, 2)}\n`);
  return result.verdict === "broken" ? BROKEN : 0;
}

function askedOf(given: Given, synthesizer: string): Omit<AuditRequest, "public"> {
  const method = findSynthesizer(synthesizer);
  if (method.guarantee !== true)
    throw badUse(`${synthesizer} gives no guarantee, so there is nothing to test: ${guaranteeing()} do.`);
  const whole = (name: string, otherwise: number, least: number, most: number): number =>
    numberOf(given, name, otherwise, { least, most, whole: true });
  return {
    synthesizer,
    params: resolveParams(method, paramsOf(given, synthesizer)),
    rowsPerPatient: whole("rows-per-patient", 1, 1, MOST_ROWS_PER_PATIENT),
    runs: whole("runs", USUAL_RUNS, LEAST_RUNS, MOST_RUNS),
    seed: whole("seed", 1, 0, LARGEST_SEED),
    on: given.values["patients"] === true ? "patients" : "stand-in",
  };
}

async function publicOf(given: Given, table: Table): Promise<PublicFacts> {
  const path = textOf(given, "public");
  if (path === undefined) return { columns: [] };
  return readPublicFacts(
    new TextDecoder().decode(await readBytes(path)),
    learnedTable(table).schema,
    basename(path),
  );
}

function beforehand({ runs, on, synthesizer }: AuditRequest): string[] {
  return [
    `${synthesizer} is run ${2 * runs} times or more, half of them with a made-up patient who stands out as far as one can, each time with fresh cryptographic noise.`,
    on === "patients"
      ? "The runs learn from the table itself. Nothing of them is kept or released, and nothing is entered in a ledger; the result is computed from real patients all the same, so keep it here."
      : "The runs learn from made-up patients with the same columns: of the real ones only about how many they are is used.",
  ];
}
