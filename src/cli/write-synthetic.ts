import { expectedRows, type Asked, type Table, type TrainedModel, type Wanted } from "../core/lab/lab.ts";
import type { Acceptance } from "../core/synthesizers/synthesizer.ts";
import { writeChunks } from "./files.ts";
import { sampleFor } from "./out-file.ts";
import { patientLines } from "./patients.ts";
import type { ProgressLine } from "./progress-line.ts";
import { sayDrawn } from "./rules.ts";

const share = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(1, whole)).toPrecision(2)}%`;

/** Writes synthetic rows, or whole patients, at `out` and says what came of what was asked. Rejects with FaultError. */
export async function writeSynthetic(
  out: string,
  model: TrainedModel,
  { wanted, seed, source, asked = {} }: { wanted: Wanted; seed: number; source?: Table; asked?: Asked },
  line: ProgressLine,
): Promise<void> {
  let told: Acceptance = { drawn: 0, kept: 0 };
  let written: { rows: number; patients?: number; cut?: number } = { rows: 0 };
  const onAcceptance = (acceptance: Acceptance): void => void (told = acceptance);
  const chunks = sampleFor(out, model, {
    wanted,
    seed,
    asked: { ...asked, onAcceptance },
    ...(source && { source }),
  });
  const rows = expectedRows(model, wanted);
  const counted = counting(chunks, (chunk) => (written = chunk));
  await writeChunks(out, withProgress(counted, rows, line, progressWords(wanted, rows)));
  const conditioned = asked.where !== undefined || asked.shares !== undefined;
  const what = written.patients === undefined ? "rows" : "patients";
  if (conditioned)
    line.say(
      `${told.kept} of ${told.drawn} ${what} drawn met the conditions (${share(told.kept, told.drawn)}).`,
    );
  const wholeRows = typeof wanted === "number" ? wanted : written.rows;
  const drawn = conditioned || written.patients !== undefined ? { drawn: 0, kept: 0 } : told;
  sayDrawn({ ...drawn, rows: written.rows, asked: wholeRows }, line);
  for (const said of patientLines(written, wanted)) line.say(said);
}

const progressWords = (wanted: Wanted, rows: number): string =>
  typeof wanted === "number" ? `${rows} rows` : `about ${rows} visits of ${wanted.patients} patients`;

/** The chunks as they pass; `tell` hears each, without its bytes. */
export async function* counting<C extends { readonly bytes: Uint8Array; readonly rows: number }>(
  chunks: AsyncIterable<C>,
  tell: (chunk: Omit<C, "bytes">) => void,
): AsyncGenerator<C> {
  for await (const chunk of chunks) {
    tell(chunk);
    yield chunk;
  }
}

/** The chunks as they pass, told on the line. */
export async function* withProgress(
  chunks: AsyncIterable<{ bytes: Uint8Array; rows: number }>,
  rows: number,
  line: ProgressLine,
  words = `${rows} rows`,
): AsyncGenerator<{ bytes: Uint8Array }> {
  for await (const chunk of chunks) {
    line.show("Writing", Math.min(1, chunk.rows / rows), `${chunk.rows} of ${words}`);
    yield chunk;
  }
}
