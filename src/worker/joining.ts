import {
  formatCells,
  joinFiles,
  joinTables,
  lookAtJoin,
  lookInto,
  maskedRowsOf,
  pairOf,
  readMade,
  readSide,
  type JoinLook,
  type JoinSide,
} from "../core/lab/lab.ts";
import { openFile, type OpenTable, type ReadingListener } from "./open-table.ts";
import type { FileSeen, JoinedSource, OfferedFile, PairSeen, Repair, Request } from "./protocol.ts";
import { fileBytesOf } from "./source.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;

/** Rows of what would be opened that are shown. */
const SHOWN = 8;
/** Rows that are read to show them, so that kinds and identifiers are told. */
const READ_TO_SHOW = 400;
/** Rows of a table that are shown as they stand. */
const FIRST_ROWS = 14;
/** Tables that are held while a key is looked for. */
const MOST_HELD = 2;

const blobOf = (source: OfferedFile["source"]): Blob =>
  source instanceof Blob ? source : new Blob([source]);

/** What several files hold, and what two of them may be to each other. */
export async function lookIntoFiles(
  files: readonly OfferedFile[],
): Promise<{ files: FileSeen[]; pair?: PairSeen }> {
  const looked = [];
  for (const { source, name } of files) looked.push(await lookInto(fileBytesOf(blobOf(source), name)));
  const [one, other, ...more] = looked;
  const seen = looked.map(({ names: _names, ...file }): FileSeen => file);
  if (one === undefined || other === undefined || more.length > 0) return { files: seen };
  return { files: seen, pair: pairOf(one, other) };
}

/** The first rows of a table as they stand but for its identifiers, with what is above its names. */
export async function firstRowsSeen({
  source,
  name,
  choice,
}: Of<"sheet-rows">): Promise<{ cells: readonly (readonly string[])[]; first: number; header: number }> {
  const { cells, header } = await maskedRowsOf(fileBytesOf(blobOf(source), name), choice, FIRST_ROWS);
  return { cells, first: 1, header };
}

/** Looks at joins before one is made; holds the tables that were read last, since a person tries several keys. */
export class JoinLooks {
  private readonly held = new Map<string, JoinSide>();

  async look(
    request: Of<"look-at-join">,
    listener: ReadingListener,
  ): Promise<{ look: JoinLook; cells: readonly (readonly string[])[] }> {
    const left = await this.side(request, listener);
    const right = await this.side(request.join, listener);
    const look = lookAtJoin(left, right, request.join.join);
    if (look.problem !== undefined) return { look, cells: [] };
    const joined = joinTables(left, right, look.choice);
    const { table } = await readMade(
      () => joined.pieces(READ_TO_SHOW),
      { hints: [...joined.hints], notes: [], ...(joined.written && { written: joined.written }) },
      { name: request.name },
    );
    const names = table.schema.columns.map(({ name }) => name);
    return { look, cells: [names, ...formatCells(table, 0, SHOWN, { mask: true })] };
  }

  /** The tables are let go of. */
  forget(): void {
    this.held.clear();
  }

  private async side(
    { source, name, choice }: Pick<JoinedSource, "source" | "name" | "choice">,
    listener: ReadingListener,
  ): Promise<JoinSide> {
    const blob = blobOf(source);
    const changed = blob instanceof File ? blob.lastModified : 0;
    const key = JSON.stringify([name, blob.size, changed, choice]);
    const known = this.held.get(key);
    const side =
      known ?? (await readSide(fileBytesOf(blob, name), { choice, total: blob.size, ...listener })).side;
    this.held.delete(key);
    this.held.set(key, side);
    for (const oldest of this.held.keys()) if (this.held.size > MOST_HELD) this.held.delete(oldest);
    return side;
  }
}

/** Opens the table that two files make. Rejects with FaultError. */
export async function openJoined(
  left: Pick<Of<"open">, "source" | "name" | "choice"> & { readonly repair?: Repair | undefined },
  right: JoinedSource,
  listener: ReadingListener,
): Promise<OpenTable> {
  const started = performance.now();
  const [own, other] = [blobOf(left.source), blobOf(right.source)];
  const { repair } = left;
  const { pieces, name, storedAs, ...made } = await joinFiles(
    { file: fileBytesOf(own, left.name), choice: left.choice },
    [{ file: fileBytesOf(other, right.name), choice: right.choice, join: right.join }],
    { ...(repair && { repair }), ...listener },
  );
  const parts: BlobPart[] = [];
  for await (const piece of pieces()) parts.push(new Uint8Array(piece));
  const open = await openFile(new Blob(parts), name, { made }, listener);
  return { ...open, storedAs, bytes: own.size + other.size, seconds: (performance.now() - started) / 1000 };
}
