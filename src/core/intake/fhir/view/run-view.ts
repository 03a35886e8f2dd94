import type { JsonObject } from "../../json/parse-json.ts";
import { followPath, truthOf } from "../path/follow-path.ts";
import { itemsOf, PathFails, type Item, type PathContext } from "../path/items.ts";
import type { Path } from "../path/parse-path.ts";
import { columnsOf, type Select, type View } from "./view-definition.ts";

/** The values of a row, in the order of the view's columns. */
export type ViewRow = readonly (readonly Item[])[];

export interface ViewOptions {
  readonly resolve?: PathContext["resolve"];
  /** Told of a column with several values that is no collection, and the first is taken; left out: it fails. */
  several?(column: string): void;
}

/** Values that a “repeat” may find in one resource. */
const MOST_REPEATED = 100_000;

/**
 * The rows that a view makes of a resource, none where the resource is another one or does not meet its conditions
 * (SQL on FHIR v2, “Processing model”). Throws PathFails.
 */
export function rowsOf(view: View, resource: JsonObject, options: ViewOptions = {}): ViewRow[] {
  if (resource.get("resourceType") !== view.resource) return [];
  const constants = new Map([...view.constants].map(([name, value]) => [name, itemsOf(value)]));
  const { resolve } = options;
  const context: PathContext = { resource, constants, rowIndex: 0, ...(resolve && { resolve }) };
  const focus: readonly Item[] = [{ value: resource }];
  const met = view.where.every((path) => {
    const found = followPath(path, focus, context);
    if (found.some(({ value }) => typeof value !== "boolean"))
      throw new PathFails("A condition of “where” is neither true nor false");
    return truthOf(found, "a condition of “where”") === true;
  });
  if (!met) return [];
  return crossed(view.select.map((select) => selected(select, focus, context, options)));
}

/** Rows that a view may make of one resource. */
const MOST_ROWS = 200_000;

/** Every row of the one with every row of the other. */
function crossed(parts: readonly ViewRow[][]): ViewRow[] {
  if (parts.reduce((all, { length }) => all * length, 1) > MOST_ROWS)
    throw new PathFails(`The view makes more than ${MOST_ROWS.toLocaleString("en")} rows of one resource`);
  return parts.reduce<ViewRow[]>(
    (rows, part) => rows.flatMap((row) => part.map((more) => [...row, ...more])),
    [[]],
  );
}

function selected(
  select: Select,
  focus: readonly Item[],
  context: PathContext,
  options: ViewOptions,
): ViewRow[] {
  const { each, repeat } = select;
  if (each === undefined && repeat === undefined) return partOf(select, focus, context, options);
  const items =
    repeat === undefined
      ? followPath((each as { path: Path }).path, focus, context)
      : repeated(repeat, focus, context);
  if (items.length === 0) return each?.orNull === true ? partOf(select, [], context, options, true) : [];
  return items.flatMap((item, rowIndex) => partOf(select, [item], { ...context, rowIndex }, options));
}

/** What the paths find, what they find in that, and so on, each before what follows it. */
function repeated(paths: readonly Path[], focus: readonly Item[], context: PathContext): Item[] {
  const found: Item[] = [];
  const look = (from: readonly Item[]): void => {
    for (const path of paths)
      for (const item of followPath(path, from, context)) {
        if (found.length >= MOST_REPEATED) throw new PathFails("“repeat” finds too many values");
        found.push(item);
        look([item]);
      }
  };
  look(focus);
  return found;
}

/** `empty`: every column has nothing, though its path would find something. */
function partOf(
  select: Select,
  focus: readonly Item[],
  context: PathContext,
  options: ViewOptions,
  empty = false,
): ViewRow[] {
  if (empty) {
    const row = columnsOf(select).map((name): readonly Item[] => {
      const index = select.columns.find((column) => column.name === name)?.path;
      return index?.is === "constant" && index.name === "rowIndex" ? [{ value: 0 }] : [];
    });
    return [row];
  }
  const own: ViewRow = select.columns.map(({ name, path, collection }) => {
    const found = followPath(path, focus, context);
    if (found.length < 2 || collection) return found;
    if (options.several === undefined)
      throw new PathFails(`“${name}” has ${found.length} values and is no collection`);
    options.several(name);
    return found.slice(0, 1);
  });
  const parts = select.select.map((one) => selected(one, focus, context, options));
  const union =
    select.union.length === 0 ? [] : [select.union.flatMap((one) => selected(one, focus, context, options))];
  return crossed([[own], ...parts, ...union]);
}
