import { FaultError, type FileBytes } from "../core/lab/lab.ts";

/** The bytes that a table came from: a file, or what was kept of one. */
export interface Source {
  readonly size: number;
  stream(): ReadableStream<Uint8Array>;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** As the readers of files see it. */
export function fileBytesOf(source: Source, name: string): FileBytes {
  return {
    name,
    size: source.size,
    pieces: () => piecesOf(source, name),
    slice: async (from, to) => {
      try {
        return new Uint8Array(await source.slice(from, to).arrayBuffer());
      } catch (error) {
        throw unreadable(error, name);
      }
    },
  };
}

function unreadable(error: unknown, file: string): FaultError {
  const reason = error instanceof Error ? error.message : "The browser gave no reason.";
  return new FaultError({ code: "file-unreadable", file, reason });
}

/** Its bytes in order. Throws FaultError `file-unreadable`, with the name it is known by. */
export async function* piecesOf(source: Source, name: string): AsyncGenerator<Uint8Array> {
  const reader = source.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw unreadable(error, name);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A source read from the start at each call of `pieces`, and by places with `slice`. */
export function sourceOf(
  size: number,
  pieces: () => AsyncIterable<Uint8Array>,
  slice: (from: number, to: number) => Promise<Uint8Array>,
): Source {
  return {
    size,
    slice: (from, to) => ({
      arrayBuffer: async () => new Uint8Array(await slice(from, to)).buffer,
    }),
    stream: () => {
      const reading = pieces()[Symbol.asyncIterator]();
      return new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          const { done, value } = await reading.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
        cancel: async () => void (await reading.return?.()),
      });
    },
  };
}
