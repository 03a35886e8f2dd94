import { describe, expect, it } from "vitest";
import { formApart, idFormOf, placesOf, UUID_FORM } from "./id-form.ts";

const many = (n: number, id: (i: number) => string): string[] => Array.from({ length: n }, (_, i) => id(i));

describe("the form of ids", () => {
  it.each([
    ["zero padded", many(60, (i) => String(1001 + 7 * i).padStart(8, "0")), "00009999"],
    ["with a prefix", many(60, (i) => `P-${20_000 + 977 * i}`), "P-99999"],
    ["with a prefix of signs", many(60, (i) => `PAX9-${20_000 + 977 * i}`), "P\\A\\X\\9-99999"],
    ["whole numbers", many(60, (i) => String(203_515 + 7919 * i)), "999999"],
    ["of which few are longer", [...many(60, (i) => `K${100 + i}`), "K1000"], "K999"],
    ["numbers that became decimals", many(60, (i) => `${10_007 + 1499 * i}.0`), "99999.0"],
    ["uuids", many(30, (i) => `0000000${i % 10}-aaaa-4bbb-8ccc-${String(i).padStart(12, "0")}`), UUID_FORM],
    [
      "digests",
      many(30, (i) => `a${(i * 2_654_435_761).toString(16).padStart(15, "b")}`),
      "xxxxxxxxxxxxxxxx",
    ],
  ])("%s", (_, ids, form) => {
    expect(idFormOf(ids)).toBe(form);
  });

  it("is none of names", () => {
    const names = ["Anna Berger", "Jonas Weber", "Maria Huber", "Paulo Stein", "Helen Koch!", "Klaus Maier"];
    expect(idFormOf(names)).toBeUndefined();
    expect(idFormOf(["QWXKD", "ABRTZ", "LLKPO", "MNBVC", "ZZTRW", "KOLIP"])).toBe("AAAAA");
  });

  it("tells nothing of fewer than five, and keeps no digits that would leave too few to draw", () => {
    expect(idFormOf(["A-1", "A-2", "A-3", "A-4"])).toBeUndefined();
    expect(idFormOf(many(50, (i) => `5162${String(i).padStart(2, "0")}`))).toBe("519999");
    expect(idFormOf(many(50, (i) => `2023${String(i * 19_999).padStart(6, "0")}`))).toBe("2023999999");
  });

  it("is narrowed to ids that nobody has, or gets a digit more", () => {
    const padded = many(60, (i) => String(1001 + 7 * i).padStart(8, "0"));
    expect(formApart("00009999", padded, false)).toBe("0000\\9999");
    const spread = many(60, (i) => String(105_000 + 14_900 * i));
    expect(formApart("999999", spread, true)).toBe("\\9\\99999");
    const dense = many(100, (i) => `P-${String(i).padStart(2, "0")}`);
    expect(formApart("P-99", dense, false)).toBe("P-999");
    const decimals = many(90, (i) => `${10_007 + 1001 * i}.0`);
    expect(formApart("99999.0", decimals, true)).toBe("\\999999.0");
    expect(formApart(UUID_FORM, ["00000000-aaaa-4bbb-8ccc-000000000000"], false)).toBe(UUID_FORM);
  });

  it("has places", () => {
    expect(placesOf("P\\A-9")).toEqual(["P", "A", "-", "0123456789"]);
  });
});
