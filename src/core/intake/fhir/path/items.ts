import { ExactNumber, type Json, type JsonObject } from "../../json/parse-json.ts";

/** A value that a path leads to; `type`: that of a choice element, "Quantity" for valueQuantity. */
export interface Item {
  readonly value: Exclude<Json, null | Json[]>;
  readonly type?: string;
}

/** What a path is followed in. */
export interface PathContext {
  /** the resource that the view looks at */
  readonly resource: JsonObject;
  readonly constants: ReadonlyMap<string, readonly Item[]>;
  readonly rowIndex: number;
  /** What a reference points to, as "Patient/7", where the file says more than the reference itself. */
  resolve?(reference: string, from: JsonObject): string | undefined;
}

/** A path that asks for what cannot be: another kind of value than it needs, an unknown function. */
export class PathFails extends Error {}

/** FHIR types that a choice element's name can end in (R4, 2.1.0.6). */
const TYPES: ReadonlySet<string> = new Set(
  (
    "Base64Binary Boolean Canonical Code Date DateTime Decimal Id Instant Integer Integer64 Markdown Oid PositiveInt String Time " +
    "UnsignedInt Uri Url Uuid Address Age Annotation Attachment CodeableConcept CodeableReference Coding ContactPoint Count Distance " +
    "Duration HumanName Identifier Money Period Quantity Range Ratio Reference SampledData Signature Timing Dosage Expression"
  ).split(" "),
);

export const isObject = (value: Json | undefined): value is JsonObject => value instanceof Map;

/** What stands under `name`, lists taken apart; a choice element is found by its beginning: value for valueQuantity. */
export function membersOf({ value }: Item, name: string): Item[] {
  if (!isObject(value)) return [];
  const own = value.get(name);
  if (own !== undefined) return itemsOf(own);
  for (const [key, member] of value) {
    const type = key.slice(name.length);
    if (key.startsWith(name) && TYPES.has(type)) return itemsOf(member, type);
  }
  return [];
}

export function itemsOf(json: Json, type?: string): Item[] {
  if (json === null) return [];
  if (Array.isArray(json)) return json.flatMap((one) => itemsOf(one, type));
  return [type === undefined ? { value: json } : { value: json, type }];
}

export const numberOf = ({ value }: Item): number | undefined =>
  typeof value === "number" ? value : value instanceof ExactNumber ? Number(value.text) : undefined;

/** A value as text; undefined for an object. */
export function textOf({ value }: Item): string | undefined {
  if (value instanceof ExactNumber) return value.text;
  return isObject(value) ? undefined : String(value);
}

/** A text member of an object, "" where it has none. */
export function memberText(object: JsonObject, name: string): string {
  const member = object.get(name);
  return typeof member === "string" ? member : "";
}

export function sameItem(a: Item, b: Item): boolean {
  const [one, other] = [numberOf(a), numberOf(b)];
  if (one !== undefined && other !== undefined) return one === other;
  if (isObject(a.value) && isObject(b.value)) return sameObject(a.value, b.value);
  return a.value === b.value;
}

function sameObject(a: JsonObject, b: JsonObject): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([key, value]) => {
    const [one, other] = [itemsOf(value), itemsOf(b.get(key) ?? null)];
    return one.length === other.length && one.every((item, i) => sameItem(item, other[i] as Item));
  });
}

/** Whether an item is of a FHIR type; what no choice element names is told by its value. */
export function isOfType({ value, type }: Item, wanted: string): boolean {
  const name = wanted.replace(/^(FHIR|System)\./, "");
  if (type !== undefined) return type.toLowerCase() === name.toLowerCase();
  if (isObject(value)) {
    const resource = value.get("resourceType");
    return resource === undefined ? TYPES.has(name) : resource === name;
  }
  if (typeof value === "boolean") return name.toLowerCase() === "boolean";
  if (typeof value === "string")
    return (
      TYPES.has(name.charAt(0).toUpperCase() + name.slice(1)) && !/^(boolean|decimal|integer)/i.test(name)
    );
  return /^(decimal|integer|positiveInt|unsignedInt|integer64)$/i.test(name);
}
