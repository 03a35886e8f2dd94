import {
  attackModel,
  attackTable,
  createEstimator,
  findSynthesizer,
  LEAST_SHADOWS,
  measurePace,
  MOST_SHADOWS,
  resolveParams,
  shapeOf,
  type FittedRun,
  type Report,
  type Table,
} from "../core/lab/lab.ts";
import { nodeWasmPaths } from "./node-device.ts";
import { badUse, numberOf, synthesizerIds, textOf, type Given, type OptionSpecs } from "./options.ts";
import { duration, type ProgressLine } from "./progress-line.ts";

export const shadowOptions: OptionSpecs = {
  shadow: {
    value: "N",
    help: `Attack with N models too, trained in the same way on random halves of all patients, an even number from ${LEAST_SHADOWS} to ${MOST_SHADOWS}; what it takes is told first.`,
  },
};

export const shadowMethodOptions: OptionSpecs = {
  ...shadowOptions,
  "shadow-method": {
    value: "NAME",
    help: "With --shadow: the method of those models (cart), since that of the table is not known.",
  },
};

const METHOD = "cart";

/** How many shadow models are asked for. Throws FaultError `bad-use`. */
export function shadowsOf(given: Given): number | undefined {
  if (textOf(given, "shadow") === undefined) {
    if (textOf(given, "shadow-method") !== undefined) throw badUse("--shadow-method goes with --shadow.");
    return undefined;
  }
  const shadows = numberOf(given, "shadow", NaN, { least: LEAST_SHADOWS, most: MOST_SHADOWS, whole: true });
  if (shadows % 2 !== 0)
    throw badUse(`--shadow must be even, not ${shadows}: models come in pairs of halves.`);
  return shadows;
}

/** The method of the shadow models of a table made elsewhere. Throws FaultError `bad-use`. */
export function shadowMethodOf(given: Given): string {
  const method = textOf(given, "shadow-method") ?? METHOD;
  if (!synthesizerIds().split(" | ").includes(method))
    throw badUse(`--shadow-method must be one of ${synthesizerIds()}, not “${method}”.`);
  return method;
}

/** The report of a run with the attack on its model beside it. */
export function attackRun(
  table: Table,
  { model, split }: FittedRun,
  report: Report,
  shadows: number,
  line: ProgressLine,
): Promise<Report> {
  const half = (split.train.length + split.holdout.length) / 2 / split.train.length;
  sayTime(shadows, shadows * model.facts.seconds * half, line);
  return attackModel(table, split, model, report, attackOptions(shadows, line));
}

/** The report of a table that was made elsewhere with the attack on it. */
export async function attackFiles(
  tables: { train: Table; holdout: Table; synthetic: Table },
  report: Report,
  { shadows, method, seed }: { shadows: number; method: string; seed: number },
  line: ProgressLine,
): Promise<Report> {
  const shape = shapeOf(tables.train);
  const rows = Math.round((shape.rows + tables.holdout.rows) / 2);
  const { patients } = shape;
  const plan = {
    synthesizer: method,
    params: resolveParams(findSynthesizer(method), {}),
    shape: { ...shape, rows, ...(patients && { patients: Math.round((patients * rows) / shape.rows) }) },
    device: "wasm" as const,
  };
  const expected = createEstimator(await measurePace()).expect(plan);
  sayTime(shadows, expected && shadows * expected.seconds, line);
  return attackTable(tables, method, seed, report, attackOptions(shadows, line));
}

function sayTime(shadows: number, seconds: number | undefined, line: ProgressLine): void {
  const time = seconds === undefined ? "" : `, which is expected to take about ${duration(seconds)}`;
  line.say(`The attack trains ${shadows} models${time}.`);
}

const attackOptions = (shadows: number, line: ProgressLine) => ({
  shadows,
  wasmPaths: nodeWasmPaths(),
  onProgress: (fraction: number) => line.show("Attacking", fraction),
});
