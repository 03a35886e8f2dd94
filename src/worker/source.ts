import { FaultError } from "../core/lab/lab.ts";

/** The bytes that a table came from: a file, or what was kept of one. */
export interface Source {
  readonly size: number;
  stream(): ReadableStream<Uint8Array>;
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
    const reason = error instanceof Error ? error.message : "The browser gave no reason.";
    throw new FaultError({ code: "file-unreadable", file: name, reason });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A source read from the start at each call of `pieces`. */
export function sourceOf(size: number, pieces: () => AsyncIterable<Uint8Array>): Source {
  return {
    size,
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
