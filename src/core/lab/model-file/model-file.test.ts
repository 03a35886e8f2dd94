import fc from "fast-check";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { FaultError, type FaultCode } from "../../fault.ts";
import type { Schema } from "../../table/table.ts";
import { openModelFile, saveModelFile, type TrainedModel } from "./model-file.ts";

const schema: Schema = {
  columns: [
    {
      name: "id",
      kind: "identifier",
      role: "identifier",
      reason: "Each of 300 values occurs once, such as P-77-MARKER.",
      missingToken: "",
    },
    {
      name: "age, größe",
      kind: "decimal",
      role: "feature",
      reason: "Numbers",
      missingToken: "NA",
      number: { decimals: 1, decimalMark: ",", thousandsMark: "", suffix: " a" },
      label: "Age at admission",
      unit: "a",
      measure: "duration",
      limits: [{ text: ">89", value: 90, side: "above" }],
      fresh: "P-99",
      quantity: { of: "Age", unit: "years" },
    },
    {
      name: "constructor",
      kind: "category",
      role: "target",
      reason: "",
      missingToken: "?",
      measure: "code",
      system: "ICD-10",
      valueLabels: [{ code: "1", label: "yes" }],
      storedAs: "F8.0",
    },
    {
      name: "onset",
      kind: "datetime",
      role: "omit",
      reason: "",
      missingToken: "",
      date: {
        pattern: "D. MMM YYTHH:mmZZ",
        exact: false,
        others: ["DD.MM.YY"],
        coarser: [{ pattern: "MMM YY", others: ["MM.YY"], share: 0.25 }],
        months: Array.from({ length: 12 }, (_, i) => `m${i}`),
        latestYear: 2021,
        offsets: Array.from({ length: 12 }, (_, i) => (i > 2 && i < 10 ? "+02:00" : "+01:00")),
      },
    },
    {
      name: "stay",
      kind: "integer",
      role: "omit",
      reason: "",
      missingToken: "",
      number: { decimals: 0, decimalMark: ".", thousandsMark: "", clock: "H:mm" },
    },
  ],
  dialect: { delimiter: ";", quote: '"', newline: "\r\n", bom: true, encoding: "utf-8" },
  missingTokens: ["", "NA", "?"],
};

const model: TrainedModel = {
  artifact: {
    synthesizer: "vae",
    version: 3,
    params: { epochs: 5, "learning-rate": 0.002, early: true },
    state: { codec: { levels: ["a", "b"], constructor: [1, 2] }, knots: [0.1, 1 / 3, 2 ** -40] },
    tensors: [
      { name: "decoder/0/weight", shape: [2, 3], data: Float32Array.of(1, -2.5, 3e-30, 0, 5, 6) },
      { name: "größe", shape: [], data: Float32Array.of(7) },
      { name: "empty", shape: [0, 4], data: new Float32Array(0) },
    ],
  },
  schema,
  filling: ["id-text", "learned", "learned", "empty", "empty"],
  facts: {
    table: "heart.csv",
    synthesizer: "vae",
    synthesizerName: "VAE",
    params: { epochs: 5 },
    seed: 7,
    device: "wasm",
    seconds: 1.5,
    finishedAt: "2026-01-02T03:04:05.000Z",
  },
};

function codeOf(bytes: Uint8Array): FaultCode {
  try {
    openModelFile(bytes);
  } catch (error) {
    if (error instanceof FaultError) return error.fault.code;
    throw error;
  }
  throw new Error("The file was opened.");
}

/** The file with its manifest's text changed; sizes and checksums fit. */
function withManifest(change: (manifest: string) => string): Uint8Array {
  const entries = unzipSync(saveModelFile(model));
  const text = new TextDecoder().decode(entries["manifest.json"]);
  return zipSync({ ...entries, "manifest.json": strToU8(change(text)) });
}

function withWeights(header: string, numbers: number, length = header.length): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + numbers);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(strToU8(header), 8);
  return zipSync({ ...unzipSync(saveModelFile(model)), "weights.safetensors": bytes });
}

