import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

/** Limits of NEWS2 by sign: up to `low`, or from `high`, and the points that they give. */
export const newsNumbers: readonly SourcedNumber[] = sourced(
  {
    measure: "limit",
    unit: "/min",
    population: "adults in hospital",
    source: "news2-2017",
    how: "stated",
    range: [0, 300],
  },
  [
    ["news.respiratory_rate.low.3", "3 points up to a respiratory rate of", 8],
    ["news.respiratory_rate.low.1", "1 point up to a respiratory rate of", 11],
    ["news.respiratory_rate.high.2", "2 points from a respiratory rate of", 21],
    ["news.respiratory_rate.high.3", "3 points from a respiratory rate of", 25],
    ["news.spo2.low.3", "3 points up to a saturation of", 91, { unit: "%" }],
    ["news.spo2.low.2", "2 points up to a saturation of", 93, { unit: "%" }],
    ["news.spo2.low.1", "1 point up to a saturation of", 95, { unit: "%" }],
    ["news.sbp.low.3", "3 points up to a systolic pressure of", 90, { unit: "mmHg" }],
    ["news.sbp.low.2", "2 points up to a systolic pressure of", 100, { unit: "mmHg" }],
    ["news.sbp.low.1", "1 point up to a systolic pressure of", 110, { unit: "mmHg" }],
    ["news.sbp.high.3", "3 points from a systolic pressure of", 220, { unit: "mmHg" }],
    ["news.heart_rate.low.3", "3 points up to a heart rate of", 40],
    ["news.heart_rate.low.1", "1 point up to a heart rate of", 50],
    ["news.heart_rate.high.1", "1 point from a heart rate of", 91],
    ["news.heart_rate.high.2", "2 points from a heart rate of", 111],
    ["news.heart_rate.high.3", "3 points from a heart rate of", 131],
    ["news.temperature.low.3", "3 points up to a temperature of", 35, { unit: "°C" }],
    ["news.temperature.low.1", "1 point up to a temperature of", 36, { unit: "°C" }],
    ["news.temperature.high.1", "1 point from a temperature of", 38.1, { unit: "°C" }],
    ["news.temperature.high.2", "2 points from a temperature of", 39.1, { unit: "°C" }],
    ["news.consciousness", "Points of those who are not alert", 3, { unit: "points" }],
  ],
);
