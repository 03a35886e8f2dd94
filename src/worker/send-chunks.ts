import { breathe, FaultError } from "../core/lab/lab.ts";
import type { Job } from "./job.ts";
import type { Event as LabEvent } from "./protocol.ts";

export interface Chunk {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly patients?: number;
}

/** Sends a file to the page chunk by chunk, no more than a few ahead of what is written there. Rejects with FaultError `cancelled`. */
export async function sendChunks(
  post: (event: LabEvent, transfer?: ArrayBuffer[]) => void,
  chunks: AsyncIterable<Chunk>,
  id: number,
  job: Job,
): Promise<void> {
  for await (const chunk of chunks) {
    if (job.cancelled) throw new FaultError({ code: "cancelled" });
    const bytes = new Uint8Array(chunk.bytes);
    const { rows, patients } = chunk;
    const so = { rows, ...(patients !== undefined && { patients }) };
    post({ type: "chunk", job: id, bytes, ...so }, [bytes.buffer]);
    await job.sent();
    await breathe();
  }
}
