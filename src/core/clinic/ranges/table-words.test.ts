import { describe, expect, it } from "vitest";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { matchedColumns } from "./known-quantities.ts";

const VALUES: Readonly<Record<string, number>> = {
  sodium: 139,
  potassium: 4.1,
  creatinine: 0.9,
  haemoglobin: 12.6,
  platelets: 230,
  frailty: 3,
};

/** One column for each of the values, its name made by `name`, its values around `scale` times the value. */
function told(name: (quantity: string) => string, scale = 1): (string | undefined)[] {
  const columns = Object.entries(VALUES).map(([quantity, value]) => {
    const cells = Array.from({ length: 61 }, (_, i) => scale * value * (1 + (i - 30) / 1000));
    return numbers(name(quantity), cells, { kind: "decimal" });
  });
  return matchedColumns([madeTable(columns)]).map(
    ({ match }) => match && `${match.quantity.name}, ${match.sure}`,
  );
}

const known = [
  "Sodium, likely",
  "Potassium, likely",
  "Creatinine, likely",
  "Haemoglobin, likely",
  "Platelets, likely",
  undefined,
];
const none = known.map(() => undefined);

describe("a word that many columns of a table bear", () => {
  it.each([
    ["before the quantity", (quantity: string) => `kz3_${quantity}`],
    ["behind it", (quantity: string) => `${quantity}_rivage`],
    ["run together with it", (quantity: string) => `co${quantity[0]?.toUpperCase()}${quantity.slice(1)}`],
    ["and a unit never make it certain", (quantity: string) => `${quantity} [kz3]`],
  ])("%s is left out", (_, name) => expect(told(name)).toEqual(known));

  it.each(["donor_", "ref_low_", "urine_", "delta_", "target_"])("%s makes something else of it", (word) =>
    expect(told((quantity) => `${word}${quantity}`)).toEqual(none),
  );

  it("is not left out where the values are not as usual: spreads, scores, counts", () => {
    expect(told((quantity) => `${quantity}_spread`, 0.03)).toEqual(none);
    expect(told((quantity) => `${quantity}_events`, 40)).toEqual(none);
  });

  it("is not told by one column or two", () => {
    const cells = Array.from({ length: 61 }, (_, i) => 139 + (i - 30) / 20);
    const [column] = matchedColumns([madeTable([numbers("rivage_sodium", cells, { kind: "decimal" })])]);
    expect(column?.match).toBeUndefined();
  });
});
