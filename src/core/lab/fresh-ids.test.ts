import { describe, expect, it } from "vitest";
import { UUID_FORM } from "../table/identifiers/id-form.ts";
import { FreshIds } from "./fresh-ids.ts";

const taken = (
  form: string,
  count: number,
  real: readonly string[] = [],
  seed = 1,
  wholeNumber = false,
): string[] => {
  const ids = new FreshIds(form, { seed, real: new Set(real), wholeNumber });
  return Array.from({ length: count }, () => ids.take());
};

describe("fresh ids", () => {
  it("are all different, in the form, and repeat from their seed", () => {
    const ids = taken("P-99999", 3000);
    expect(new Set(ids).size).toBe(3000);
    expect(ids.every((id) => /^P-\d{5}$/.test(id))).toBe(true);
    expect(taken("P-99999", 10)).toEqual(ids.slice(0, 10));
    expect(taken("P-99999", 10, [], 2)).not.toEqual(ids.slice(0, 10));
  });

  it("are never real ones, and others stay as they were", () => {
    const free = taken("9999", 400);
    const real = free.slice(0, 50);
    const ids = taken("9999", 400, real);
    expect(ids.some((id) => real.includes(id))).toBe(false);
    expect(ids.slice(50)).toEqual(free.slice(50));
    expect(new Set(ids).size).toBe(400);
  });

  it("get a digit more where their form is used up", () => {
    const ids = taken(
      "99",
      500,
      Array.from({ length: 100 }, (_, i) => String(i).padStart(2, "0")),
    );
    expect(new Set(ids).size).toBe(500);
    expect(ids.every((id) => /^\d{3,4}$/.test(id))).toBe(true);
  });

  it("begin with no 0 where they are numbers, and are uuids of version 4", () => {
    expect(taken("999999", 500, [], 1, true).every((id) => /^[1-9]\d{5}$/.test(id))).toBe(true);
    const uuids = taken(UUID_FORM, 500);
    expect(new Set(uuids).size).toBe(500);
    expect(
      uuids.every((id) => /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id)),
    ).toBe(true);
  });
});
