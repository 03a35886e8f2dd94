import type { SimulatedFile } from "../../clinic/cohorts/exports/longitudinal-tables.ts";
import type { Going, Simulation } from "../../clinic/cohorts/simulating/simulate.ts";
import type { ExportFormat } from "../../export/formats.ts";
import type { Written } from "../../export/table-writer.ts";
import { streamZip } from "../model-file/zip.ts";
import { simulationAs } from "./simulation-as.ts";
import { simulationFiles, type SeveralFiles } from "./simulation-files.ts";

/** One file of a simulation: its table in a format, or its several files; those of `tables` and `fhir` come in one zip. */
export type SimulatedAs = ExportFormat | SeveralFiles;

/** Bytes that are gathered before they are handed on. */
const PIECE = 1 << 18;

const isSeveral = (as: SimulatedAs): as is SeveralFiles => ["tables", "fhir", "bundle"].includes(as);

/**
 * The simulation that is asked for as one file, piece by piece; `rows`: how much of it is done, in rows of its table. Same
 * simulation, same bytes. Rejects with FaultError `bad-use`, `simulation-refused`, `export-impossible`.
 */
export async function* simulatedFile(
  as: SimulatedAs,
  asked: Simulation,
  going: Going = {},
): AsyncGenerator<Written> {
  if (!isSeveral(as)) return yield* simulationAs(as, asked, going);
  const files = simulationFiles(as, asked);
  const [only] = files;
  if (as === "bundle" && only !== undefined) return yield* only.pieces(going);
  yield* zipped(files, going);
}

/** Every file is simulated by itself: none of them waits in memory for the others. */
async function* zipped(files: readonly SimulatedFile[], going: Going): AsyncGenerator<Written> {
  /** rows of the whole, known once the first file is done */
  let [done, rows] = [0, 0];
  async function* piecesOf({ pieces }: SimulatedFile, before: number): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces(going)) {
      rows = Math.max(rows, piece.rows);
      done = Math.round((before * rows + piece.rows) / files.length);
      yield piece.bytes;
    }
  }
  const entries = files.map((file, before) => ({ name: file.name, pieces: piecesOf(file, before) }));
  let [gathered, size]: [Uint8Array[], number] = [[], 0];
  for await (const bytes of streamZip(entries)) {
    gathered.push(bytes);
    size += bytes.length;
    if (size < PIECE) continue;
    yield { bytes: joined(gathered, size), rows: done };
    [gathered, size] = [[], 0];
  }
  if (size > 0) yield { bytes: joined(gathered, size), rows };
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
