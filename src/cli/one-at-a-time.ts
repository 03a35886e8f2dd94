import { mkdir, rm, stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

const LOOK_AGAIN = 20;
/** A lock older than this was left by a program that was ended; what is done under one takes milliseconds. */
const LEFT_BEHIND = 10_000;

/**
 * Does `work` while no other program does any for the same `path`: a folder beside the file is the lock. So that of two runs that end
 * together neither reads a file that the other is about to write.
 */
export async function oneAtATime<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  while (!(await taken(lock))) {
    const there = await stat(lock).catch(() => undefined);
    if (there !== undefined && Date.now() - there.mtimeMs > LEFT_BEHIND)
      await rm(lock, { recursive: true, force: true });
    else await wait(LOOK_AGAIN);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
