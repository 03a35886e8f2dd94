import { namesId } from "../../table/column-names.ts";
import { ExactNumber, type Json, type JsonObject } from "./parse-json.ts";

/** Between the parts of a path; no name of a table has it. */
const STEP = "\u0001";

/** What stands at one path of a table's records, over all of them. */
interface Place {
  /** Values that are neither objects nor lists. */
  scalars: number;
  lists: number;
  /** The longest list. */
  longest: number;
  /** It holds objects: they are a table of their own. */
  objects: boolean;
}

/** The records of one table as far as they have been seen. */
interface TableShape {
  readonly places: Map<string, Place>;
  rows: number;
}

/** `key`: it is the key of a table around this one, the outermost being 0. */
interface LaidColumn {
  readonly name: string;
  readonly path: string;
  readonly key?: number;
}

/** A flat record: texts by path. */
type Cells = Map<string, string>;

/** Objects with lists of objects in them, as tables that share a key: first all are seen, then they are written. */
export class Tables {
  private readonly shapes = new Map<string, TableShape>();
  private readonly keys = new Map<string, KeySearch>();
  /** Found once all records have been seen. */
  private readonly layouts = new Map<string, readonly LaidColumn[]>();

  /** Looks at a record of the table `name`. */
  see(record: JsonObject, name = ""): void {
    const shape = this.shapes.get(name) ?? { places: new Map<string, Place>(), rows: 0 };
    this.shapes.set(name, shape);
    shape.rows++;
    const search = this.keys.get(name) ?? new KeySearch();
    this.keys.set(name, search);
    search.see(record);
    this.seeMembers(record, "", shape, name);
  }

  private seeMembers(record: JsonObject, path: string, shape: TableShape, table: string): void {
    for (const [key, value] of record) {
      const here = path === "" ? key : path + STEP + key;
      if (value instanceof Map) {
        this.seeMembers(value, here, shape, table);
        continue;
      }
      const place = shape.places.get(here) ?? { scalars: 0, lists: 0, longest: 0, objects: false };
      shape.places.set(here, place);
      if (!Array.isArray(value)) {
        if (value !== null) place.scalars++;
        continue;
      }
      place.lists++;
      place.longest = Math.max(place.longest, value.length);
      if (value.length === 0 || !value.every((item) => item instanceof Map)) continue;
      place.objects = true;
      for (const item of value) this.see(item as JsonObject, joinedPath(table, here));
    }
  }

  /** The tables, the outermost first: by the path of their lists, "" for the outermost. */
  names(): string[] {
    return [...this.shapes.keys()];
  }

  /** Names of the columns of `table`, the keys of the tables around it first. */
  columns(table: string): { names: string[]; rows: number; notes: string[] } {
    const { places, rows } = this.shapes.get(table) as TableShape;
    const layout = this.layout(table);
    const notes = [...places].flatMap(([path, place]) => noteOf(shown(path), place));
    return { names: layout.map(({ name }) => name), rows, notes };
  }

  /** The records of `table` within an outermost record, in the order of `columns`. */
  *rowsOf(table: string, record: JsonObject, row: number): Generator<string[]> {
    const layout = this.layout(table);
    const { places } = this.shapes.get(table) as TableShape;
    for (const { item, keys } of this.itemsOf(table, "", record, [{ value: this.keyOf("", record, row) }])) {
      const cells: Cells = new Map();
      this.fill(item, "", cells, places);
      yield layout.map((column) =>
        column.key === undefined ? (cells.get(column.path) ?? "") : (keys[column.key]?.value ?? ""),
      );
    }
  }

  private layout(table: string): readonly LaidColumn[] {
    const known = this.layouts.get(table) ?? this.laidOut(table);
    this.layouts.set(table, known);
    return known;
  }

  private laidOut(table: string): readonly LaidColumn[] {
    const taken = new Set<string>();
    const fresh = (wish: string): string => {
      let name = wish;
      for (let n = 2; taken.has(name); n++) name = `${wish}_${n}`;
      taken.add(name);
      return name;
    };
    const { places } = this.shapes.get(table) as TableShape;
    const own = [...places].filter(([, place]) => place.scalars > 0 || place.lists > 0 || !place.objects);
    const columns = own.map(([path, place]) => ({
      name: fresh(shown(path) + (isCounted(place) ? ".count" : "")),
      path,
    }));
    const keys = parentsOf(table).map((parent, key) => {
      const name = this.keys.get(parent)?.name ?? `${parent === "" ? "record" : shown(parent)}_row`;
      return { name: fresh(name), path: "", key };
    });
    return [...keys, ...columns];
  }

