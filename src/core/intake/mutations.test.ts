import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../math/rng.ts";
import { mutated, outcomeOf } from "./fixtures/mutated.ts";

const folder = new URL("fixtures/", import.meta.url);
const files = ["files/", "statistics/"].flatMap((part) =>
  readdirSync(new URL(part, folder))
    .filter((name) => !name.endsWith(".csv") && !name.includes("brotli"))
    .map((name) => [name, new Uint8Array(readFileSync(new URL(part + name, folder)))] as const),
);

/** All of their content stands under checksums: what can be read of them is what they held. */
const CHECKED = /\.(gz|zip|xlsx)$/;
const EACH = 6;

describe("a file that was changed", () => {
  it.each(files)(
    "%s: is a fault with a code or a table, and never another one where checksums tell",
    async (name, bytes) => {
      const rng = createRng(17).fork(name);
      const whole = await outcomeOf(name, bytes);
      expect(whole.cells).toBeDefined();
      for (let i = 0; i < EACH; i++) {
        const changed = mutated(bytes, rng);
        const { crash, cells, seconds } = await outcomeOf(name, changed);
        expect(crash, `change ${i}`).toBeUndefined();
        expect(seconds).toBeLessThan(5);
        if (CHECKED.test(name) && cells !== undefined) expect(cells, `change ${i}`).toBe(whole.cells);
      }
    },
  );
});
