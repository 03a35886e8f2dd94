import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Z95 } from "../../math/intervals.ts";
import { createRng } from "../../math/rng.ts";
import { judge } from "./judge.ts";
import { lossOfLooks, lookRows, reachOf, typicalDifference } from "./worst-look.ts";

/** Made by fixtures/notice.py with scipy: looks, Bonferroni's quantile for them, the quantile judged at. */
const { bonferroni } = JSON.parse(
  readFileSync(new URL("../fixtures/notice.json", import.meta.url), "utf8"),
) as { bonferroni: [number, number, number][] };

const look = (name: string, effect: number, error = 1) => ({ name, effect, error });
const average = { value: 0.1, high: 0.4 };

describe("many looks", () => {
  it.each(bonferroni)(
    "%d looks reach as far as Bonferroni asks once judged, never less than 95%",
    (looks, own, judged) => {
      expect(reachOf(looks)).toBeCloseTo(Z95 * Math.max(1, own / judged), 5);
    },
  );

  it("one place that is off for certain is the loss; else the average is", () => {
    const off = lossOfLooks([look("a", 0.2), look("b", 9), look("c", 1)], 0.5, average);
    expect(off.found.map(({ name }) => name)).toEqual(["b"]);
    expect(off.loss).toEqual({ value: 9, interval: { low: 9 - reachOf(3), high: 9 + reachOf(3) } });
    expect(judge(off.loss, 0.5, 25).verdict).toBe("much-worse");
    const fine = lossOfLooks([look("a", 0.2), look("b", 2.5), look("c", 1)], 0.5, average);
    expect(fine.found).toEqual([]);
    expect(fine.loss.value).toBe(0.1);
    expect(fine.loss.interval.high).toBe(0.4);
    expect(judge(fine.loss, 0.5, 25)).toMatchObject({ verdict: "good" });
    expect(judge(fine.loss, 0.5, 25).judgement.seen).toBeGreaterThan(2.5);
  });

  it("is silent in at least 95% of draws in which every look is off by just the margin", () => {
    const rng = createRng(5);
    let worse = 0;
    for (let draw = 0; draw < 2000; draw++) {
      const looks = Array.from({ length: 40 }, (_, i) => look(String(i), 1 + rng.normal()));
      const { loss } = lossOfLooks(looks, 1, typicalDifference(looks, 40));
      if (/worse/.test(judge(loss, 1, 25).verdict)) worse++;
    }
    expect(worse / 2000).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 2000));
    expect(worse).toBeGreaterThan(20);
  });

  it("the typical difference has the noise taken off, and its bound holds in about 95% of draws", () => {
    const rng = createRng(6);
    let within = 0;
    let sum = 0;
    for (let draw = 0; draw < 500; draw++) {
      const looks = Array.from({ length: 50 }, (_, i) => look(String(i), 0.8 + rng.normal()));
      const { value, high } = typicalDifference(looks, 50);
      sum += value ** 2 / 500;
      if (high >= 0.8) within++;
    }
    expect(Math.sqrt(sum)).toBeCloseTo(0.8, 1);
    expect(within).toBeGreaterThan(460);
  });

  it("lists each column once, the furthest beyond its margin first", () => {
    const looks = [look("a", 1), look("b", 20), look("a", 12), look("b", 2)];
    const { ranked, found } = lossOfLooks(looks, 1, average);
    expect(lookRows(ranked, found, 1)).toEqual([
      { name: "b", value: 20, noise: 20, verdict: "much-worse" },
      { name: "a", value: 12, noise: 12, verdict: "much-worse" },
    ]);
  });
});
