import known from "./views/known-quantities.json" with { type: "json" };

/** A row of the views “vitals” and “labs”. */
export interface Measured {
  readonly patient: string;
  readonly time: string;
  readonly loinc: string;
  name: string;
  value: string;
  unit: string;
}

interface Quantity {
  readonly name: string;
  /** unit -> what it is multiplied by, from the first one */
  readonly units: ReadonlyMap<string, number>;
}

interface Entry {
  readonly name: string;
  readonly loinc: readonly string[];
  readonly units?: Readonly<Record<string, number | undefined>>;
}

const quantities: ReadonlyMap<string, Quantity> = new Map(
  (known as readonly Entry[]).flatMap(({ name, loinc, units = {} }) => {
    const factors = new Map(Object.entries(units).map(([unit, factor]) => [plainUnit(unit), factor ?? 1]));
    return loinc.map((code) => [code, { name, units: factors }] as const);
  }),
);

/** A unit without what different systems write differently: "µmol/l" is "umol/l". */
function plainUnit(unit: string): string {
  return unit
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[µμ]/g, "u")
    .replace(/[\s{}]/g, "")
    .replace(/^mcg/, "ug");
}

const NUMBER = /^([<>]=?)?(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/**
 * Known quantities by their short names, and in one unit where they come in several whose relation is known: in the one
 * that most of them have. Tells what was converted, one sentence each.
 */
export function inOneUnit(rows: readonly Measured[]): string[] {
  const groups = new Map<string, { quantity: Quantity; rows: Measured[] }>();
  for (const row of rows) {
    const quantity = quantities.get(row.loinc);
    if (quantity === undefined) continue;
    row.name = quantity.name;
    const group = groups.get(quantity.name) ?? { quantity, rows: [] };
    group.rows.push(row);
    groups.set(quantity.name, group);
  }
  return [...groups.values()].flatMap(({ quantity, rows: own }) => converted(quantity, own));
}

function converted({ name, units }: Quantity, rows: readonly Measured[]): string[] {
  const counts = new Map<string, { count: number; written: string; decimals: number }>();
  for (const { unit, value } of rows) {
    const key = plainUnit(unit);
    if (!units.has(key)) continue;
    const of = counts.get(key) ?? { count: 0, written: unit, decimals: 0 };
    const point = value.indexOf(".");
    counts.set(key, {
      count: of.count + 1,
      written: of.written,
      decimals: Math.min(4, Math.max(of.decimals, point < 0 ? 0 : value.length - point - 1)),
    });
  }
  const [main, ...others] = [...counts].sort(([, a], [, b]) => b.count - a.count);
  if (main === undefined || others.length === 0) return [];
  const [mainKey, { written, decimals }] = main;
  const changed = new Map<string, number>();
  for (const row of rows) {
    const key = plainUnit(row.unit);
    const from = units.get(key);
    const [, limit = "", number] = NUMBER.exec(row.value) ?? [];
    if (from === undefined || key === mainKey || number === undefined) continue;
    const factor = (units.get(mainKey) as number) / from;
    row.value = limit + String(Number((Number(number) * factor).toFixed(factor === 1 ? 10 : decimals)));
    changed.set(row.unit, (changed.get(row.unit) ?? 0) + 1);
    row.unit = written;
  }
  return [...changed].map(([unit, count]) => {
    const factor = (units.get(mainKey) as number) / (units.get(plainUnit(unit)) as number);
    return `${name}: ${count.toLocaleString("en")} ${count === 1 ? "value" : "values"} in ${unit} ${count === 1 ? "was" : "were"} converted to ${written} (× ${Number(factor.toPrecision(4))}).`;
  });
}
