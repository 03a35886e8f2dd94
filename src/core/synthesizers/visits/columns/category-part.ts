import type { CodedLevels } from "../../../codec/columns/coded-levels.ts";
import { learnCodedLevels, loadCodedLevels } from "../../../codec/columns/coded-levels.ts";
import { keptCount, LEAST_SHARED } from "../../../codec/columns/column-code.ts";
import { asIndex, asList, asNumber, asRecord, damaged } from "../../../codec/saved-state.ts";
import type { CodedColumn, ColumnSchema } from "../../../table/table.ts";
import { takeRows } from "../../../table/table.ts";
import type { CoursePlan } from "../../../visits/course-plan.ts";
import type { Embedding } from "./embedding.ts";
import { directionsFor, embed } from "./embedding.ts";
import type { Followers } from "./followers.ts";
import { learnFollowers, loadFollowers, savedFollowers } from "./followers.ts";
import type { VisitRows } from "./visit-rows.ts";

/** A column of levels that may change from visit to visit. */
export interface CategoryPart {
  /** index in the table */
  readonly column: number;
  readonly code: CodedLevels;
  /** numbers that stand for a level among the inputs of the networks */
  readonly width: number;
  /** tokens x width; undefined: one number for each token */
  readonly embedding: Embedding | undefined;
  /** drawn before the numbers: its levels are many, or decide whether a number is there */
  readonly leads: boolean;
  /** with an embedding: what usually follows each token */
  readonly followers: Followers | undefined;
  /** 1 for tokens after which a course ends */
  readonly ends: Uint8Array;
  /** 1 for tokens that stay once they are reached */
  readonly stays: Uint8Array;
  /** Where a patient's level goes one way: the place of each token on it, rising; NaN for missing. */
  readonly way: Float64Array | undefined;
}

/** Tokens up to which each is an input of its own. */
const FEW = 32;
const MOST_LEVELS = 1000;
/** Rows that count as having no tendency, for each level before. */
const SHRINKAGE = 4;

export async function learnCategory(
  visits: VisitRows,
  column: number,
  schema: ColumnSchema,
  plan: CoursePlan,
): Promise<{ readonly part: CategoryPart; readonly tokens: Int32Array; readonly withheld: number }> {
  const { table, rows, patients, starts } = visits;
  const own = takeRows({ ...table, columns: [table.columns[column] as CodedColumn] }, rows)
    .columns[0] as CodedColumn;
  const most = Math.round(Math.min(MOST_LEVELS, Math.max(40, rows.length / 20)));
  const { code, withheld } = learnCodedLevels(own, { most, patients, rareLevels: schema.rareLevels });
  const tokens = tokensOf(code, own);
  const count = Math.max(1, code.count);
  const few = count <= FEW;
  const part: CategoryPart = {
    column,
    code,
    width: few ? count : directionsFor(count),
    embedding: few ? undefined : await embed(logRatios(tokens, starts, patients, count), count),
    leads: !few,
    followers: few ? undefined : learnFollowers(tokens, visits, count),
    ends: absorbingTokens(plan, column, "ends", code, own.levels),
    stays: absorbingTokens(plan, column, "stays", code, own.levels),
    way: wayOf(plan, column, code, own.levels, schema),
  };
  return { part, tokens, withheld: withheld.rows };
}

/** Tokens of a column of the table that is learned from. */
export function tokensOf(code: CodedLevels, { codes, levels }: CodedColumn): Int32Array {
  const place = new Map(code.levels.map((level, i) => [level, i]));
  const places = levels.map((level) => place.get(level) ?? code.levels.length);
  return codes.map((cell) => code.tokenOf(cell < 0 ? -1 : (places[cell] as number)));
}

/**
 * log of how much likelier each token is after another than by itself, shrunk to 0: count x count, from, to. A pair that fewer
 * than five patients have counts as 2.5 visits, however many it has.
 */
