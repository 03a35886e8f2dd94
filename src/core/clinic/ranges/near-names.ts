import { joined, type NameWord } from "./name-words.ts";

/** Shorter names lie too near to each other. */
const LEAST_LETTERS = 8;

/**
 * Names one letter off a name of at least eight letters that means one thing: "hemaglobin", "phospatase". The first and the
 * last letter must be right and digits never count, since "vitamin K" is no "vitamin D" and "interleukin 8" no 6.
 */
export class NearNames<T> {
  readonly #byHole = new Map<string, Map<string, T>>();

  /** @param names words run together, and what each stands for */
  constructor(names: Iterable<readonly [string, T]>) {
    for (const [name, of] of names) {
      if (!/^\p{L}+$/u.test(name) || name.length < LEAST_LETTERS) continue;
      for (const hole of holes(name)) {
        const there = this.#byHole.get(hole) ?? new Map<string, T>();
        this.#byHole.set(hole, there.set(name, of));
      }
    }
  }

  /** What the one name near to these words stands for; undefined where there is none, or two mean different things. */
  nearTo(words: readonly NameWord[]): T | undefined {
    const text = joined(words);
    if (!/^\p{L}+$/u.test(text) || text.length < LEAST_LETTERS) return undefined;
    const found = new Set(
      holes(text).flatMap((hole) =>
        [...(this.#byHole.get(hole) ?? [])].flatMap(([name, of]) => (isOneOff(name, text) ? [of] : [])),
      ),
    );
    return found.size === 1 ? [...found][0] : undefined;
  }
}

/** A text, and it without each of its inner letters. */
const holes = (text: string): string[] => [
  text,
  ...Array.from({ length: text.length - 3 }, (_, i) => text.slice(0, i + 1) + text.slice(i + 2)),
];

/** Whether two texts differ by one inner letter, left out, put in or another. */
function isOneOff(one: string, other: string): boolean {
  if (one[0] !== other[0] || one.slice(-1) !== other.slice(-1)) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let [end, otherEnd] = [one.length, other.length];
  while (end > start && otherEnd > start && one[end - 1] === other[otherEnd - 1])
    [end, otherEnd] = [end - 1, otherEnd - 1];
  const [a, b] = [one.slice(start, end), other.slice(start, otherEnd)];
  return a.length + b.length > 0 && a.length <= 1 && b.length <= 1;
}
