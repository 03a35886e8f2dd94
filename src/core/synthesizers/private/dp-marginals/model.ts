import { asArray, asIndex, asList, asRecord, damaged } from "../../../codec/saved-state.ts";
import { FaultError } from "../../../fault.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Guarantee } from "../../../private/guarantee.ts";
import type { Table } from "../../../table/table.ts";
import { answer } from "../../requests/answer.ts";
import type { Artifact, Model, Params } from "../../synthesizer.ts";
import type { NoisyColumns } from "../noisy-columns/noisy-columns.ts";
import { tableOf, tokensOf } from "../noisy-columns/noisy-columns.ts";
import { releasedColumns } from "../noisy-columns/released-columns.ts";
import { loadNoisyColumns, saveNoisyColumns } from "../noisy-columns/saved-columns.ts";
import type { Potentials } from "./fitted.ts";
import type { Groups } from "./groups.ts";
import { loadGroups } from "./groups.ts";
import { tokenDraws, tokensAllowed } from "./tokens.ts";
import type { Beliefs } from "./tree/beliefs.ts";
import { createInference } from "./tree/beliefs.ts";
import type { Clique } from "./tree/clique.ts";
import { cellsOf } from "./tree/clique.ts";
import { createCompletion } from "./tree/completion.ts";
import { createDrawing } from "./tree/draw.ts";
import { junctionTree, MOST_COLUMNS, treeCells } from "./tree/junction-tree.ts";
import type { JunctionTree } from "./tree/junction-tree.ts";

const ID = "dp-marginals";
const VERSION = 1;
/** Cells that a saved model may have: a damaged one must not fill the memory. */
export const MOST_CELLS = 5_000_000;

export interface MarginalsParts {
  readonly params: Params;
  /** of the table */
  readonly name: string;
  readonly columns: NoisyColumns;
  readonly groups: readonly Groups[];
  /** over groups; every column stands in one clique at least */
  readonly potentials: Potentials;
  readonly guarantee: Guarantee | Readonly<Record<string, unknown>>;
}

/** A graphical model as a `Model`: rows are drawn from its junction tree, conditions and completion are exact in its bins. */
export function createMarginalsModel(given: MarginalsParts): Model {
  const parts = { ...given, potentials: asSaved(given.potentials) };
  const { columns, groups, potentials, name } = parts;
  const tree = treeOf(parts);
  const drawing = once(() => createDrawing(beliefsOf(tree, potentials)));
  const asTable = async (drawn: Int32Array, rows: number, rng: Rng, allowed?: Allowed): Promise<Table> =>
    tableOf(columns, name, await tokenDraws({ columns, groups, allowed }, drawn, rows, rng), rng);
  return {
    synthesizer: ID,
    sample: (wanted, dice, request) =>
      answer(request, wanted, dice, {
        draw: async (rows, rng) => asTable(await drawing().draw(rows, rng), rows, rng),
        drawWhere: async (rows, rng, where) => {
          const allowed = tokensAllowed(columns, where);
          const conditioned = createDrawing(evident(tree, parts, allowed));
          return asTable(await conditioned.draw(rows, rng), rows, rng, allowed);
        },
        completeRows: async (given, rng) => {
          const width = groups.length;
          const tokens = new Int32Array(given.rows * width);
          for (const [j, own] of tokensOf(columns, given).entries()) {
            const { of } = groups[j] as Groups;
            const missing = columns.columns[j]?.missing ?? -1;
            own.forEach((token, i) => {
              tokens[i * width + j] = token < 0 || token === missing ? -1 : (of[token] as number);
            });
          }
          const never = columns.columns.map(({ missing }, j) =>
            missing < 0 ? -1 : (groups[j]?.of[missing] ?? -1),
          );
          const completion = createCompletion(beliefsOf(tree, potentials));
          await completion.complete(tokens, given.rows, never, rng);
          return asTable(tokens, given.rows, rng);
        },
      }),
    released: () => releasedColumns(columns),
    save: () => Promise.resolve(saveParts(parts)),
    dispose: () => {},
  };
}

