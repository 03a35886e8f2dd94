/** The JSON object that a small file of this lab holds; `refuse` throws the file's own fault, given a sentence. */
export function jsonObject(
  text: string,
  { most, what, refuse }: { most: number; what: string; refuse: (reason: string) => never },
): Readonly<Record<string, unknown>> {
  if (text.length > most) refuse(`It is too large to be ${what}.`);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return refuse("It is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse("It holds no JSON object.");
  return value as Readonly<Record<string, unknown>>;
}

/** A value of such a file as a sentence can have it: 40 characters at most. */
export function shownValue(value: unknown): string {
  const said = JSON.stringify(value) ?? "none";
  return said.length > 40 ? `${said.slice(0, 39)}…` : said;
}
