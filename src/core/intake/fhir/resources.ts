import { FaultError } from "../../fault.ts";
import type { FileBytes } from "../file.ts";
import { parsedWhole } from "../json/open-json.ts";
import { linesOf, recordsOf } from "../json/open-ndjson.ts";
import { NoJson, parseJson, type Json, type JsonObject } from "../json/parse-json.ts";
import { isObject, memberText } from "./path/items.ts";

/** The resources of a file of FHIR R4, those within others among them. */
export interface FhirResources {
  readonly words: string;
  /** From the first, at each call. */
  each(): AsyncIterable<JsonObject>;
  /** What a reference points to, as "Patient/7", where the file says more than the reference itself. */
  resolve(reference: string, from: JsonObject): string | undefined;
  readonly notes: readonly string[];
}

/** Most bytes of a Bundle, which has to be held whole. */
const LARGEST = 256 * 1024 ** 2;

/** A Bundle of any type, one resource, or lines of resources (Bulk Data). Rejects with FaultError `file-damaged`, `file-refused`, `no-sheet`. */
export async function openResources(file: FileBytes): Promise<FhirResources> {
  return (await inLines(file)) ? linesOfResources(file) : bundled(file);
}

/** The resources of several files, such as those of a Bulk Data export: one file is held at a time. */
export function resourcesOfFiles(files: readonly FileBytes[]): FhirResources {
  let current: FhirResources | undefined;
  return {
    words: `FHIR resources in ${files.length} files`,
    async *each() {
      for (const file of files) {
        current = await openResources(file);
        yield* current.each();
      }
    },
    resolve: (reference, from) => current?.resolve(reference, from),
    notes: [],
  };
}

/** The first line is a resource, and another line follows. */
async function inLines(file: FileBytes): Promise<boolean> {
  let whole = false;
  for await (const line of linesOf(file)) {
    if (line.trim() === "") continue;
    if (whole) return true;
    try {
      whole = isObject(parseJson(line));
    } catch (error) {
      if (!(error instanceof NoJson)) throw error;
      return false;
    }
    if (!whole) return false;
  }
  return false;
}

function linesOfResources(file: FileBytes): FhirResources {
  async function* each(): AsyncGenerator<JsonObject> {
    for await (const record of recordsOf(file)) {
      if (record.get("resourceType") !== "Bundle") yield* withContained(record);
      else for (const { resource } of entriesOf(record)) yield* withContained(resource);
    }
  }
  return { words: "FHIR resources, one a line", each, resolve: containedIn, notes: [] };
}

async function bundled(file: FileBytes): Promise<FhirResources> {
  if (file.size > LARGEST)
    throw new FaultError({
      code: "file-refused",
      file: file.name,
      format: "FHIR",
      reason: "It is larger than 256 MB, and a Bundle has to be held whole.",
      remedy: "Export it as lines of resources (NDJSON, Bulk Data), which are read one after another.",
    });
  const json = await parsedWhole(file);
  const resources = isObject(json) ? bundleOf(json) : undefined;
  if (resources === undefined || resources.entries.length === 0)
    throw new FaultError({ code: "no-sheet", file: file.name, holds: "no FHIR resource" });
  const { entries, addresses, twice } = resources;
  return {
    words: `FHIR ${isObject(json) && json.get("resourceType") === "Bundle" ? "Bundle" : "resource"}`,
    async *each() {
      await Promise.resolve();
      for (const resource of entries) yield* withContained(resource);
    },
    resolve: (reference, from) => addresses.get(reference) ?? containedIn(reference, from),
    notes:
      twice === 0
        ? []
        : [
            `${twice === 1 ? "1 resource stands" : `${twice.toLocaleString("en")} resources stand`} in the Bundle twice; the last of each is taken.`,
          ],
  };
}

interface Bundle {
  readonly entries: readonly JsonObject[];
  /** full address -> "Patient/7" */
  readonly addresses: ReadonlyMap<string, string>;
  readonly twice: number;
}

function bundleOf(json: JsonObject): Bundle | undefined {
  if (typeof json.get("resourceType") !== "string") return undefined;
  if (json.get("resourceType") !== "Bundle") return { entries: [json], addresses: new Map(), twice: 0 };
  const entries: JsonObject[] = [];
  const addresses = new Map<string, string>();
  const places = new Map<string, number>();
  let twice = 0;
  for (const { resource, address } of entriesOf(json)) {
    const name = nameOf(resource);
    if (address !== undefined && name !== undefined) addresses.set(address, name);
    const before = name === undefined ? undefined : places.get(name);
    if (before !== undefined) {
      entries[before] = resource;
      twice++;
      continue;
    }
    if (name !== undefined) places.set(name, entries.length);
    entries.push(resource);
  }
  return { entries, addresses, twice };
}

/** "Patient/7"; undefined where it has no id. */
function nameOf(resource: JsonObject): string | undefined {
  const id = resource.get("id");
  return typeof id === "string" ? `${memberText(resource, "resourceType")}/${id}` : undefined;
}

/** Deepest Bundle within a Bundle. */
const DEEPEST = 5;

function* entriesOf(bundle: JsonObject, depth = 0): Generator<{ resource: JsonObject; address?: string }> {
  const entries = bundle.get("entry") ?? [];
  if (!Array.isArray(entries) || depth > DEEPEST) return;
  for (const entry of entries) {
    const resource: Json | undefined = isObject(entry) ? entry.get("resource") : undefined;
    if (!isObject(entry) || !isObject(resource)) continue;
    const address = entry.get("fullUrl");
    if (resource.get("resourceType") === "Bundle") yield* entriesOf(resource, depth + 1);
    else yield { resource, ...(typeof address === "string" && { address }) };
  }
}

/** A resource, and those it contains, whose ids take in its own: they are known within it alone. */
function* withContained(resource: JsonObject): Generator<JsonObject> {
  yield resource;
  const contained = resource.get("contained");
  if (!Array.isArray(contained)) return;
  for (const inner of contained) {
    const id = isObject(inner) ? inner.get("id") : undefined;
    if (!isObject(inner) || typeof id !== "string") continue;
    yield new Map(inner).set("id", `${memberText(resource, "id")}#${id}`);
  }
}

/** "#p1" points into the resource that it stands in. */
function containedIn(reference: string, from: JsonObject): string | undefined {
  if (!reference.startsWith("#")) return undefined;
  const contained = from.get("contained");
  const inner = Array.isArray(contained)
    ? contained.find((one) => isObject(one) && one.get("id") === reference.slice(1))
    : undefined;
  const type = isObject(inner) ? memberText(inner, "resourceType") : "";
  return type === "" ? undefined : `${type}/${memberText(from, "id")}${reference}`;
}
