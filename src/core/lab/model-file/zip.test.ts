import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { readZip, streamZip, type StreamedEntry } from "./zip.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const many = Array.from({ length: 50 }, (_, i) => encode(`row ${i} of the table\n`.repeat(100)));

async function written(entries: readonly StreamedEntry[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of streamZip(entries)) pieces.push(piece);
  return Buffer.concat(pieces);
}

test("a zip written in pieces holds what was put in, in order, and is the same twice", async () => {
  const entries = [
    { name: "a/rows.csv", pieces: many },
    { name: "a/empty.txt", pieces: [] },
    { name: "b/weights", stored: true, pieces: [encode("0123456789")] },
  ];
  const bytes = await written(entries);
  const contents = unzipSync(bytes);
  expect(Object.keys(contents)).toEqual(["a/rows.csv", "a/empty.txt", "b/weights"]);
  expect(contents["a/rows.csv"]).toEqual(new Uint8Array(Buffer.concat(many)));
  expect(contents["a/empty.txt"]).toHaveLength(0);
  expect(bytes.length).toBeLessThan(Buffer.concat(many).length / 10);
  expect(await written(entries)).toEqual(bytes);
  const limits = { "a/rows.csv": 1e6, "a/empty.txt": 10, "b/weights": 100 };
  expect(new TextDecoder().decode(readZip(bytes, limits).get("b/weights"))).toBe("0123456789");
});

test("an entry that fails ends the writing with its error", async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield encode("one");
    await Promise.resolve();
    throw new Error("the disk is gone");
  }
  await expect(written([{ name: "a", pieces: failing() }])).rejects.toThrow("the disk is gone");
});
