import { describe, expect, test, vi } from "vitest";
import { createMemoryPlace } from "../fixtures/memory-place.ts";
import { independent } from "../fixtures/session-page.ts";
import { sourceOf } from "../source.ts";
import { keepIn, openKeep, type KeptRun, type KeptTable } from "./keep.ts";
import type { KeptStudy } from "./study-drawer.ts";
import { pack, unpack } from "./pack.ts";
import { openSize, seal, unseal, unsealSlice } from "./seal.ts";

const MARKER = "QZX-MARKER-Müller-7741";

async function* through(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const all: BlobPart[] = [];
  for await (const piece of pieces) all.push(piece.slice());
  return new Uint8Array(await new Blob(all).arrayBuffer());
}

const schema = { columns: [], missingTokens: [], dialect: {} } as unknown as KeptRun["view"]["schema"];

const runOf = (run: string, name = `${MARKER} 1`): KeptRun => ({
  view: {
    run,
    number: 1,
    name,
    state: "done",
    request: independent,
    table: `${MARKER}.csv`,
    schema,
    hasModel: true,
    notices: [],
    fromFile: false,
  },
  file: new TextEncoder().encode(MARKER.repeat(40)),
  tableId: "t",
});

const tableOf = (text: string, id = "t"): KeptTable => {
  const table = { name: `${MARKER}.csv`, rows: 1, columns: [new Float64Array([1])], schema };
  const shown = table as unknown as KeptTable["table"];
  const bytes = new TextEncoder().encode(text);
  const kept = { id, inferred: shown, table: shown, changes: [], repair: undefined, bytes: bytes.length };
  return { ...kept, source: new Blob([bytes]), seconds: 1, simulated: false, notes: [], inferredNotes: [] };
};

const studyOf = (study: string): KeptStudy => ({
  study,
  request: { study: "rows", settings: { seeds: 2 }, seed: 1 },
  table: `${MARKER}.csv`,
  mark: "0011",
  cells: 4,
  done: [],
  state: "waiting",
  place: 1,
  paused: false,
});

describe("packing", () => {
  test("what is packed comes back the same: odd numbers, odd keys, many strings, arrays held once", async () => {
    const many = Array.from({ length: 9001 }, (_, i) => `level ${i} ü`);
    const numbers = new Float64Array([1, Number.NaN, -0]);
    const value = {
      odd: [Number.NaN, Infinity, -Infinity, -0, undefined, null, true, "NaN"],
      keys: { $: 1, $$: "two", __proto__x: 3, 7: "seven", "": 0 },
      many,
      shared: { first: numbers, second: numbers },
      small: new Int8Array([-1, 2]),
      left: undefined,
    };
    const back = (await unpack(through(pack(value)))) as typeof value;
    expect(back).toEqual(value);
    expect(Object.is(back.odd[3], -0)).toBe(true);
    expect(back.shared.first).toBe(back.shared.second);
    expect(Object.keys(back)).not.toContain("left");
    const own = JSON.parse('{"__proto__": {"a": 1}}') as object;
    expect(Object.keys((await unpack(through(pack(own)))) as object)).toEqual(["__proto__"]);
  });

  test("what it cannot hold is refused", () => {
    expect(() => [...pack({ when: new Date() })]).toThrow(TypeError);
    expect(() => [...pack([() => 1])]).toThrow(TypeError);
  });
});

describe("sealing", () => {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const sealed = async (size: number): Promise<Uint8Array<ArrayBuffer>> =>
    joined(seal([new Uint8Array(size).fill(7)], key, "a"));
  const MEGABYTE = 1 << 20;

  test("files of any length open to what was sealed, and say their length beforehand", async () => {
    for (const size of [0, 1, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 2 * MEGABYTE]) {
      const file = new Blob([await sealed(size)]);
      expect(openSize(file.size)).toBe(size);
      const open = await joined(unseal(file, key, "a"));
      expect(open.length).toBe(size);
      expect(open.every((byte) => byte === 7)).toBe(true);
    }
  });

  test("a part of it opens by the chunks that it lies in, and not where one of them was changed", async () => {
    const bytes = Uint8Array.from({ length: 2 * MEGABYTE + 500 }, (_, i) => (i * 31 + (i >> 11)) & 255);
    const file = await joined(seal([bytes], key, "a"));
    const part = (from: number, to: number): Promise<Uint8Array> =>
      unsealSlice(new Blob([file]), key, "a", [from, to]);
    for (const [from, to] of [
      [0, 10],
      [MEGABYTE - 3, MEGABYTE + 3],
      [MEGABYTE, 2 * MEGABYTE],
      [2 * MEGABYTE - 1, 2 * MEGABYTE + 900],
      [bytes.length, bytes.length + 5],
    ] as const)
      expect(await part(from, to)).toEqual(bytes.slice(from, to));
    file[48 + MEGABYTE + 40] = (file[48 + MEGABYTE + 40] as number) ^ 1;
    expect(await part(0, 100)).toEqual(bytes.slice(0, 100));
    await expect(part(MEGABYTE, MEGABYTE + 1)).rejects.toThrow();
  });

  test("a file that is cut, swapped, renamed, changed or without either key does not open", async () => {
    const bytes = await sealed(3 * MEGABYTE);
    const opens = (parts: BlobPart[], name = "a", by = key): Promise<boolean> =>
      joined(unseal(new Blob(parts), by, name)).then(
        () => true,
        () => false,
      );
    const step = MEGABYTE + 16;
    const chunk = (n: number): Uint8Array<ArrayBuffer> => bytes.slice(48 + n * step, 48 + (n + 1) * step);
    const head = bytes.slice(0, 48);
    expect(await opens([bytes])).toBe(true);
    expect(await opens([bytes.slice(0, 48 + 2 * step)])).toBe(false);
    expect(await opens([head, chunk(1), chunk(0), chunk(2)])).toBe(false);
    expect(await opens([bytes], "b")).toBe(false);
    expect(await opens([bytes], "a", crypto.getRandomValues(new Uint8Array(32)))).toBe(false);
    expect(await opens([new Uint8Array(32), bytes.slice(32)])).toBe(false);
    const changed = bytes.slice();
    changed[48 + step + 5] = (changed[48 + step + 5] ?? 0) ^ 1;
    expect(await opens([changed])).toBe(false);
  });
});

