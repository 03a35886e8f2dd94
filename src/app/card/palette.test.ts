import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { mixed, palette } from "./palette.ts";

test("the card's colours are the light theme's tokens", async () => {
  const css = await readFile(new URL("../theme/tokens.css", import.meta.url), "utf8");
  for (const [name, colour] of Object.entries(palette))
    expect(css).toContain(`--${name}: light-dark(${colour}, `);
});

test("colours mix by share", () => {
  expect(mixed("ink", "surface", 0)).toBe("rgb(255 255 255)");
  expect(mixed("ink", "surface", 1)).toBe("rgb(20 32 42)");
});
