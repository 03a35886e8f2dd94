import { asArray, asIndex, asList, damaged } from "../../codec/saved-state.ts";
import type { TableCode } from "../../codec/columns/table-code.ts";
import { assembleTable, loadTableCode, saveTableCode } from "../../codec/columns/table-code.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { answer } from "../requests/answer.ts";
import { createCompletion } from "./completion.ts";
import { dimensionsOf, presentTokens } from "./dimensions.ts";
import type { LevelCoding } from "./dimensions.ts";
import { emptyCells, writeRow } from "./rows.ts";
import type { Artifact, Model, Params } from "../synthesizer.ts";

/** 2 may ask levels one by one. */
export const COPULA_VERSION = 1;

export interface CopulaParts {
  readonly params: Params;
  readonly code: TableCode;
  readonly codings: readonly LevelCoding[];
  /** Lower Cholesky factor of the correlations, d x d row-major, rounded to float32. */
  readonly factor: Float32Array;
}

/** A model that is a table code and one triangular matrix. */
export function createCopulaModel(parts: CopulaParts): Model {
  const { code, factor } = parts;
  const dimensions = dimensionsOf(code, parts.codings);
  const d = dimensions.length;
  const completeRows = createCompletion(code, dimensions, factor);
  const draw = async (rows: number, rng: Rng): Promise<Table> => {
    const cells = emptyCells(code, rows);
    const noise = new Float64Array(d);
    const scores = new Float64Array(d);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < d; k++) noise[k] = rng.normal();
      for (let i = 0; i < d; i++) {
        let sum = 0;
        for (let k = 0; k <= i; k++) sum += (factor[i * d + k] as number) * (noise[k] as number);
        scores[i] = sum;
      }
      writeRow(code, dimensions, scores, cells, row, rng);
      if (row % 200 === 199) await breathe();
    }
    return assembleTable(code, rows, cells);
  };
  return {
    synthesizer: "copula",
    sample: (rows, rng, request) => answer(request, rows, rng, { draw, completeRows }),
    save: () => Promise.resolve(saveParts(parts, d)),
    dispose: () => {},
  };
}

function saveParts({ params, code, codings, factor }: CopulaParts, d: number): Artifact {
  return {
    synthesizer: "copula",
    version: COPULA_VERSION,
    params,
    state: {
      table: saveTableCode(code),
      orders: codings.map((coding) =>
        coding === undefined || coding === "each" ? (coding ?? null) : [...coding],
      ),
    },
    tensors: d === 0 ? [] : [{ name: "factor", shape: [d, d], data: factor.slice() }],
  };
}

/** Inverse of `save`; throws FaultError `model-damaged` or `model-version`. */
export function loadCopulaModel({ version, params, state, tensors }: Artifact): Model {
  if (version !== COPULA_VERSION) {
    const supported = String(COPULA_VERSION);
    throw new FaultError({ code: "model-version", found: String(version), supported });
  }
  const code = loadTableCode(state["table"]);
  const saved = asList(state["orders"], "level orders");
  if (saved.length !== code.columns.length) damaged("level orders");
  const codings = code.columns.map((column, j): LevelCoding => {
    if (saved[j] === null || saved[j] === undefined) return undefined;
    if (column.type === "numeric") return damaged("level orders");
    if (saved[j] === "each") return "each";
    const { count } = column.code;
    const order = asList(saved[j], "level orders").map((token) => asIndex(token, count, "level orders"));
    const tokens = presentTokens(column.code);
    if (order.length !== tokens.length || !tokens.every((token) => order.includes(token)))
      return damaged("level orders");
    return Int32Array.from(order);
  });
  const d = dimensionsOf(code, codings).length;
  const factor = d === 0 ? new Float32Array(0) : asArray(tensors, "factor", [d, d]);
  for (let i = 0; i < d; i++) if (!((factor[i * d + i] as number) > 0)) damaged("correlations");
  return createCopulaModel({ params, code, codings, factor });
}
