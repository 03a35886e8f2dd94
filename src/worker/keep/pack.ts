/** Plain data as bytes and back, piece by piece, so that a large table is never held a second time. */

const arrays = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
} as const;
type ArrayName = keyof typeof arrays;
type TypedArray = InstanceType<(typeof arrays)[ArrayName]>;

/** What stands after the text: numbers as they lie in memory, or many strings. */
type Section = { readonly type: ArrayName | "strings"; readonly length: number };

interface Packed {
  readonly value: unknown;
  readonly sections: readonly Section[];
}

/** Lists of at least so many strings are written in parts: as one text they could be too long for a string. */
const MANY = 4096;

const isArrayName = (name: string): name is ArrayName => Object.hasOwn(arrays, name);

const isManyStrings = (value: readonly unknown[]): boolean =>
  value.length >= MANY && value.every((one) => typeof one === "string");

const bytesOf = (array: TypedArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Numbers, strings, booleans, null, undefined, lists, plain objects and arrays of numbers. Throws TypeError on anything else. */
export function* pack(value: unknown): Generator<Uint8Array<ArrayBufferLike>> {
  const places = new Map<object, number>();
  const parts: (TypedArray | readonly string[])[] = [];
  const placeOf = (part: TypedArray | readonly string[]): number => {
    const known = places.get(part) ?? parts.push(part) - 1;
    places.set(part, known);
    return known;
  };
  const plain = marked(value, placeOf);
  const sections = parts.map((part): Section => ({
    type: Array.isArray(part) ? "strings" : (part.constructor.name as ArrayName),
    length: part.length,
  }));
  yield* text(JSON.stringify({ value: plain, sections } satisfies Packed));
  for (const part of parts) {
    if (Array.isArray(part)) yield* strings(part as readonly string[]);
    else yield bytesOf(part as TypedArray);
  }
}

/** `value` as JSON holds it; what JSON cannot say is an object with the one key "$", and own keys that begin so get another. */
function marked(value: unknown, placeOf: (part: TypedArray | readonly string[]) => number): unknown {
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $: Object.is(value, -0) ? "-0" : `${value}` };
  if (value === undefined) return { $: "undefined" };
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value !== "object") throw new TypeError(`A ${typeof value} cannot be kept.`);
  if (Array.isArray(value))
    return isManyStrings(value)
      ? { $: placeOf(value as string[]) }
      : value.map((one) => marked(one, placeOf));
  if (isArrayName(value.constructor?.name)) return { $: placeOf(value as TypedArray) };
  if (![Object.prototype, null].includes(Object.getPrototypeOf(value)))
    throw new TypeError(`A ${value.constructor.name} cannot be kept.`);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.map(([key, one]) => [key.startsWith("$") ? `$${key}` : key, marked(one, placeOf)]),
  );
}

function* text(words: string): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(words);
  yield new Uint8Array(new Uint32Array([bytes.length]).buffer);
  yield bytes;
}

function* strings(list: readonly string[]): Generator<Uint8Array> {
  for (let from = 0; from < list.length; from += MANY)
    yield* text(JSON.stringify(list.slice(from, from + MANY)));
}

/** What `pack` wrote. Rejects when there is less of it. */
export async function unpack(pieces: AsyncIterable<Uint8Array>): Promise<unknown> {
  const reader = new Reader(pieces);
  const { value, sections } = (await reader.json()) as Packed;
  const parts: (TypedArray | readonly string[])[] = [];
  for (const { type, length } of sections) {
    if (type === "strings") parts.push(await reader.strings(length));
    else {
      const array = new arrays[type](length);
      await reader.fill(bytesOf(array));
      parts.push(array);
    }
  }
  return unmarked(value, parts);
}

const special: Readonly<Record<string, number | undefined>> = {
  NaN: Number.NaN,
  Infinity: Infinity,
  "-Infinity": -Infinity,
  "-0": -0,
  undefined,
};

function unmarked(value: unknown, parts: readonly unknown[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => unmarked(one, parts));
  const entries = Object.entries(value);
  const [first] = entries;
  if (first?.[0] === "$") return typeof first[1] === "number" ? parts[first[1]] : special[String(first[1])];
  return Object.fromEntries(
    entries.map(([key, one]) => [key.startsWith("$") ? key.slice(1) : key, unmarked(one, parts)]),
  );
}

class Reader {
  private readonly pieces: AsyncIterator<Uint8Array>;
  private rest = new Uint8Array(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.pieces = pieces[Symbol.asyncIterator]();
  }

  async fill(target: Uint8Array): Promise<void> {
    for (let at = 0; at < target.length;) {
      if (this.rest.length === 0) {
        const next = await this.pieces.next();
        if (next.done === true) throw new RangeError("There is less than was kept.");
        this.rest = new Uint8Array(next.value);
      }
      const taken = this.rest.subarray(0, target.length - at);
      target.set(taken, at);
      at += taken.length;
      this.rest = this.rest.subarray(taken.length);
    }
  }

  async json(): Promise<unknown> {
    const length = new Uint32Array(1);
    await this.fill(bytesOf(length));
    const bytes = new Uint8Array(length[0] ?? 0);
    await this.fill(bytes);
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  async strings(count: number): Promise<string[]> {
    const list: string[] = [];
    while (list.length < count) for (const one of (await this.json()) as string[]) list.push(one);
    return list;
  }
}
