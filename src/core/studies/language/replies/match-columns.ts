import { namedQuantity } from "../../../clinic/ranges/quantity-names.ts";
import { namesAge, namesOutcome } from "../../../table/column-names.ts";
import type { ColumnSchema } from "../../../table/table.ts";

/** Which column each name of a reply is; undefined: none of them. */
export interface HeaderMatch {
  readonly columns: readonly (number | undefined)[];
  /** names that are written otherwise: “Herzfrequenz” for heartrate */
  readonly renamed: readonly { readonly name: string; readonly written: string }[];
  /** matched by where they stand alone */
  readonly byPlace: boolean;
}

const SEX = new Set(
  "sex gender geschlecht sexe sexo sesso genre genero género genere geslacht kön".split(" "),
);
const NUMBERING =
  /^(|#|n°|nr\.?|no\.?|num(ber)?|row|row ?(no|nr|number|id)?|index|idx|lfd\.? ?nr\.?|zeile|id|patient|patient ?(id|no|nr|number)|patient_id|record|record_id|case|case_id|subject|subject_id|unnamed: 0)$/i;
const MOST_REMEMBERED = 5_000;

/** A name without units in brackets, case and signs: "Heart Rate (bpm)" -> "heartrate". */
const squeezed = (name: string): string =>
  name
    .replace(/[([{][^)\]}]*[)\]}]/g, " ")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** What a name can be known by, the surest first. */
function keysOf(name: string): string[] {
  const plain = name.replace(/[([{][^)\]}]*[)\]}]/g, " ").trim();
  const quantity = namedQuantity(plain);
  const words = plain.toLowerCase().split(/[^\p{L}]+/u);
  return [
    `= ${squeezed(name)}`,
    ...(quantity
      ? [`quantity ${quantity.quantity.name} ${quantity.beside}`, `quantity ${quantity.quantity.name}`]
      : []),
    ...(words.some((word) => SEX.has(word)) ? ["sex"] : []),
    ...(namesAge(plain) ? ["age"] : []),
    ...(namesOutcome(plain) ? ["outcome"] : []),
  ];
}

/** Finds columns by names as language models write them. */
export class ColumnNames {
  readonly columns: readonly ColumnSchema[];
  private readonly byKey = new Map<string, number | undefined>();
  private readonly squeezed: readonly string[];
  private readonly remembered = new Map<string, readonly string[]>();

  constructor(columns: readonly ColumnSchema[]) {
    this.columns = columns;
    this.squeezed = columns.map(({ name }) => squeezed(name));
    columns.forEach(({ name, label, quantity }, i) => {
      const keys = new Set([
        ...keysOf(name),
        `= column${i + 1}`,
        ...(label ? [`= ${squeezed(label)}`] : []),
        ...(quantity?.of ? [`quantity ${quantity.of}`] : []),
      ]);
      for (const key of keys) this.byKey.set(key, this.byKey.has(key) ? undefined : i);
    });
  }

  /** How many columns `names` name. */
  count(names: readonly string[]): number {
    const digits = names.filter((name) => /^[-+<>~]?\d/.test(name)).length;
    if (2 * digits >= names.length) return 0;
    const found = new Set<number>();
    for (const name of names) {
      const at = this.sure(name, found);
      if (at !== undefined) found.add(at);
    }
    return found.size;
  }

  match(names: readonly string[]): HeaderMatch {
    const taken = new Set<number>();
    const columns: (number | undefined)[] = names.map(() => undefined);
    const claim = (find: (name: string) => number | undefined): void =>
      names.forEach((name, i) => {
        if (columns[i] !== undefined) return;
        const at = find(name);
        if (at === undefined || taken.has(at)) return;
        columns[i] = at;
        taken.add(at);
      });
    claim((name) => this.indexOf((own) => own === name));
    claim((name) => this.sure(name, taken));
    claim((name) => this.within(name, taken));
    const byPlace = this.place(names, columns, taken);
    const renamed = names.flatMap((written, i) => {
      const at = columns[i];
      const name = at === undefined ? undefined : this.columns[at]?.name;
      return name === undefined || name === written ? [] : [{ name, written }];
    });
    return { columns, renamed, byPlace };
  }

  private indexOf(fits: (name: string) => boolean): number | undefined {
    const at = this.columns.findIndex(({ name }) => fits(name));
    return at < 0 ? undefined : at;
  }

  private sure(name: string, taken: ReadonlySet<number>): number | undefined {
    if (name.length > 80) return undefined;
    let keys = this.remembered.get(name);
    if (keys === undefined) {
      keys = keysOf(name);
      if (this.remembered.size < MOST_REMEMBERED) this.remembered.set(name, keys);
    }
    for (const key of keys) {
      const at = key === "= " ? undefined : this.byKey.get(key);
      if (at !== undefined && !taken.has(at)) return at;
    }
    return undefined;
  }

  /** The one column whose name is in this one, or the other way round. */
  private within(name: string, taken: ReadonlySet<number>): number | undefined {
    const own = squeezed(name);
    if (own.length < 3 || NUMBERING.test(name.trim())) return undefined;
    const found = this.squeezed.flatMap((other, i) =>
      !taken.has(i) && other.length >= 3 && (other.includes(own) || own.includes(other)) ? [i] : [],
    );
    return found.length === 1 ? found[0] : undefined;
  }

  /** What is left over by where it stands, if the names are as many as the columns and none of the others is out of place. */
  private place(names: readonly string[], columns: (number | undefined)[], taken: Set<number>): boolean {
    const extra = names.length - this.columns.length;
    const first = extra === 1 && columns[0] === undefined ? 1 : 0;
    if (extra !== first) return false;
    const inPlace = columns.every((at, i) => at === undefined || at === i - first);
    if (!inPlace) return false;
    let any = false;
    for (let i = first; i < names.length; i++) {
      if (columns[i] !== undefined || taken.has(i - first)) continue;
      columns[i] = i - first;
      any = true;
    }
    return any;
  }
}

/** A name that only numbers the rows. */
export const isNumbering = (name: string): boolean => NUMBERING.test(name.trim());