export function logRatios(
  tokens: Int32Array,
  starts: Int32Array,
  patients: Int32Array,
  count: number,
): Float64Array {
  const pairs = new Float64Array(count * count);
  const after = new Float64Array(count);
  const whose = new Uint8Array(count * count);
  const latest = new Int32Array(count * count).fill(-1);
  tokens.forEach((token, r) => {
    const patient = patients[r] as number;
    if (starts[patient] === r) return;
    const at = (tokens[r - 1] as number) * count + token;
    pairs[at] = (pairs[at] as number) + 1;
    after[token] = (after[token] as number) + 1;
    if (latest[at] !== patient) whose[at] = Math.min(LEAST_SHARED, (whose[at] as number) + 1);
    latest[at] = patient;
  });
  const total = after.reduce((sum, n) => sum + keptCount(n), 0) + 0.3 * count;
  const share = after.map((n) => (keptCount(n) + 0.3) / total);
  const ratios = new Float64Array(count * count);
  for (let from = 0; from < count; from++) {
    let rows = 0;
    for (let to = 0; to < count; to++) rows += pairs[from * count + to] as number;
    for (let to = 0; to < count; to++) {
      const p = share[to] as number;
      const at = from * count + to;
      const own = keptCount(pairs[at] as number, whose[at] as number);
      ratios[from * count + to] = Math.log((own + SHRINKAGE * p) / (rows + SHRINKAGE) / p);
    }
  }
  return ratios;
}

function absorbingTokens(
  { absorbing }: CoursePlan,
  column: number,
  how: "ends" | "stays",
  code: CodedLevels,
  levels: readonly string[],
): Uint8Array {
  const flags = new Uint8Array(Math.max(1, code.count));
  for (const one of absorbing) {
    const at = code.levels.indexOf(levels[one.level] as string);
    if (one.column === column && one.how === how && at >= 0) flags[code.tokenOf(at)] = 1;
  }
  return flags;
}

/** Where the tokens of a column that only rises or only falls stand; undefined for others and where levels share a token. */
function wayOf(
  { monotone }: CoursePlan,
  column: number,
  code: CodedLevels,
  levels: readonly string[],
  { measure }: ColumnSchema,
): Float64Array | undefined {
  const found = monotone.find((one) => one.column === column);
  if (found === undefined || code.pooled >= 0 || code.common >= 0) return undefined;
  const sign = found.direction === "rises" ? 1 : -1;
  return Float64Array.from({ length: Math.max(1, code.count) }, (_, token) => {
    const level = code.levels[code.head[token] ?? -1];
    if (level === undefined) return NaN;
    return sign * (measure === "ordinal" ? levels.indexOf(level) : Number(level));
  });
}

export const savedCategory = ({
  column,
  code,
  embedding,
  followers,
  leads,
  ends,
  stays,
  way,
}: CategoryPart): unknown => ({
  column,
  leads,
  code: code.save(),
  ends: [...ends],
  stays: [...stays],
  ...(way && { way: Array.from(way, (place) => (Number.isNaN(place) ? null : place)) }),
  ...(followers && { followers: savedFollowers(followers) }),
  ...(embedding && {
    embedding: { previous: [...embedding.previous], next: [...embedding.next] },
  }),
});

/** Inverse of `savedCategory`; throws FaultError `model-damaged`. */
export function loadCategory(saved: unknown, columns: number): CategoryPart {
  const state = asRecord(saved, "categories");
  const code = loadCodedLevels(state["code"]);
  const count = Math.max(1, code.count);
  const few = count <= FEW;
  const width = few ? count : directionsFor(count);
  const flags = (name: string): Uint8Array => {
    const list = asList(state[name], "categories");
    if (list.length !== count) return damaged("categories");
    return Uint8Array.from(list, (flag) => asIndex(flag, 2, "categories"));
  };
  return {
    column: asIndex(state["column"], columns, "categories"),
    code,
    width,
    embedding: few ? undefined : loadEmbedding(state["embedding"], count, width),
    leads: state["leads"] === true,
    followers: few ? undefined : loadFollowers(state["followers"], count),
    ends: flags("ends"),
    stays: flags("stays"),
    way: state["way"] === undefined ? undefined : loadWay(state["way"], count),
  };
}

function loadWay(saved: unknown, count: number): Float64Array {
  const list = asList(saved, "categories");
  if (list.length !== count) return damaged("categories");
  return Float64Array.from(list, (place) => (place === null ? NaN : asNumber(place, "categories")));
}

function loadEmbedding(saved: unknown, count: number, width: number): Embedding {
  const state = asRecord(saved, "categories");
  const side = (name: string): Float32Array => {
    const list = asList(state[name], "categories");
    if (list.length !== count * width) return damaged("categories");
    return Float32Array.from(list, (value) => asNumber(value, "categories"));
  };
  return { width, previous: side("previous"), next: side("next") };
}
