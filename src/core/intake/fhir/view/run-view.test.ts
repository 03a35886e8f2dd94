import { describe, expect, it } from "vitest";
import { FaultError } from "../../../fault.ts";
import { parseJson, type JsonObject } from "../../json/parse-json.ts";
import { textOf } from "../path/items.ts";
import { shippedViews } from "../shipped-views.ts";
import { rowsOf, type ViewOptions } from "./run-view.ts";
import { readView, viewOf } from "./view-definition.ts";

const visit = parseJson(`{
  "resourceType": "Encounter", "id": "e1", "status": "finished",
  "type": [{"text": "check"}, {"text": "recall"}],
  "location": [
    {"name": "Ward 1", "bed": [{"nr": "a"}, {"nr": "b"}]},
    {"name": "Ward 2"}
  ]
}`) as JsonObject;

const rows = (select: string, more = "", options: ViewOptions = {}): (string | undefined)[][] =>
  rowsOf(viewOf(parseJson(`{"resource": "Encounter", ${more} "select": ${select}}`)), visit, options).map(
    (row) => row.map((items) => (items.length === 0 ? undefined : items.map(textOf).join("+"))),
  );

const id = `{"column": [{"name": "id", "path": "id"}]}`;

describe("views", () => {
  it("cross the rows of their parts, one row for each value of forEach", () => {
    expect(rows(`[${id}, {"forEach": "location", "column": [{"name": "ward", "path": "name"}]}]`)).toEqual([
      ["e1", "Ward 1"],
      ["e1", "Ward 2"],
    ]);
    const nested = `{"forEach": "location", "column": [{"name": "ward", "path": "name"}], "select": [{"EACH": "bed", "column": [{"name": "bed", "path": "nr"}]}]}`;
    expect(rows(`[${nested.replace("EACH", "forEach")}]`)).toEqual([
      ["Ward 1", "a"],
      ["Ward 1", "b"],
    ]);
    expect(rows(`[${nested.replace("EACH", "forEachOrNull")}]`)).toEqual([
      ["Ward 1", "a"],
      ["Ward 1", "b"],
      ["Ward 2", undefined],
    ]);
  });

  it("put the rows of unionAll one below another", () => {
    const one = `{"forEach": "location", "column": [{"name": "what", "path": "name"}]}`;
    const other = `{"column": [{"name": "what", "path": "status"}]}`;
    expect(rows(`[{"unionAll": [${one}, ${other}]}]`)).toEqual([["Ward 1"], ["Ward 2"], ["finished"]]);
  });

  it("take resources that meet their conditions, with constants", () => {
    const where = (status: string): string =>
      `"constant": [{"name": "s", "valueString": "${status}"}], "where": [{"path": "status = %s"}],`;
    expect(rows(`[${id}]`, where("finished"))).toHaveLength(1);
    expect(rows(`[${id}]`, where("planned"))).toHaveLength(0);
    expect(() => rows(`[${id}]`, `"where": [{"path": "status"}],`)).toThrow(/neither true nor false/);
  });

  it("refuse several values that are no collection, or take the first and tell", () => {
    const select = `[{"column": [{"name": "type", "path": "type.text"}]}]`;
    expect(() => rows(select)).toThrow(/“type” has 2 values/);
    const told: string[] = [];
    expect(rows(select, "", { several: (column) => void told.push(column) })).toEqual([["check"]]);
    expect(told).toEqual(["type"]);
    expect(rows(select.replace(`"path"`, `"collection": true, "path"`))).toEqual([["check+recall"]]);
  });

  it("say what is wrong with themselves", () => {
    const fault = (text: string): string => {
      try {
        readView(text, "mine.json");
      } catch (error) {
        return error instanceof FaultError ? error.message : "no fault";
      }
      return "none";
    };
    expect(fault("{")).toMatch(/mine\.json cannot be read as a ViewDefinition.*line 1/);
    expect(fault("{}")).toMatch(/of which “resource”/);
    expect(fault(`{"resource": "Patient", "select": []}`)).toMatch(/no “select”/);
    expect(fault(`{"resource": "Patient", "select": [{"column": [{"name": "a-b", "path": "id"}]}]}`)).toMatch(
      /must begin with a letter/,
    );
    expect(fault(`{"resource": "Patient", "select": [${id}, ${id}]}`)).toMatch(/two columns “id”/);
    expect(fault(`{"resource": "Patient", "select": [{"column": [{"name": "a", "path": "id."}]}]}`)).toMatch(
      /a name is missing/,
    );
  });

  it("that are shipped can be read", () => {
    expect([...shippedViews.keys()]).toContain("labs");
    for (const { text, view } of shippedViews.values())
      expect(readView(text, "").columns).toEqual(view.columns);
  });
});
