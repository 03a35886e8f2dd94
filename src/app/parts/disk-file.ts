/** Files too large to keep in the browser first are written to disk as they are made, where the browser can do that. */
import { exportFormats } from "../state/files/export-formats.ts";
import type { FileSink } from "../state/files/save-chunks.ts";

interface PicksFiles {
  showSaveFilePicker(options: {
    suggestedName: string;
    types: { description: string; accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
}

const picksFiles = (page: Window): page is Window & PicksFiles => "showSaveFilePicker" in page;

interface Removes {
  remove(): Promise<void>;
}

const removes = (handle: FileSystemFileHandle): handle is FileSystemFileHandle & Removes =>
  "remove" in handle;

/** From this size on the person chooses a file before the rows are made. */
const LARGE = 256_000_000;

export const goesToDisk = (bytes: number): boolean => bytes >= LARGE && picksFiles(window);

const zip = { short: "Zip file", type: "application/zip", ending: "zip" };

/** By the ending of the name. */
function kindOf(name: string) {
  const known =
    [zip, ...Object.values(exportFormats)].find(({ ending }) => name.endsWith(`.${ending}`)) ?? zip;
  return { description: known.short, accept: { [known.type]: [`.${known.ending}`] } };
}

/** Asks where to save; must be called from a click. Undefined when the person changed their mind. */
export async function chooseFile(name: string): Promise<FileSink | undefined> {
  if (!picksFiles(window)) return undefined;
  try {
    const handle = await window.showSaveFilePicker({
      suggestedName: name,
      types: [kindOf(name)],
    });
    const isNew = (await handle.getFile()).size === 0;
    const file = await handle.createWritable();
    return {
      write: (bytes) => file.write(bytes),
      close: () => file.close(),
      abort: async () => {
        await file.abort().catch(() => undefined);
        // A file that was there before is as it was; one that the choosing made is empty.
        if (isNew && removes(handle)) await handle.remove();
      },
    };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  }
}
