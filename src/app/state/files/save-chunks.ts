/** A file that comes from the worker in chunks, saved as one: handed to the browser, or written to disk as it comes. */
import { FaultError } from "../../../core/fault.ts";
import type { Request } from "../../../worker/protocol.ts";
import { tell } from "../lab.ts";
import { saveFile } from "./save-file.ts";
import { finished, send } from "../worker-link.ts";

/** A file on disk that takes chunks as they come; in its place the chunks are kept and handed over as one file. */
export interface FileSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  /** Leaves nothing behind of what was written. */
  abort(): Promise<void>;
}

/**
 * Resolves with the file's size in bytes. The worker is told of each chunk that is written, and makes no more than a few
 * ahead of that. A write that fails ends the file at once: the worker stops, what was written goes, and this rejects with
 * the FaultError that says why.
 */
export async function saveChunks(
  request: Extract<
    Request,
    {
      type:
        | "export-csv"
        | "complete-csv"
        | "export-futures"
        | "export-report"
        | "export-coarsened"
        | "export-study"
        | "export-simulated";
    }
  >,
  name: string,
  sink?: FileSink,
  type = "text/csv",
): Promise<number> {
  const { job } = request;
  const parts: BlobPart[] = [];
  let size = 0;
  const taken = (bytes: number): void => {
    size += bytes;
    send({ type: "chunk-written", job });
  };
  const onDisk = sink && inOrder(sink);
  const done = finished(job, (event) => {
    if (event.type !== "chunk") return;
    const bytes = plain(event.bytes);
    if (onDisk) void onDisk.write(bytes, () => taken(bytes.length));
    else {
      parts.push(new Blob([bytes]));
      taken(bytes.length);
    }
  });
  send(request);
  try {
    await (onDisk ? Promise.race([done.then(onDisk.close), onDisk.failed]) : done);
  } catch (error) {
    done.catch(() => undefined);
    await sink?.abort().catch(() => undefined);
    if (!onDisk?.broken()) throw error;
    send({ type: "cancel", job });
    tell({ type: "page-made", job });
    throw new FaultError({ code: "file-unwritable", file: name, reason: reasonOf(error) });
  }
  if (sink === undefined) saveFile(parts, name, type);
  return size;
}

/** Writes one chunk after the other and, after one that fails, none. */
function inOrder(sink: FileSink) {
  let before: Promise<void> = Promise.resolve();
  let broken = false;
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  const next = (act: () => Promise<void>): Promise<void> => {
    before = before
      .then(() => (broken ? undefined : act()))
      .catch((error: unknown) => {
        broken = true;
        fail(error);
      });
    return before;
  };
  return {
    failed,
    broken: () => broken,
    write: (bytes: Uint8Array<ArrayBuffer>, written: () => void) =>
      next(async () => {
        await sink.write(bytes);
        written();
      }),
    close: async () => {
      await next(() => sink.close());
      if (broken) await failed;
    },
  };
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  const words: Readonly<Record<string, string>> = {
    QuotaExceededError: "The disk is full. What was written of it has been removed.",
    NotAllowedError: "The browser may not write to it any more. What was written of it has been removed.",
    NotFoundError: "It was moved or deleted while it was being written.",
  };
  return words[name] ?? (error instanceof Error ? error.message : String(error));
}

/** The same bytes over an ordinary ArrayBuffer, which is what a Blob takes. */
export function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength);
  return new Uint8Array(bytes);
}
