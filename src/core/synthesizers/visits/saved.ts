import { asArray, asIndex, asList, asNumber, asRecord, asText, damaged } from "../../codec/saved-state.ts";
import { loadTableSchema, saveTableSchema } from "../../codec/columns/table-code.ts";
import { loadTokenCodec } from "../../codec/token.ts";
import { FaultError } from "../../fault.ts";
import { checkWeights } from "../../nn/predict.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { ColumnSchema } from "../../table/table.ts";
import type { Artifact, Params, SavedTensor } from "../synthesizer.ts";
import { loadCategory, savedCategory } from "./columns/category-part.ts";
import { loadClock, savedClock } from "./columns/clock.ts";
import type { VisitParts } from "./network/course-state.ts";
import { loadNumber, savedNumber } from "./columns/number-part.ts";
import { staticFeatures } from "./columns/statics.ts";
import { targetsOf } from "./network/targets.ts";
import type { Design } from "./network/visits-design.ts";
import { designOf } from "./network/visits-design.ts";

const VERSION = 1;
const PATIENTS = "patients/";

/** What a model is, on the CPU. `patients`: the saved model of what does not change. */
export interface SavedVisits {
  readonly params: Params;
  readonly design: Design;
  readonly weights: Weights;
  readonly patients: Artifact | undefined;
}

export function saveVisits({ params, design, weights, patients }: SavedVisits): Artifact {
  const { like, parts, statics, heads, networks, hidden, near } = design;
  const { clock, numbers, categories, end } = parts;
  const offsets = Float32Array.from(heads.flatMap(({ offset }) => [...offset]));
  const names = new Set(
    [networks.deep, networks.direct].flatMap((net) => net.parameters.map(({ name }) => name)),
  );
  return {
    synthesizer: "visits",
    version: VERSION,
    params,
    state: {
      table: saveTableSchema(like),
      time: like.time,
      places: like.statics,
      statics: statics.codec.save(),
      clock: savedClock(clock),
      numbers: numbers.map(savedNumber),
      categories: categories.map(savedCategory),
      end,
      hidden,
      near,
      ...(patients && {
        patients: { ...patients, tensors: patients.tensors.map(({ name, shape }) => ({ name, shape })) },
      }),
    },
    tensors: [
      { name: "offsets", shape: [offsets.length], data: offsets },
      ...weights.filter(({ name }) => names.has(name)),
      ...(patients?.tensors ?? []).map((tensor) => ({ ...tensor, name: PATIENTS + tensor.name })),
    ],
  };
}

/** Inverse of `saveVisits`; throws FaultError `model-damaged` or `model-version`. */
export function loadVisits({ version, params, state, tensors }: Artifact): SavedVisits {
  if (version !== VERSION)
    throw new FaultError({ code: "model-version", found: String(version), supported: String(VERSION) });
  const { name, schema } = loadTableSchema(state["table"]);
  const schemas = schema.columns;
  const like = {
    name,
    schema,
    time: asIndex(state["time"], schemas.length, "time"),
    statics: loadPlaces(state["places"], schemas.length),
  };
  const time = schemas[like.time] as (typeof schemas)[number];
  const parts: VisitParts = {
    clock: loadClock(state["clock"], time),
    numbers: asList(state["numbers"], "numbers").map((one) => loadNumber(one, schemas)),
    categories: asList(state["categories"], "categories").map((one) => loadCategory(one, schemas.length)),
    end: state["end"] === true,
  };
  checkPlaces(schemas, like, parts);
  const statics = staticFeatures(loadTokenCodec(asRecord(state["statics"], "statics")));
  const offsets = loadOffsets(parts, tensors);
  const hidden = asIndex(state["hidden"], 1 << 16, "units");
  const design = designOf(like, parts, statics, offsets, {
    hidden,
    near: state["near"] === true,
    dropout: 0,
  });
  checkWeights(tensors, [design.networks.deep, design.networks.direct]);
  const patients = loadPatients(state["patients"], tensors);
  if ((patients === undefined) !== (statics.tables.length === 0)) return damaged("patients");
  return { params, design, weights: tensors, patients };
}

/** Each column has one place: it is the time, stays the same, or changes as a number or as a level. */
function checkPlaces(
  schemas: readonly ColumnSchema[],
  { time, statics }: Pick<Design["like"], "time" | "statics">,
  { numbers, categories }: VisitParts,
): void {
  const isNumber = (at: number): boolean =>
    ["integer", "decimal", "datetime"].includes((schemas[at] as ColumnSchema).kind);
  const numeric = [time, ...numbers.map(({ column }) => column)];
  const coded = categories.map(({ column }) => column);
  const all = [...numeric, ...coded, ...statics.columns];
  if (all.length !== schemas.length || new Set(all).size !== all.length) damaged("columns");
  if (!numeric.every(isNumber) || coded.some(isNumber)) damaged("columns");
  const { first, left, count } = statics;
  const places = [first, count].filter((at) => at >= 0);
  const least = statics.columns.length;
  if (places.some((at) => at < least || at >= least + places.length) || left >= least) damaged("statics");
}

function loadPlaces(saved: unknown, columns: number): Design["like"]["statics"] {
  const state = asRecord(saved, "statics");
  const place = (name: string): number => {
    const at = asNumber(state[name], "statics");
    return Number.isInteger(at) && at >= -1 && at <= columns + 2 ? at : damaged("statics");
  };
  return {
    columns: asList(state["columns"], "statics").map((i) => asIndex(i, columns, "statics")),
    first: place("first"),
    left: place("left"),
    count: place("count"),
  };
}

function loadOffsets(parts: VisitParts, tensors: readonly SavedTensor[]): Float32Array[] {
  const { heads } = targetsOf(parts);
  const all = asArray(tensors, "offsets", [heads.reduce((sum, { classes }) => sum + classes, 0)]);
  let at = 0;
  return heads.map(({ classes }) => all.slice(at, (at += classes)));
}

function loadPatients(saved: unknown, tensors: readonly SavedTensor[]): Artifact | undefined {
  if (saved === undefined) return undefined;
  const state = asRecord(saved, "patients");
  return {
    synthesizer: asText(state["synthesizer"], "patients"),
    version: asNumber(state["version"], "patients"),
    params: asRecord(state["params"], "patients") as Params,
    state: asRecord(state["state"], "patients"),
    tensors: asList(state["tensors"], "patients").map((one) => {
      const name = asText(asRecord(one, "patients")["name"], "patients");
      const found = tensors.find((tensor) => tensor.name === PATIENTS + name);
      return found ? { ...found, name } : damaged("patients");
    }),
  };
}
