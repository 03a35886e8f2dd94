import {
  isObject,
  isOfType,
  membersOf,
  numberOf,
  PathFails,
  textOf,
  type Item,
  type PathContext,
} from "./items.ts";
import type { Path } from "./parse-path.ts";

type Call = Extract<Path, { is: "call" }>;
type Follow = (path: Path, focus: readonly Item[], context: PathContext) => readonly Item[];

interface Calling {
  readonly focus: readonly Item[];
  readonly args: readonly Path[];
  readonly context: PathContext;
  /** An argument, followed from the items before the dot, or from one of them. */
  readonly follow: (path: Path, from?: readonly Item[]) => readonly Item[];
}

const yes = (value: boolean): readonly Item[] => [{ value }];
const text = (value: string): readonly Item[] => [{ value }];

/** The functions that views may use, by name. */
type PathFunction = (calling: Calling) => readonly Item[];

const NAMED: Readonly<Record<string, PathFunction>> = {
  where: ({ focus, args, follow }) =>
    focus.filter((item) => {
      const [met] = follow(needed(args, 0, "where"), [item]);
      if (met !== undefined && typeof met.value !== "boolean")
        throw new PathFails("“where” asks for what is neither true nor false");
      return met?.value === true;
    }),
  select: ({ focus, args, follow }) => focus.flatMap((item) => follow(needed(args, 0, "select"), [item])),
  exists: ({ focus, args, follow }) => {
    const [condition] = args;
    if (condition === undefined) return yes(focus.length > 0);
    return yes(focus.some((item) => follow(condition, [item])[0]?.value === true));
  },
  empty: ({ focus }) => yes(focus.length === 0),
  not: ({ focus }) => {
    const [item] = focus;
    if (item === undefined) return [];
    return yes(!(typeof item.value === "boolean" ? item.value : true));
  },
  count: ({ focus }) => [{ value: focus.length }],
  first: ({ focus }) => focus.slice(0, 1),
  last: ({ focus }) => focus.slice(-1),
  ofType: ({ focus, args }) => {
    const type = typeName(needed(args, 0, "ofType"));
    return focus.filter((item) => isOfType(item, type));
  },
  join: ({ focus, args, follow }) => {
    const [between] = args[0] === undefined ? [] : follow(args[0]);
    const parts = focus.flatMap((item) => textOf(item) ?? []);
    return text(parts.join((between && textOf(between)) ?? ""));
  },
  extension: ({ focus, args, follow }) => {
    const [url] = follow(needed(args, 0, "extension"));
    return focus
      .flatMap((item) => membersOf(item, "extension"))
      .filter(({ value }) => isObject(value) && value.get("url") === url?.value);
  },
  iif: ({ focus, args, follow }) => {
    const met = follow(needed(args, 0, "iif"), focus)[0]?.value === true;
    const chosen = met ? needed(args, 1, "iif") : args[2];
    return chosen === undefined ? [] : follow(chosen, focus);
  },
  startsWith: ({ focus, args, follow }) => {
    const [item] = focus;
    const [start] = follow(needed(args, 0, "startsWith"));
    if (item === undefined || start === undefined) return [];
    return yes(String(textOf(item)).startsWith(String(textOf(start))));
  },
  getResourceKey: ({ focus }) =>
    focus.flatMap(({ value }) =>
      isObject(value) && typeof value.get("id") === "string" ? text(value.get("id") as string) : [],
    ),
  getReferenceKey: ({ focus, args, context }) => {
    const type = args[0] === undefined ? undefined : typeName(args[0]);
    return focus.flatMap((item) => referenceKey(item, type, context));
  },
};

const FUNCTIONS: ReadonlyMap<string, PathFunction> = new Map([
  ...Object.entries(NAMED),
  ["toString", ({ focus }) => focus.slice(0, 1).flatMap((item) => asText(item))],
]);

const asText = (item: Item): readonly Item[] => {
  const found = textOf(item);
  return found === undefined ? [] : text(found);
};

/** A function on what stands before its dot. Throws PathFails. */
export function callOn(
  focus: readonly Item[],
  { name, args }: Call,
  context: PathContext,
  followPath: Follow,
): readonly Item[] {
  const made = FUNCTIONS.get(name);
  if (made === undefined)
    throw new PathFails(`There is no function “${name}” here. Known are ${[...FUNCTIONS.keys()].join(", ")}`);
  const follow: Calling["follow"] = (path, from = focus) => followPath(path, from, context);
  return made({ focus, args, context, follow });
}

function needed(args: readonly Path[], at: number, name: string): Path {
  const arg = args[at];
  if (arg === undefined) throw new PathFails(`“${name}” needs something between its parentheses`);
  return arg;
}

function typeName(path: Path): string {
  if (path.is === "literal") return String(path.value);
  if (path.is === "member") return path.of === undefined ? path.name : `${typeName(path.of)}.${path.name}`;
  throw new PathFails("a type's name is missing between parentheses");
}

/** "7" for a reference to "Patient/7", whatever stands before it; nothing for one of another type. */
function referenceKey(
  item: Item,
  type: string | undefined,
  { resource, resolve }: PathContext,
): readonly Item[] {
  const [found] = isObject(item.value) ? membersOf(item, "reference") : [item];
  const reference = found && textOf(found);
  if (reference === undefined || numberOf(found as Item) !== undefined) return [];
  const target = (resolve?.(reference, resource) ?? reference).replace(/\/_history\/[^/]*$/, "");
  const parts = target.split("/");
  const key = (parts.at(-1) as string).replace(/^urn:(uuid|oid):/, "");
  const [of] = parts.slice(-2);
  if (key === "" || key.includes("?")) return [];
  return type !== undefined && parts.length > 1 && of !== type ? [] : text(key);
}