describe("keeping", () => {
  test("where it could not be encrypted or destroyed nothing is kept, and why is said in words", async () => {
    expect((await openKeep().kept()).refused).toContain("not opened over https");
    vi.stubGlobal("isSecureContext", true);
    vi.stubGlobal("navigator", {});
    expect((await openKeep().kept()).refused).toContain("no private files");
    const keep = openKeep();
    const refusal = { fault: { code: "storage-unavailable", reason: expect.stringContaining("destroyed") } };
    await expect(keep.keepRun(runOf("a"))).rejects.toMatchObject(refusal);
    await expect(keep.keepTable(tableOf("x"))).rejects.toMatchObject(refusal);
    expect(await keep.runs()).toEqual({ runs: [], damaged: 0 });
    vi.stubGlobal("crypto", {});
    expect((await openKeep().kept()).refused).toContain("no encryption");
    vi.unstubAllGlobals();
  });

  test("nothing that is kept stands in the files, in any spelling, and all of it comes back", async () => {
    const disk = createMemoryPlace();
    const keep = keepIn(disk.tab());
    await keep.keepRun(runOf("a"));
    await keep.keepTable(tableOf(MARKER.repeat(1000)));
    expect(await keep.kept()).toMatchObject({ runs: 1, table: true });
    expect((await keep.kept()).bytes).toBeGreaterThan(1000 * MARKER.length);
    const spellings = [Buffer.from(MARKER, "utf8"), Buffer.from(MARKER, "utf16le")];
    for (const bytes of disk.files.values())
      for (const spelling of spellings) expect(Buffer.from(bytes).includes(spelling)).toBe(false);
    const later = keepIn(disk.tab());
    expect(await later.runs()).toEqual({ runs: [runOf("a")], damaged: 0 });
    const table = await later.table();
    expect(table?.table).toEqual(tableOf("").table);
    expect(table?.source?.size).toBe(new TextEncoder().encode(MARKER).length * 1000);
    expect(await new Response(table?.source?.stream()).text()).toBe(MARKER.repeat(1000));
  });

  test("the source of a table that lies here is not written again when the table changes", async () => {
    const disk = createMemoryPlace();
    await keepIn(disk.tab()).keepTable(tableOf(MARKER));
    const keep = keepIn(disk.tab());
    const table = await keep.table();
    if (table === undefined) throw new Error("nothing was kept");
    await keep.keepTable({ ...table, id: "u" });
    expect([...disk.files.keys()].sort()).toEqual(["key", "source.1", "table.2"]);
    expect((await keep.table())?.id).toBe("u");
    await keep.keepTable({
      ...table,
      id: "v",
      source: sourceOf(
        1,
        () => through([new Uint8Array(1)]),
        () => Promise.resolve(new Uint8Array(1)),
      ),
    });
    expect([...disk.files.keys()].sort()).toEqual(["key", "source.2", "table.3"]);
  });

  test("a study comes back with its tables, which are written once, to the one tab that has it", async () => {
    const disk = createMemoryPlace();
    const keep = keepIn(disk.tab());
    const tables = { second: tableOf("").table };
    const cell = {
      key: "50/copula/1",
      rows: [{ measure: "tstr", value: NaN, draws: [0.5, NaN] }],
      seconds: 2,
    };
    const study = { ...studyOf("a"), done: [cell], tables };
    await keep.keepStudy(studyOf("b"));
    await keep.keepStudy({ ...study, done: [], place: 2 });
    await keep.keepStudy({ ...study, place: 2 });
    expect([...disk.files.keys()].sort()).toEqual(["key", "study-tables.a.1", "study.a.2", "study.b.1"]);
    for (const bytes of disk.files.values()) expect(Buffer.from(bytes).includes(MARKER)).toBe(false);
    expect(await keepIn(disk.tab()).studies()).toEqual([]);
    disk.claims.clear();
    const later = keepIn(disk.tab());
    const [, back = study] = await later.studies();
    expect(back).toEqual({ ...study, place: 2 });
    await later.keepStudy({ ...back, done: [cell, cell] });
    expect([...disk.files.keys()].sort()).toEqual(["key", "study-tables.a.1", "study.a.3", "study.b.1"]);
    await later.dropStudies("b");
    await later.dropStudies();
    expect([...disk.files.keys()]).toEqual(["key"]);
  });

  test("a study whose file is damaged is removed, its tables too, and the others come back", async () => {
    const disk = createMemoryPlace();
    const keep = keepIn(disk.tab());
    await keep.keepStudy({ ...studyOf("a"), tables: { second: tableOf("").table } });
    await keep.keepStudy(studyOf("b"));
    disk.files.set("study.a.1", new Uint8Array(300));
    disk.claims.clear();
    const later = keepIn(disk.tab());
    expect((await later.studies()).map(({ study }) => study)).toEqual(["b"]);
    expect([...disk.files.keys()].sort()).toEqual(["key", "study.b.1"]);
    await later.forget();
    expect(disk.files.size).toBe(0);
  });

  test("a writing that fails leaves the one before, and no part of itself", async () => {
    const disk = createMemoryPlace();
    const keep = keepIn(disk.tab());
    await keep.keepRun(runOf("a", "first"));
    disk.limit.bytes = 500;
    await expect(keep.keepRun(runOf("a", "second"))).rejects.toMatchObject({
      fault: { code: "storage-full" },
    });
    expect((await keep.run("a"))?.view.name).toBe("first");
    expect([...disk.files.keys()]).toEqual(["key", "run.a.1"]);
  });

  test("where a writing was cut short the one before it counts; what cannot be opened at all is removed", async () => {
    const disk = createMemoryPlace();
    const keep = keepIn(disk.tab());
    await keep.keepRun(runOf("a", "first"));
    await keep.keepRun(runOf("b"));
    const whole = disk.files.get("run.a.1");
    disk.files.set("run.a.2", whole?.slice(0, 100) ?? new Uint8Array());
    disk.files.set("run.b.1", new Uint8Array(200));
    const { runs, damaged } = await keepIn(disk.tab()).runs();
    expect(runs.map(({ view }) => view.name)).toEqual(["first"]);
    expect(damaged).toBe(1);
    expect([...disk.files.keys()]).not.toContain("run.b.1");
  });

  test("dropping overwrites the key of what is dropped, forgetting the key of all, before the files go", async () => {
    const disk = createMemoryPlace();
    const keep = keepIn(disk.tab());
    await keep.keepRun(runOf("a"));
    await keep.keepRun(runOf("b"));
    const held = new Map([...disk.files].map(([name, bytes]) => [name, { bytes, was: bytes.slice(0, 32) }]));
    const overwritten = (name: string): boolean => {
      const { bytes, was } = held.get(name) ?? {};
      return was?.every((byte, i) => byte === bytes?.[i]) === false;
    };
    await keep.dropRun("a");
    expect(overwritten("run.a.1")).toBe(true);
    expect(overwritten("run.b.1")).toBe(false);
    await keep.forget();
    expect(overwritten("key")).toBe(true);
    expect(overwritten("run.b.1")).toBe(true);
    expect(disk.files.size).toBe(0);
  });

  test("what one tab forgets another does not write back; agreed to again, it keeps again", async () => {
    const disk = createMemoryPlace();
    const [one, other] = [keepIn(disk.tab()), keepIn(disk.tab())];
    const heard: string[] = [];
    other.follow(
      () => Promise.resolve(),
      (news) => Promise.resolve(void heard.push(news.type)),
    );
    await other.keepRun(runOf("b"));
    // Both at once: whichever is first, nothing of before is there after.
    const late = keepIn(disk.tab());
    await late.runs();
    await Promise.allSettled([one.forget(), late.keepRun(runOf("c"))]);
    expect(heard).toContain("forgotten");
    expect([...disk.files.keys()]).not.toContain("run.b.1");
    const silent = keepIn({ ...disk.tab(), hear: () => {} });
    await silent.keepRun(runOf("d"));
    await one.forget();
    await expect(silent.keepRun(runOf("d"))).rejects.toMatchObject({ fault: { code: "kept-forgotten" } });
    expect(disk.files.size).toBe(0);
    await silent.keepRun(runOf("d"));
    expect((await one.runs()).runs).toHaveLength(1);
  });

  test("files whose key is gone, as when a forgetting was cut short, are removed at the next visit", async () => {
    const disk = createMemoryPlace();
    await keepIn(disk.tab()).keepRun(runOf("a"));
    disk.files.delete("key");
    expect(await keepIn(disk.tab()).runs()).toEqual({ runs: [], damaged: 0 });
    expect(disk.files.size).toBe(0);
  });
});
