/** What a place tells its other tabs. */
export type KeepNews =
  | { readonly type: "forgotten" }
  | { readonly type: "run"; readonly run: string }
  | { readonly type: "run-dropped"; readonly run: string }
  | { readonly type: "runs-dropped" }
  /** an entry came to a ledger, or went */
  | { readonly type: "ledgers" }
  | { readonly type: "studies" }
  /** the id of the one that is kept now, if any is */
  | { readonly type: "table"; readonly table?: string };

/** Files of this page's own, shared by its tabs, that can be overwritten where they lie. */
export interface Place {
  names(): Promise<string[]>;
  /** The file as it is now; undefined when there is none. */
  read(name: string): Promise<Blob | undefined>;
  /** Rejects with what went wrong; then no part of the file stays. */
  write(name: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>;
  /** Overwrites the first `count` bytes with random ones in place, makes sure that they are on the disk, removes the file. */
  destroy(name: string, count: number): Promise<void>;
  /** Removes what is left, the folder itself included. */
  clear(): Promise<void>;
  /** Runs `work` while no other tab does. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Whether `what` is this tab's until the tab is closed: false while another has it. */
  claim(what: string): Promise<boolean>;
  tell(news: KeepNews): void;
  hear(listener: (news: KeepNews) => void): void;
}

/** As browsers give it to workers. */
interface InPlaceFile {
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  truncate(size: number): void;
  close(): void;
}
type WithInPlace = FileSystemFileHandle & { createSyncAccessHandle(): Promise<InPlaceFile> };

const FOLDER = "semblance";
/** A page that is being closed may hold its claims a moment longer. */
const CLAIM_MS = 1500;

/** Why nothing can be kept in this browser at this address, in words; "" where it can. */
export function whyNoPlace(): string {
  if (!globalThis.isSecureContext)
    return "The page was not opened over https or from this computer, and only there browsers offer encryption.";
  if (!("crypto" in globalThis) || !("subtle" in crypto)) return "This browser offers no encryption.";
  if (
    !("getDirectory" in (navigator.storage ?? {})) ||
    !("createSyncAccessHandle" in FileSystemFileHandle.prototype)
  )
    return "This browser offers no private files, and nothing is kept in a place where it could not be destroyed.";
  if (!("locks" in navigator)) return "This browser cannot keep two tabs apart.";
  return "";
}

/**
 * The private files of this origin (OPFS). Browsers write them where they lie, so that a key that is overwritten is gone
 * from the disk; the logs of IndexedDB and of local storage would still hold it.
 */
export function privateFiles(): Place {
  const claims = new Map<string, Promise<boolean>>();
  const channel = new BroadcastChannel(FOLDER);
  const root = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory();
  const folder = async (): Promise<FileSystemDirectoryHandle | undefined> => {
    try {
      return await (await root()).getDirectoryHandle(FOLDER);
    } catch (error) {
      return orThrow(error);
    }
  };

  const place: Place = {
    names: async () => {
      const names: string[] = [];
      for await (const name of (await folder())?.keys() ?? []) names.push(name);
      return names;
    },
    read: async (name) => {
      try {
        return await (await (await folder())?.getFileHandle(name))?.getFile();
      } catch (error) {
        return orThrow(error);
      }
    },
    write: async (name, pieces) => {
      const within = await (await root()).getDirectoryHandle(FOLDER, { create: true });
      const handle = (await within.getFileHandle(name, { create: true })) as WithInPlace;
      try {
        await inPlace(handle, async (file) => {
          let at = 0;
          for await (const piece of pieces) at += writeAll(file, piece, at);
          file.truncate(at);
        });
      } catch (error) {
        await within.removeEntry(name).catch(() => undefined);
        throw error;
      }
    },
    destroy: async (name, count) => {
      const within = await folder();
      if (within === undefined) return;
      const handle = (await within.getFileHandle(name)) as WithInPlace;
      await inPlace(
        handle,
        async (file) => void writeAll(file, crypto.getRandomValues(new Uint8Array(count)), 0),
      );
      await within.removeEntry(name);
    },
    clear: async () => {
      await (await root()).removeEntry(FOLDER, { recursive: true }).catch(orThrow);
    },
    alone: async (work) => await navigator.locks.request(FOLDER, work),
    claim: (what) => {
      const known = claims.get(what) ?? claimed(`${FOLDER}.${what}`);
      claims.set(what, known);
      void known.then((got) => (got ? undefined : claims.delete(what)));
      return known;
    },
    tell: (news) => channel.postMessage(news),
    hear: (listener) =>
      channel.addEventListener("message", ({ data }: MessageEvent<KeepNews>) => listener(data)),
  };
  return place;
}

/** The lock is held as long as this worker lives. */
function claimed(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.locks
      .request(name, { signal: AbortSignal.timeout(CLAIM_MS) }, () => {
        resolve(true);
        return new Promise(() => {});
      })
      .catch(() => resolve(false));
  });
}

/** Nothing where there is nothing. */
function orThrow(error: unknown): undefined {
  if (error instanceof DOMException && error.name === "NotFoundError") return undefined;
  throw error;
}

async function inPlace(handle: WithInPlace, work: (file: InPlaceFile) => Promise<void>): Promise<void> {
  const file = await handle.createSyncAccessHandle();
  try {
    await work(file);
    file.flush();
  } finally {
    file.close();
  }
}

function writeAll(file: InPlaceFile, bytes: Uint8Array, at: number): number {
  for (let written = 0; written < bytes.length;) {
    const more = file.write(bytes.subarray(written), { at: at + written });
    if (more <= 0) throw new DOMException("The disk took no more bytes.", "QuotaExceededError");
    written += more;
  }
  return bytes.length;
}
