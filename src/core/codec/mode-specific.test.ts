import { expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { levels, madeTable, numbers } from "../table/fixtures/made-table.ts";
import type { Column, Table } from "../table/table.ts";
import { loadCodec } from "./load-codec.ts";
import type { ModeSpecificCodec } from "./mode-specific.ts";
import { learnModeSpecificCodec } from "./mode-specific.ts";
import { learnTableCode } from "./columns/table-code.ts";

/** Two groups of numbers, a fifth of them missing; a constant; two levels. */
function table(rows: number): Table {
  const rng = createRng(1);
  const values = Float64Array.from({ length: rows }, (_, i) =>
    i % 5 === 4 ? NaN : Math.round(100 * ((i % 2 === 0 ? -20 : 30) + rng.normal())) / 100,
  );
  return madeTable([
    numbers("x", values, { decimals: 2 }),
    numbers("same", new Float64Array(rows).fill(7), { decimals: 2 }),
    levels(
      "group",
      values.map((_, i) => i % 2),
      ["a", "b"],
    ),
  ]);
}

function learn(source: Table): ModeSpecificCodec {
  const learning = learnModeSpecificCodec(source, learnTableCode(source), createRng(2));
  for (;;) {
    const next = learning.next();
    if (next.done === true) return next.value;
  }
}

test("a table comes back within a hundredth; missing cells, constants and levels as they were", () => {
  const source = table(400);
  const codec = learn(source);
  const encoded = codec.encode(source, createRng(3));
  const back = codec.decode(encoded, createRng(4));
  const given = (source.columns[0] as Column & { type: "numeric" }).values;
  const got = (back.columns[0] as Column & { type: "numeric" }).values;
  given.forEach((value, i) => {
    if (Number.isNaN(value)) expect(got[i]).toBeNaN();
    else expect(Math.abs((got[i] as number) - value)).toBeLessThanOrEqual(0.0101);
  });
  expect(back.columns[1]).toEqual(source.columns[1]);
  expect(back.columns[2]).toEqual(source.columns[2]);
});

test("every place lies inside -.99 and .99 with one mode beside it", () => {
  const source = table(300);
  const codec = learn(source);
  const { data, width } = codec.encode(source, createRng(3));
  const [place, modes] = codec.spans as [(typeof codec.spans)[0], (typeof codec.spans)[0]];
  expect(modes.width).toBeGreaterThanOrEqual(2);
  for (let i = 0; i < 300; i++) {
    expect(Math.abs(data[i * width + place.start] as number)).toBeLessThanOrEqual(0.99);
    const hot = data.subarray(i * width + modes.start, i * width + modes.start + modes.width);
    expect(hot.reduce((a, b) => a + b, 0)).toBe(1);
  }
});

test("saved and loaded it decodes the same", () => {
  const source = table(200);
  const codec = learn(source);
  const loaded = loadCodec(JSON.parse(JSON.stringify(codec.save())) as ReturnType<typeof codec.save>);
  const encoded = codec.encode(source, createRng(3));
  expect(loaded.decode(encoded, createRng(4))).toEqual(codec.decode(encoded, createRng(4)));
  expect(() => loadCodec({ ...codec.save(), modes: [] })).toThrow(/modes/);
});
