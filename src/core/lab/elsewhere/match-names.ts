/** Which column of a file is which column of the reference. */
export interface NameMatch {
  /** name in the reference -> name in the file */
  readonly found: ReadonlyMap<string, string>;
  /** Those found that the file writes otherwise. */
  readonly renamed: readonly { readonly name: string; readonly written: string }[];
  /** Names of the file that belong to no column of the reference. */
  readonly extra: readonly string[];
}

/** In lower case, with points, dashes, underlines and runs of spaces as one space: R writes "marital status" with a point. */
export const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/(?<=[\p{L}\p{N}])[\s._-]+(?=[\p{L}\p{N}])/gu, " ");

/**
 * Matches by name, in any order. What is left over is matched by the name without case, spaces, points, dashes and
 * underlines where that leaves one column on either side.
 */
export function matchNames(known: readonly string[], written: readonly string[]): NameMatch {
  const found = new Map(known.filter((name) => written.includes(name)).map((name) => [name, name]));
  const open = written.filter((name) => !found.has(name));
  const renamed = known.flatMap((name) => {
    if (found.has(name)) return [];
    const plain = plainName(name);
    const rivals = known.filter((other) => !found.has(other) && plainName(other) === plain);
    const [match, ...others] = open.filter((other) => plainName(other) === plain);
    if (match === undefined || others.length > 0 || rivals.length > 1) return [];
    return [{ name, written: match }];
  });
  for (const { name, written: as } of renamed) found.set(name, as);
  const used = new Set(found.values());
  return { found, renamed, extra: written.filter((name) => !used.has(name)) };
}
