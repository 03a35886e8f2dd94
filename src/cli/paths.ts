import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

const READ: readonly string[] = [
  "from",
  "complete",
  "train",
  "holdout",
  "synthetic",
  "view",
  "public",
  "pyramid",
  "numbers",
  "rules",
];
const WRITTEN: readonly string[] = [
  "out",
  "cells",
  "model",
  "report",
  "html",
  "bundle",
  "estimates",
  "ledger",
  "guarantee",
  "write-numbers",
];

/** Where a path leads, links followed as far as there are files; undefined for a device or a pipe. */
function fileAt(path: string): string | undefined {
  const whole = resolve(path);
  try {
    const found = realpathSync(whole);
    return statSync(found).isFile() ? found : undefined;
  } catch {
    try {
      return join(realpathSync(dirname(whole)), basename(whole));
    } catch {
      return whole;
    }
  }
}

/**
 * What is wrong with the paths of a command, in words: a file that is to be written is also read, or written twice.
 * Undefined where nothing is.
 */
export function clashOf(
  files: readonly string[],
  values: Readonly<Record<string, string | boolean | undefined>>,
): string | undefined {
  const taken = new Map<string, string>();
  const take = (path: string, what: string): string | undefined => {
    const file = fileAt(path);
    if (file === undefined) return undefined;
    const before = taken.get(file);
    taken.set(file, before ?? what);
    return before;
  };
  for (const path of files) take(path, "the file that is read");
  for (const name of READ) if (typeof values[name] === "string") take(values[name], `--${name}`);
  for (const name of WRITTEN) {
    const path = values[name];
    const before = typeof path === "string" ? take(path, `--${name}`) : undefined;
    if (before !== undefined)
      return `--${name} and ${before} are the same file, “${String(path)}”. Choose another name for --${name}: what is read is never overwritten.`;
  }
  return undefined;
}