/** For each column the tokens that conditions allow, where there are any. */
type Allowed = readonly (Uint8Array | undefined)[];

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** As float32, which is how it is saved: a model draws the same rows before and after. */
const asSaved = ({ cliques, logs }: Potentials): Potentials => ({
  cliques,
  logs: logs.map((table) => table.map(Math.fround)),
});

const countsOf = (groups: readonly Groups[]): number[] => groups.map(({ count }) => count);

function treeOf({ groups, potentials }: Pick<MarginalsParts, "groups" | "potentials">): JunctionTree {
  const tree = junctionTree(potentials.cliques, countsOf(groups));
  return tree !== undefined && treeCells(tree) <= MOST_CELLS ? tree : damaged("cliques");
}

const beliefsOf = (tree: JunctionTree, { cliques, logs }: Potentials): Beliefs =>
  createInference(tree, cliques).beliefs(logs);

/** The beliefs given that every column has one of its allowed tokens; without, where that cannot be. */
function evident(
  tree: JunctionTree,
  { columns, groups, potentials }: MarginalsParts,
  allowed: Allowed,
): Beliefs {
  const cliques = [...potentials.cliques];
  const logs = [...potentials.logs];
  for (const [j, tokens] of allowed.entries()) {
    if (tokens === undefined) continue;
    const { of, count } = groups[j] as Groups;
    const shares = columns.columns[j]?.shares ?? [];
    const [whole, part] = [new Float64Array(count), new Float64Array(count)];
    of.forEach((group, token) => {
      whole[group] = (whole[group] as number) + (shares[token] ?? 0);
      part[group] = (part[group] as number) + (tokens[token] === 1 ? (shares[token] ?? 0) : 0);
    });
    if (part.every((share) => share === 0)) return beliefsOf(tree, potentials);
    cliques.push([j]);
    logs.push(part.map((share, group) => Math.log(share / (whole[group] as number))));
  }
  return beliefsOf(tree, { cliques, logs });
}

function saveParts({ params, name, columns, groups, potentials, guarantee }: MarginalsParts): Artifact {
  const { cliques, logs } = potentials;
  const data = new Float32Array(logs.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const table of logs) {
    data.set(table, at);
    at += table.length;
  }
  return {
    synthesizer: ID,
    version: VERSION,
    params,
    state: {
      columns: saveNoisyColumns(columns, name),
      groups: groups.map(({ of }) => [...of]),
      cliques,
      guarantee,
    },
    tensors: [{ name: "potentials", shape: [data.length], data }],
  };
}

/** Inverse of a model's `save`; throws FaultError `model-damaged` or `model-version`. */
export function loadMarginalsModel({ version, params, state, tensors }: Artifact): Model {
  if (version !== VERSION)
    throw new FaultError({ code: "model-version", found: String(version), supported: String(VERSION) });
  const { name, ...columns } = loadNoisyColumns(state["columns"]);
  const saved = asList(state["groups"], "groups");
  if (saved.length !== columns.columns.length) return damaged("groups");
  const groups = columns.columns.map((column, j) => loadGroups(saved[j], column));
  const counts = countsOf(groups);
  const cliques = asList(state["cliques"], "cliques").map((item) => loadClique(item, counts.length));
  if (new Set(cliques.map(String)).size !== cliques.length) return damaged("cliques");
  const sizes = cliques.map((clique) => cellsOf(clique, counts));
  const size = sizes.reduce((sum, own) => sum + own, 0);
  if (size > MOST_CELLS) return damaged("cliques");
  const data = asArray(tensors, "potentials", [size]);
  let from = 0;
  const logs = sizes.map((own) => Float64Array.from(data.subarray(from, (from += own))));
  const guarantee = asRecord(state["guarantee"], "guarantee");
  return createMarginalsModel({ params, name, columns, groups, potentials: { cliques, logs }, guarantee });
}

function loadClique(saved: unknown, columns: number): Clique {
  const clique = asList(saved, "cliques").map((column) => asIndex(column, columns, "cliques"));
  const ascending = clique.every((column, i) => i === 0 || column > (clique[i - 1] as number));
  return clique.length > 0 && clique.length <= MOST_COLUMNS && ascending ? clique : damaged("cliques");
}
