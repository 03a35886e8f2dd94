import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rooms, type Room } from "./lint/rooms.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));
const text = readFileSync(`${project}ARCHITECTURE.md`, "utf8");

const nameOf = ({ path, each }: Room): string => (each ? `${path}*/` : path);
const named = new Map(rooms.map((room) => [nameOf(room), room]));
const names = [...named.keys()].toSorted();

/** The rooms that a beginning of paths stands for: those under it, else the one that it lies in. */
function meant(beginning: string): Room[] {
  const under = rooms.filter(({ path }) => path.startsWith(beginning));
  return under.length > 0 ? under : rooms.filter(({ path }) => beginning.startsWith(path)).slice(0, 1);
}

/** `core/` is what stands in no other room of core: nothing, so no arrow leads there. */
const allowed = new Map(
  rooms.map((room) => [
    nameOf(room),
    new Set(
      room.may
        .flatMap(meant)
        .filter((other) => other !== room && other.path !== "core/")
        .map(nameOf),
    ),
  ]),
);

/** The Mermaid block: node -> rooms of its label, and arrows between rooms. */
function picture(): { shown: string[]; arrows: [string, string][] } {
  const block = /```mermaid\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  const labels = new Map<string, string[]>();
  for (const [, node, label] of block.matchAll(/(\w+)\["([^"]+)"\]/g))
    labels.set(node as string, (label as string).split("<br/>"));
  const ends = (side: string): string[] =>
    side.split("&").flatMap((part) => labels.get(part.trim().replace(/\[.*/, "")) ?? [`no node ${part}`]);
  const arrows = block
    .split("\n")
    .filter((line) => line.includes("-->"))
    .flatMap((line) => {
      const [from = "", to = ""] = line.split("-->");
      return ends(from).flatMap((a) => ends(to).map((b): [string, string] => [a, b]));
    });
  return { shown: [...labels.values()].flat(), arrows };
}

/** Where arrows lead from `start`. */
function along(arrows: readonly (readonly [string, string])[], start: string): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [from, to] of arrows) {
      if (from !== at || seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}

/** Backticked paths of each cell, one list a row. */
function importTable(): string[][][] {
  const section = text.slice(text.indexOf("## Who may import whom"));
  return section
    .slice(0, section.indexOf("\n## ", 1))
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, 4)
        .map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path]) => path as string)),
    );
}

describe("ARCHITECTURE.md", () => {
  it("has the lint rule's table, row by row in its order", () => {
    const said = importTable().map(([room, may, types]) => ({ room: room?.[0], may, types }));
    expect(said).toEqual(
      rooms.map((room) => ({ room: nameOf(room), may: [...room.may], types: [...(room.types ?? [])] })),
    );
  });

  it("shows every room in its picture, and no other", () => {
    expect(picture().shown.toSorted()).toEqual(names);
  });

  it("draws no arrow that the lint rule refuses", () => {
    const refused = picture().arrows.filter(([from, to]) => !allowed.get(from)?.has(to));
    expect(refused).toEqual([]);
  });

  it("leads along arrows to everything that a room may import", () => {
    const { arrows } = picture();
    const lost = [...allowed].flatMap(([room, may]) => {
      const reached = along(arrows, room);
      return [...may].filter((other) => !reached.has(other)).map((other) => `${room} to ${other}`);
    });
    expect(lost).toEqual([]);
  });

  it("names rooms that are there", () => {
    expect(rooms.filter(({ path }) => !existsSync(`${project}src/${path}`))).toEqual([]);
  });

  it("links and names only files that are there", () => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path as string);
    const files = [...text.matchAll(/`((?:core|app|worker|cli|offline|doors)\/[\w/.-]+\.tsx?)`/g)].map(
      ([, path]) => `src/${path as string}`,
    );
    const scripts = [...text.matchAll(/`((?:scripts|vite|e2e|bench)\/[\w/.-]+\.\w+)`/g)].map(
      ([, path]) => path as string,
    );
    expect(files.length).toBeGreaterThan(3);
    expect([...links, ...files, ...scripts].filter((path) => !existsSync(`${project}${path}`))).toEqual([]);
  });
});