  private keyOf(table: string, record: JsonObject, row: number): string {
    const name = this.keys.get(table)?.name;
    return name === undefined ? String(row + 1) : scalarText(record.get(name) ?? null);
  }

  /** The items of the lists that make `table`, each with the keys of what it stands in. */
  private *itemsOf(
    table: string,
    reached: string,
    record: JsonObject,
    keys: readonly { value: string }[],
  ): Generator<{ item: JsonObject; keys: readonly { value: string }[] }> {
    if (table === reached) {
      yield { item: record, keys };
      return;
    }
    const next = nextTable(table, reached, [...this.shapes.keys()]);
    const path = reached === "" ? next : next.slice(reached.length + LIST.length);
    const list = at(record, path);
    if (!Array.isArray(list)) return;
    let row = 0;
    for (const item of list) {
      if (!(item instanceof Map)) continue;
      const key = next === table ? [] : [{ value: this.keyOf(next, item, row) }];
      row++;
      yield* this.itemsOf(table, next, item, [...keys, ...key]);
    }
  }

  private fill(record: JsonObject, path: string, cells: Cells, places: ReadonlyMap<string, Place>): void {
    for (const [key, value] of record) {
      const here = path === "" ? key : path + STEP + key;
      if (value instanceof Map) this.fill(value, here, cells, places);
      else if (!Array.isArray(value)) cells.set(here, scalarText(value));
      else if (isCounted(places.get(here) as Place)) cells.set(here, String(value.length));
      else cells.set(here, scalarText(value[0] ?? null));
    }
  }
}

/** Between the table that a list stands in and the list's path. */
const LIST = "\u0002";
const joinedPath = (table: string, path: string): string => (table === "" ? path : table + LIST + path);

/** The tables around `table`, the outermost first. */
function parentsOf(table: string): string[] {
  if (table === "") return [];
  const parts = table.split(LIST);
  return ["", ...parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join(LIST))];
}

const nextTable = (table: string, reached: string, names: readonly string[]): string =>
  [...parentsOf(table), table].find(
    (name) => name !== "" && name.length > reached.length && names.includes(name),
  ) ?? table;

function at(record: JsonObject, path: string): Json {
  let value: Json = record;
  for (const step of path.split(STEP)) {
    if (!(value instanceof Map)) return null;
    value = value.get(step) ?? null;
  }
  return value;
}

/** A path as a person reads it. */
export const shown = (path: string): string => path.replaceAll(STEP, ".").replaceAll(LIST, ".");

/** Lists are counted unless none has more than one value. */
const isCounted = ({ lists, longest, objects }: Place): boolean => lists > 0 && (objects || longest > 1);

function noteOf(name: string, place: Place): string[] {
  if (!isCounted(place)) return [];
  if (place.objects)
    return [`“${name}” holds tables of its own; here “${name}.count” says how many rows each has.`];
  return [`“${name}” holds lists; “${name}.count” says how many values each has.`];
}

export function scalarText(value: Json): string {
  if (value === null) return "";
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return String(value.length);
  return value instanceof Map ? "" : String(value);
}

/** Finds the member that tells records apart: named like an id and different in each. */
class KeySearch {
  private candidates: Map<string, Set<string>> | undefined;

  see(record: JsonObject): void {
    if (this.candidates === undefined) {
      const names = [...record]
        .filter(([name, value]) => namesId(name) && isScalar(value))
        .map(([name]) => name);
      this.candidates = new Map(names.map((name) => [name, new Set<string>()]));
    }
    for (const [name, seen] of this.candidates) {
      const value = record.get(name) ?? null;
      const text = isScalar(value) ? scalarText(value) : "";
      if (text === "" || seen.has(text)) this.candidates.delete(name);
      else seen.add(text);
    }
  }

  get name(): string | undefined {
    return this.candidates?.keys().next().value;
  }
}

const isScalar = (value: Json): boolean => value !== null && !Array.isArray(value) && !(value instanceof Map);
