import { callOn } from "./functions.ts";
import { membersOf, numberOf, PathFails, sameItem, textOf, type Item, type PathContext } from "./items.ts";
import type { Path } from "./parse-path.ts";

const EMPTY: readonly Item[] = [];

/** The values that `path` leads to from `focus`. Throws PathFails. */
export function followPath(path: Path, focus: readonly Item[], context: PathContext): readonly Item[] {
  switch (path.is) {
    case "this":
      return focus;
    case "literal":
      return [{ value: path.value }];
    case "constant":
      return constantOf(path.name, context);
    case "member":
      return memberOf(path, focus, context);
    case "index": {
      const at = numberAt(followPath(path.at, focus, context));
      const item = at === undefined ? undefined : followPath(path.of, focus, context)[at];
      return item === undefined ? EMPTY : [item];
    }
    case "call": {
      const on = path.of === undefined ? focus : followPath(path.of, focus, context);
      return callOn(on, path, context, followPath);
    }
    case "operation":
      return operation(path, focus, context);
  }
}

function memberOf(
  path: Path & { is: "member" },
  focus: readonly Item[],
  context: PathContext,
): readonly Item[] {
  if (path.of !== undefined)
    return followPath(path.of, focus, context).flatMap((item) => membersOf(item, path.name));
  const [first] = focus;
  const resource = first !== undefined && first.value === context.resource;
  if (resource && context.resource.get("resourceType") === path.name) return focus;
  return focus.flatMap((item) => membersOf(item, path.name));
}

function constantOf(name: string, { constants, rowIndex, resource }: PathContext): readonly Item[] {
  if (name === "rowIndex") return [{ value: rowIndex }];
  if (name === "resource" || name === "context" || name === "rootResource") return [{ value: resource }];
  const constant = constants.get(name);
  if (constant === undefined) throw new PathFails(`“%${name}” is not defined`);
  return constant;
}

function numberAt(items: readonly Item[]): number | undefined {
  const [item] = items;
  return item === undefined ? undefined : numberOf(item);
}

/** One item of a collection; undefined for none. Throws PathFails for several. */
export function single(items: readonly Item[], what: string): Item | undefined {
  if (items.length > 1) throw new PathFails(`${what} has ${items.length} values where one is needed`);
  return items[0];
}

/** true, false or undefined for nothing; a single value that is no truth value counts as true. */
export function truthOf(items: readonly Item[], what: string): boolean | undefined {
  const item = single(items, what);
  if (item === undefined) return undefined;
  return typeof item.value === "boolean" ? item.value : true;
}

const truth = (value: boolean | undefined): readonly Item[] => (value === undefined ? EMPTY : [{ value }]);

function operation(
  { sign, left, right }: Path & { is: "operation" },
  focus: readonly Item[],
  context: PathContext,
): readonly Item[] {
  const one = followPath(left, focus, context);
  if (sign === "and" || sign === "or" || sign === "xor" || sign === "implies") {
    const other = (): boolean | undefined =>
      truthOf(followPath(right, focus, context), `a side of “${sign}”`);
    return truth(logic(sign, truthOf(one, `a side of “${sign}”`), other));
  }
  const other = followPath(right, focus, context);
  if (sign === "|") return distinct([...one, ...other]);
  if (sign === "&") return [{ value: joinedText(one) + joinedText(other) }];
  if (one.length === 0 || other.length === 0) return EMPTY;
  if (sign === "=" || sign === "!=") {
    const same = one.length === other.length && one.every((item, i) => sameItem(item, other[i] as Item));
    return truth(same === (sign === "="));
  }
  const [a, b] = [single(one, `a side of “${sign}”`), single(other, `a side of “${sign}”`)] as [Item, Item];
  return ["<", "<=", ">", ">="].includes(sign) ? truth(compared(sign, a, b)) : arithmetic(sign, a, b);
}

/** Kleene's logic: nothing is neither true nor false. */
function logic(
  sign: "and" | "or" | "xor" | "implies",
  one: boolean | undefined,
  right: () => boolean | undefined,
): boolean | undefined {
  if (sign === "and" && one === false) return false;
  if (sign === "or" && one === true) return true;
  if (sign === "implies" && one === false) return true;
  const other = right();
  if (sign === "and")
    return other === false ? false : one === undefined || other === undefined ? undefined : true;
  if (sign === "or")
    return other === true ? true : one === undefined || other === undefined ? undefined : false;
  if (sign === "implies") return other === true ? true : one === undefined ? undefined : other;
  return one === undefined || other === undefined ? undefined : one !== other;
}

const joinedText = (items: readonly Item[]): string => {
  const item = single(items, "a side of “&”");
  return item === undefined ? "" : (textOf(item) ?? "");
};

function distinct(items: readonly Item[]): Item[] {
  return items.filter((item, i) => items.findIndex((other) => sameItem(item, other)) === i);
}

function compared(sign: string, a: Item, b: Item): boolean {
  const [x, y] = [numberOf(a) ?? textOf(a), numberOf(b) ?? textOf(b)];
  if (x === undefined || y === undefined || typeof x !== typeof y)
    throw new PathFails(`“${sign}” compares values of different kinds`);
  if (sign === "<") return x < y;
  if (sign === "<=") return x <= y;
  return sign === ">" ? x > y : x >= y;
}

function arithmetic(sign: string, a: Item, b: Item): readonly Item[] {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (sign === "+" && typeof a.value === "string" && typeof b.value === "string")
    return [{ value: a.value + b.value }];
  if (x === undefined || y === undefined) throw new PathFails(`“${sign}” needs numbers`);
  if (y === 0 && ["/", "div", "mod"].includes(sign)) return EMPTY;
  const results: Readonly<Record<string, () => number>> = {
    "+": () => x + y,
    "-": () => x - y,
    "*": () => x * y,
    "/": () => x / y,
    div: () => Math.trunc(x / y),
    mod: () => x % y,
  };
  return [{ value: results[sign]?.() ?? NaN }];
}
