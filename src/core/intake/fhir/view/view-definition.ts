import { FaultError } from "../../../fault.ts";
import { isObject } from "../path/items.ts";
import { NoPath, parsePath, type Path } from "../path/parse-path.ts";
import { ExactNumber, NoJson, parseJson, type Json, type JsonObject } from "../../json/parse-json.ts";

/** How resources become rows: SQL on FHIR v2's ViewDefinition, its paths parsed. */
export interface View {
  readonly name: string;
  readonly resource: string;
  readonly constants: ReadonlyMap<string, Json>;
  readonly where: readonly Path[];
  readonly select: readonly Select[];
  /** in their order */
  readonly columns: readonly string[];
}

export interface Select {
  readonly each?: { readonly path: Path; readonly orNull: boolean };
  readonly repeat?: readonly Path[];
  readonly columns: readonly ViewColumn[];
  readonly select: readonly Select[];
  readonly union: readonly Select[];
}

export interface ViewColumn {
  readonly name: string;
  readonly path: Path;
  readonly collection: boolean;
  readonly description?: string;
}

/** What is wrong with a view, in words. */
export class NoView extends Error {}

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const DEEPEST = 20;

/** The view that a JSON text is. Throws FaultError `file-damaged` under the view's own name. */
export function readView(text: string, file: string): View {
  try {
    return viewOf(parseJson(text));
  } catch (error) {
    if (!(error instanceof NoView || error instanceof NoPath || error instanceof NoJson)) throw error;
    const where = error instanceof NoJson ? `On line ${error.line} ` : "";
    throw new FaultError({
      code: "file-damaged",
      file,
      format: "a ViewDefinition",
      reason: `${where}${error.message}.`,
    });
  }
}

/** Throws NoView, NoPath. */
export function viewOf(json: Json): View {
  if (!isObject(json)) throw new NoView("A view is an object");
  const resource = json.get("resource");
  if (typeof resource !== "string") throw new NoView("It does not say of which “resource” it is");
  const selects = listOf(json, "select");
  if (selects.length === 0) throw new NoView("It has no “select”, so no column");
  const select = selects.map((one) => selectOf(one, 0));
  const columns = select.flatMap(columnsOf);
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw new NoView(`It has two columns “${twice}”`);
  const name = json.get("name");
  return {
    name: typeof name === "string" ? name : resource.toLowerCase(),
    resource,
    constants: new Map(listOf(json, "constant").map(constantOf)),
    where: listOf(json, "where").map((one) => pathAt(one, "path")),
    select,
    columns,
  };
}

function constantOf(json: JsonObject): [string, Json] {
  const name = json.get("name");
  if (typeof name !== "string") throw new NoView("A constant has no name");
  for (const [key, value] of json) if (key.startsWith("value") && value !== null) return [name, value];
  throw new NoView(`The constant “${name}” has no value`);
}

function selectOf(json: JsonObject, depth: number): Select {
  if (depth > DEEPEST) throw new NoView("It is nested too deeply");
  const each = json.has("forEach") ? "forEach" : json.has("forEachOrNull") ? "forEachOrNull" : undefined;
  const repeat = json.get("repeat");
  const union = listOf(json, "unionAll").map((one) => selectOf(one, depth + 1));
  const [first, ...others] = union.map((one) => columnsOf(one).join("\n"));
  if (others.some((columns) => columns !== first))
    throw new NoView("The parts of a “unionAll” do not have the same columns in the same order");
  return {
    ...(each !== undefined && { each: { path: pathAt(json, each), orNull: each === "forEachOrNull" } }),
    ...(repeat !== undefined && { repeat: repeatOf(repeat) }),
    columns: listOf(json, "column").map(columnOf),
    select: listOf(json, "select").map((one) => selectOf(one, depth + 1)),
    union,
  };
}

function repeatOf(json: Json): Path[] {
  if (!Array.isArray(json) || json.length === 0) throw new NoView("“repeat” needs a list of paths");
  return json.map((one) => {
    if (typeof one !== "string") throw new NoView("“repeat” needs a list of paths");
    return parsePath(one);
  });
}

function columnOf(json: JsonObject): ViewColumn {
  const name = json.get("name");
  if (typeof name !== "string" || !NAME.test(name))
    throw new NoView("A column's name must begin with a letter and have letters, digits and _ only");
  const description = json.get("description");
  return {
    name,
    path: pathAt(json, "path"),
    collection: json.get("collection") === true,
    ...(typeof description === "string" && { description }),
  };
}

function pathAt(json: JsonObject, key: string): Path {
  const text = json.get(key);
  if (typeof text !== "string") throw new NoView(`“${key}” must be a path`);
  return parsePath(text);
}

function listOf(json: JsonObject, key: string): JsonObject[] {
  const list = json.get(key);
  if (list === undefined) return [];
  if (!Array.isArray(list) || !list.every(isObject)) throw new NoView(`“${key}” must be a list of objects`);
  return list as JsonObject[];
}

/** Names of the columns of a select, in their order. */
export function columnsOf({ columns, select, union }: Select): string[] {
  const [first] = union;
  return [
    ...columns.map(({ name }) => name),
    ...select.flatMap(columnsOf),
    ...(first ? columnsOf(first) : []),
  ];
}

/** A JSON module as `parseJson` would have read its text. */
export function asJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value === "object" && value !== null && !(value instanceof ExactNumber))
    return new Map(Object.entries(value).map(([key, member]) => [key, asJson(member)]));
  return value as Json;
}
