import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createRng } from "./rng.ts";
import { createSha256, sha256 } from "./sha-256.ts";

const reference = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const bytesOf = (length: number, seed: number): Uint8Array => {
  const rng = createRng(seed);
  return Uint8Array.from({ length }, () => rng.integer(256));
};

test("the standard's own examples", () => {
  const text = (words: string): string => sha256(new TextEncoder().encode(words));
  expect(text("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(text("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("every length around a block, whole and in pieces, as Node's own", () => {
  for (let length = 0; length < 260; length++) {
    const bytes = bytesOf(length, length);
    expect(sha256(bytes), `${length} bytes`).toBe(reference(bytes));
    const pieces = createSha256();
    for (let at = 0; at < length; at += 1 + (length % 37)) {
      pieces.update(bytes.subarray(at, Math.min(length, at + 1 + (length % 37))));
    }
    expect(pieces.hex()).toBe(reference(bytes));
    expect(pieces.hex()).toBe(reference(bytes));
  }
  const large = bytesOf(3_000_001, 1);
  expect(sha256(large)).toBe(reference(large));
});
