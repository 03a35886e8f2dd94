import { expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import type { Column, ColumnSchema, Table } from "../table/table.ts";
import { loadCodec } from "./load-codec.ts";
import type { ModeSpecificCodec } from "./mode-specific.ts";
import { learnModeSpecificCodec } from "./mode-specific.ts";
import { learnTableCode } from "./table-code.ts";

const schemaOf = (name: string, kind: ColumnSchema["kind"]): ColumnSchema => ({
  name,
  kind,
  role: "feature",
  reason: "",
  missingToken: "",
  ...(kind === "decimal" ? { number: { decimals: 2, decimalMark: ".", thousandsMark: "" } } : {}),
});

/** Two groups of numbers, a fifth of them missing; a constant; two levels. */
function table(rows: number): Table {
  const rng = createRng(1);
  const values = Float64Array.from({ length: rows }, (_, i) =>
    i % 5 === 4 ? NaN : Math.round(100 * ((i % 2 === 0 ? -20 : 30) + rng.normal())) / 100,
  );
  const columns: Column[] = [
    { type: "numeric", values },
    { type: "numeric", values: new Float64Array(rows).fill(7) },
    { type: "coded", codes: Int32Array.from(values, (_, i) => i % 2), levels: ["a", "b"] },
  ];
  return {
    name: "two groups",
    rows,
    columns,
    schema: {
      columns: [schemaOf("x", "decimal"), schemaOf("same", "decimal"), schemaOf("group", "category")],
      dialect: { delimiter: ",", quote: '"', newline: "\n", bom: false, encoding: "utf-8" },
      missingTokens: [""],
    },
  };
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
