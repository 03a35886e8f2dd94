import { describe, expect, it } from "vitest";
import { ordinalOrder } from "./ordinal-order.ts";

describe("levels that stand in an order of their own", () => {
  it.each([
    ["Roman numerals", "II IV I III", "I II III IV"],
    ["parts of a stage", "IIIb IIIa IIa I", "I IIa IIIa IIIb"],
    ["tumour stages", "T3 T1a T4 T1b", "T1a T1b T3 T4"],
    ["pluses", "+++ + ++", "+ ++ +++"],
    ["English", "moderate none severe mild", "none mild moderate severe"],
    ["German", "hochgradig leichtgradig mittelgradig", "leichtgradig mittelgradig hochgradig"],
    ["French", "jamais toujours parfois souvent", "jamais parfois souvent toujours"],
    ["Spanish", "grave leve moderado", "leve moderado grave"],
    ["Italian", "alto basso medio", "basso medio alto"],
    ["case", "High LOW Medium", "LOW Medium High"],
    ["ages", "60+ 18-39 <18 40-59", "<18 18-39 40-59 60+"],
    ["what lies outside comes last", "unknown high low medium", "low medium high unknown"],
  ])("%s", (_what, given, expected) => {
    expect(ordinalOrder(given.split(" "))).toEqual(expected.split(" "));
  });

  it("are told with their word or their code before them", () => {
    expect(ordinalOrder(["Stage III", "Stage I", "Stage II"])).toEqual(["Stage I", "Stage II", "Stage III"]);
    expect(ordinalOrder(["NYHA 3", "NYHA 1", "NYHA 2"])).toEqual(["NYHA 1", "NYHA 2", "NYHA 3"]);
    expect(ordinalOrder(["3 - severe", "1 - mild", "2 - moderate"])?.[0]).toBe("1 - mild");
    expect(ordinalOrder(["strongly agree", "neutral", "disagree", "agree"])?.at(-1)).toBe("strongly agree");
  });

  it.each([
    "A B AB O",
    "Ward1 Ward2 Ward3",
    "red car mild",
    "surgery medicine ICU",
    "I V X",
    "yes no",
    "1 2 3 4",
    "mild severe",
  ])("%s are in none", (given) => expect(ordinalOrder(given.split(" "))).toBeUndefined());
});
