import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { FaultError } from "../core/lab/lab.ts";
import { reasonOf } from "./files.ts";

/** Makes the folder at `path`, and those above it, where they are missing. Throws FaultError `file-unwritable`. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await made(path);
  } catch (error) {
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory() === true) return;
    const reason = there ? "It is no folder." : reasonOf(error);
    throw new FaultError({ code: "file-unwritable", file: path, reason });
  }
}

/** Not `recursive`: where a folder says that it does not exist while it does (/proc), that never ends. */
async function made(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory() === true) return;
  const above = dirname(path);
  if (above !== path) await made(above);
  await mkdir(path);
}
