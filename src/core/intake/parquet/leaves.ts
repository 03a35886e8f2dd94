import type { SchemaElement, SchemaTree } from "hyparquet";
import { sortOf, type LeafSort } from "./leaf-text.ts";

/** A column of the table that a leaf of the schema makes. */
export interface Leaf {
  readonly name: string;
  /** names from the top, the leaf's own last */
  readonly path: readonly string[];
  /** the place of its top column among these */
  readonly top: number;
  readonly element: SchemaElement;
  readonly sort: LeafSort;
}

export interface Leaves {
  readonly leaves: readonly Leaf[];
  /** what cannot be columns, with the reason */
  readonly aside: readonly { readonly name: string; readonly why: string }[];
}

/** The columns of a schema: structs are flattened, lists and maps are no columns. */
export function leavesOf(root: SchemaTree): Leaves {
  const leaves: Leaf[] = [];
  const aside: { name: string; why: string }[] = [];
  const taken = new Set<string>();
  const visit = (node: SchemaTree, path: readonly string[], top: number): void => {
    const { element, children } = node;
    const here = [...path, element.name];
    const shown = here.join(".");
    const converted = element.converted_type;
    if (element.repetition_type === "REPEATED" || converted === "LIST")
      aside.push({ name: shown, why: "lists" });
    else if (converted === "MAP" || converted === "MAP_KEY_VALUE") aside.push({ name: shown, why: "maps" });
    else if (element.logical_type?.type === "VARIANT") aside.push({ name: shown, why: "values of any form" });
    else if (children.length > 0) for (const child of children) visit(child, here, top);
    else {
      const sort = sortOf(element);
      if (sort === undefined) aside.push({ name: shown, why: "values that are no text, number or date" });
      else leaves.push({ name: fresh(taken, shown), path: here, top, element, sort });
    }
  };
  root.children.forEach((child, top) => visit(child, [], top));
  return { leaves, aside };
}

function fresh(taken: Set<string>, wish: string): string {
  let name = wish;
  for (let n = 2; taken.has(name); n++) name = `${wish}_${n}`;
  taken.add(name);
  return name;
}
