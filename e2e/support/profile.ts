import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Every file of a browser's profile, with its bytes. */
export async function profileFiles(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path, bytes: await readFile(path).catch(() => Buffer.alloc(0)) };
    }),
  );
}

/** The files that hold any of `needles`, texts in one or two bytes a character. */
export async function holding(folder: string, needles: readonly (string | Buffer)[]): Promise<string[]> {
  const spelled = needles.flatMap((needle) =>
    typeof needle === "string" ? [Buffer.from(needle, "utf8"), Buffer.from(needle, "utf16le")] : [needle],
  );
  const files = await profileFiles(folder);
  return files
    .filter(({ bytes }) => spelled.some((needle) => bytes.includes(needle)))
    .map(({ path }) => path.slice(folder.length));
}

/** The first 32 bytes of each private file: the keys, and what stands in their place once they are gone. */
export async function privateHeads(folder: string): Promise<Buffer[]> {
  const files = await profileFiles(folder);
  return files
    .filter(({ path, bytes }) => /[/\\]File System[/\\].*[/\\]\d{8}$/.test(path) && bytes.length >= 32)
    .map(({ bytes }) => bytes.subarray(0, 32));
}
