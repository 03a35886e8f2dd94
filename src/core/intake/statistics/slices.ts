import type { FileBytes } from "../file.ts";

const STEP = 1 << 20;

/** `file` from byte `from` on. */
export const slicesFrom = (file: FileBytes, from: number): Pick<FileBytes, "name" | "pieces"> => ({
  name: file.name,
  async *pieces() {
    for (let at = from; at < file.size; at += STEP)
      yield await file.slice(at, Math.min(file.size, at + STEP));
  },
});