describe("a model file", () => {
  test("opens to what was saved, without the reasons that may quote cells", () => {
    const bytes = saveModelFile(model);
    const columns = schema.columns.map((column) => ({ ...column, reason: "" }));
    expect(openModelFile(bytes)).toEqual({ ...model, schema: { ...schema, columns } });
    expect(new TextDecoder("latin1").decode(bytes)).not.toContain("MARKER");
    expect(JSON.stringify(unzipSync(bytes)["manifest.json"])).not.toContain("MARKER");
  });

  test("same model, same bytes; a zip that other tools read; says that it is synthetic", () => {
    expect(saveModelFile(model)).toEqual(saveModelFile(model));
    const manifest = JSON.parse(new TextDecoder().decode(unzipSync(saveModelFile(model))["manifest.json"]));
    expect(manifest.format).toBe("semblance-model");
    expect(manifest.notice).toContain("not real patients");
  });

  test("opens after another tool packed it again, compressed", () => {
    const again = zipSync(unzipSync(saveModelFile(model)), { level: 9 });
    expect(openModelFile(again).artifact).toEqual(model.artifact);
  });

  test("cut anywhere, it is refused in words", () => {
    const bytes = saveModelFile(model);
    for (let length = 0; length < bytes.length; length++)
      expect(codeOf(bytes.slice(0, length))).toBe("model-damaged");
  });

  test("with any bit flipped, it is refused or unchanged in what it says", () => {
    const bytes = saveModelFile(model);
    const whole = openModelFile(bytes);
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const flipped = bytes.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
        try {
          expect(openModelFile(flipped)).toEqual(whole);
        } catch (error) {
          expect(error).toBeInstanceOf(FaultError);
        }
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  test("random bytes are refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (noise, zip) => {
        const bytes = zip ? Uint8Array.of(0x50, 0x4b, 3, 4, ...noise, 0x50, 0x4b, 5, 6, ...noise) : noise;
        expect(codeOf(bytes)).toBe("model-damaged");
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test("random JSON in place of any part of the manifest never gets through unchecked", () => {
    const entries = unzipSync(saveModelFile(model));
    const manifest = JSON.parse(new TextDecoder().decode(entries["manifest.json"])) as Record<
      string,
      unknown
    >;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(manifest)), fc.jsonValue(), (key, value) => {
        const json = JSON.stringify({ ...manifest, [key]: value });
        const bytes = zipSync({ ...entries, "manifest.json": strToU8(json) });
        try {
          const opened = openModelFile(bytes);
          expect(opened.schema.columns.length).toBe(opened.filling.length);
        } catch (error) {
          expect(error).toBeInstanceOf(FaultError);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test("of another version, it says which", () => {
    const bytes = withManifest((text) => text.replace('"version":1', '"version":2'));
    expect(() => openModelFile(bytes)).toThrow("The model file is of version 2.");
  });

  test("does not change a prototype, however the key is written", () => {
    for (const key of ['"__proto__"', '"__\\u0070roto__"']) {
      const bytes = withManifest((text) => text.replace('"state":{', `"state":{${key}:{"polluted":1},`));
      expect(codeOf(bytes)).toBe("model-damaged");
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("cannot choose what stands between cells or around them", () => {
    const dialect = (change: object): Uint8Array => {
      const before = JSON.stringify(schema.dialect);
      return withManifest((text) => text.replace(before, JSON.stringify({ ...schema.dialect, ...change })));
    };
    for (const delimiter of [",", "\t", "|", " "])
      expect(openModelFile(dialect({ delimiter })).schema.dialect.delimiter).toBe(delimiter);
    for (const delimiter of ["", "=", "\n=cmd();", ";=", "\n"])
      expect(codeOf(dialect({ delimiter }))).toBe("model-damaged");
    for (const quote of ["", "=", ";"]) expect(codeOf(dialect({ quote }))).toBe("model-damaged");
    for (const encoding of ["utf-7", "hz-gb-2312"])
      expect(codeOf(dialect({ encoding }))).toBe("model-damaged");
  });

  test("nested a million deep, it is refused", () => {
    const deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
    expect(codeOf(withManifest((text) => text.replace('"state":{', `"state":{"deep":${deep},`)))).toBe(
      "model-damaged",
    );
  });
});

describe("sizes are checked before anything is allocated", () => {
  const patched = (change: (view: DataView, entry: number) => void): Uint8Array => {
    const bytes = saveModelFile(model);
    const view = new DataView(bytes.buffer);
    const end = bytes.length - 22;
    change(view, view.getUint32(end + 16, true));
    return bytes;
  };

  test("a manifest that claims 4 GB", () => {
    expect(codeOf(patched((view, entry) => view.setUint32(entry + 24, 0xffffffff, true)))).toBe(
      "model-damaged",
    );
  });

  test("a manifest that claims more than its packed bytes can hold", () => {
    const bytes = patched((view, entry) => view.setUint32(entry + 24, 60 * 1024 * 1024, true));
    expect(() => openModelFile(bytes)).toThrow("which it cannot");
  });

  test("60 MB of zeros under a small declared size", () => {
    const bomb = zipSync({ "manifest.json": new Uint8Array(60_000_000) });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    view.setUint32(view.getUint32(bomb.length - 6, true) + 24, 1000, true);
    expect(codeOf(bomb)).toBe("model-damaged");
  });

  test("a table of contents outside the file, and too many entries", () => {
    const end = (view: DataView): number => view.byteLength - 22;
    expect(codeOf(patched((view) => view.setUint32(end(view) + 16, 0xfffffff0, true)))).toBe("model-damaged");
    expect(codeOf(patched((view) => view.setUint16(end(view) + 10, 60_000, true)))).toBe("model-damaged");
  });

  test("weights whose header is longer than the file, or whose shape is larger than its bytes", () => {
    const entry = (shape: string, offsets: string): string =>
      `{"w":{"dtype":"F32","shape":${shape},"data_offsets":${offsets}}}`;
    expect(codeOf(withWeights("{}", 0, 2 ** 50))).toBe("model-damaged");
    expect(codeOf(withWeights(entry("[1000000,1000000]", "[0,4000000000000]"), 8))).toBe("model-damaged");
    expect(codeOf(withWeights(entry("[4294967296,4294967296]", "[0,0]"), 0))).toBe("model-damaged");
    expect(codeOf(withWeights(entry("[-2]", "[0,8]"), 8))).toBe("model-damaged");
    expect(codeOf(withWeights(entry("[2]", "[8,0]"), 8))).toBe("model-damaged");
    expect(codeOf(withWeights(entry("[1]", "[4,8]"), 8))).toBe("model-damaged");
    expect(codeOf(withWeights(entry("[1.5]", "[0,6]"), 6))).toBe("model-damaged");
    expect(codeOf(withWeights(entry("[1]", "[0,4]"), 8))).toBe("model-damaged");
    expect(codeOf(withWeights("[]", 0))).toBe("model-damaged");
    expect(openModelFile(withWeights(entry("[2]", "[0,8]"), 8)).artifact.tensors).toHaveLength(1);
  });

  test("an entry that no model file has", () => {
    const bytes = zipSync({ ...unzipSync(saveModelFile(model)), "../evil.js": strToU8("1") });
    expect(() => openModelFile(bytes)).toThrow("../evil.js");
  });
});
