import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { PAGES, readResults, withTables } from "../bench/methods-tables.ts";
import { metrics } from "../src/core/metrics/registry.ts";
import { synthesizers } from "../src/core/synthesizers/registry.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const text = readFileSync(`${project}METHODS.md`, "utf8");
const overTime = readFileSync(`${project}METHODS-OVER-TIME.md`, "utf8");
const guarantee = readFileSync(`${project}METHODS-GUARANTEE.md`, "utf8");
const studies = readFileSync(`${project}METHODS-STUDIES.md`, "utf8");
const clinic = readFileSync(`${project}METHODS-CLINIC.md`, "utf8");
const pages = text + overTime + guarantee + studies + clinic;

describe("METHODS.md", () => {
  it.each(Object.keys(PAGES))("%s has the tables that `npm run bench -- methods` writes", async (page) => {
    const written = readFileSync(`${project}${page}`, "utf8");
    expect(written).toBe(await withTables(page, written, await readResults()));
  });

  it("is short enough to be read: 30,000 bytes at most, and 20,000 on a page of its own", () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(30_000);
    for (const page of [overTime, guarantee, studies, clinic])
      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(20_000);
  });

  it.each([...synthesizers, ...metrics].map(({ id }) => id))("says what %s is", (id) => {
    expect(pages).toContain(`\`${id}\``);
  });

  it("names only files that are there", () => {
    const links = [...pages.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path as string);
    const sources = [...pages.matchAll(/`(core\/[^`]+)`/g)].map(([, path]) => `src/${path as string}`);
    expect(sources.length).toBeGreaterThan(5);
    expect([...links, ...sources].filter((path) => !existsSync(`${project}${path}`))).toEqual([]);
  });

  it("stands on a notebook whose index names every note", () => {
    const notes = readdirSync(`${project}bench/notes`).filter((name) => name !== "README.md");
    const index = readFileSync(`${project}bench/notes/README.md`, "utf8");
    const listed = [...index.matchAll(/\]\(([^)/]+\.md)\)/g)].map(([, name]) => name as string);
    expect(listed.toSorted()).toEqual(notes.toSorted());
  });

  it("asks for a marker for each table, and a table for each marker", async () => {
    const results = await readResults();
    const without = text.replace("<!-- table: fidelity -->", "");
    await expect(withTables("METHODS.md", without, results)).rejects.toThrow("there are fidelity");
    const more = `${text}\n<!-- table: new -->\n<!-- end -->\n`;
    await expect(withTables("METHODS.md", more, results)).rejects.toThrow("new");
  });

  it("follows the kept results: another mean is another table", async () => {
    const results = await readResults();
    const kept = results.kept.map((item) => ({
      ...item,
      means:
        item.means?.map((mean) => (mean.design === "vae" ? { ...mean, c2st: [0.999] as const } : mean)) ?? [],
    }));
    const other = await withTables("METHODS.md", text, { ...results, kept });
    expect(other).not.toBe(text);
    expect(other).toContain(".999 / .851");
  });
});
