import { describe, expect, it } from "vitest";
import { parseJson, type JsonObject } from "../../json/parse-json.ts";
import { followPath } from "./follow-path.ts";
import { PathFails, textOf } from "./items.ts";
import { NoPath, parsePath } from "./parse-path.ts";

const patient = parseJson(`{
  "resourceType": "Patient", "id": "p7", "active": true,
  "name": [
    {"use": "official", "family": "Ahn", "given": ["Mia", "Lou"]},
    {"use": "maiden", "family": "Berg", "given": ["Mia"]}
  ],
  "multipleBirthInteger": 2,
  "weight": [{"valueQuantity": {"value": 71.50, "unit": "kg", "comparator": "<"}}],
  "generalPractitioner": [{"reference": "Practitioner/d9/_history/3"}, {"reference": "Organization/o1"}],
  "extension": [{"url": "urn:a", "valueCode": "F"}, {"url": "urn:b", "extension": [{"url": "c", "valueString": "x"}]}]
}`) as JsonObject;

const found = (path: string): (string | undefined)[] =>
  followPath(parsePath(path), [{ value: patient }], {
    resource: patient,
    constants: new Map(),
    rowIndex: 3,
  }).map(textOf);

describe("FHIRPath as views need it", () => {
  it.each([
    ["name.family", ["Ahn", "Berg"]],
    ["Patient.name[1].family", ["Berg"]],
    ["name.given.first()", ["Mia"]],
    ["name.where(use = 'maiden').family", ["Berg"]],
    ["name.where(use = 'official' and given.count() > 1).exists()", ["true"]],
    ["name.where(use = 'none').empty()", ["true"]],
    ["name.exists(family = 'Berg')", ["true"]],
    ["name.given.join(', ')", ["Mia, Lou, Mia"]],
    ["multipleBirth.ofType(integer)", ["2"]],
    ["multipleBirth.ofType(boolean)", []],
    ["weight.value.ofType(Quantity).select(comparator & value.toString())", ["<71.50"]],
    ["weight.value.ofType(Quantity).value * 2 + 1", ["144"]],
    ["generalPractitioner.getReferenceKey()", ["d9", "o1"]],
    ["generalPractitioner.getReferenceKey(Organization)", ["o1"]],
    ["getResourceKey()", ["p7"]],
    ["extension('urn:a').value.ofType(code)", ["F"]],
    ["extension('urn:b').extension('c').value", ["x"]],
    ["(name.use | name.given).first()", ["official"]],
    ["iif(active, 'yes', 'no')", ["yes"]],
    ["active.not() or missing", []],
    ["active or missing", ["true"]],
    ["missing = 'a'", []],
    ["%rowIndex", ["3"]],
    ["-2 < 1 and 'b' >= 'a'", ["true"]],
    ["'it\\'s'", ["it's"]],
  ])("%s", (path, values) => {
    expect(found(path)).toEqual(values);
  });

  it("says what is wrong with a path, and where", () => {
    expect(() => parsePath("name.where(use = 'a'")).toThrow(/“\)” is missing at character 21/);
    expect(() => parsePath("@@")).toThrow(NoPath);
    expect(() => parsePath("name..given")).toThrow(/a name is missing at character 6/);
    expect(() => parsePath("a b")).toThrow(/“b” does not belong here/);
    expect(() => parsePath("(".repeat(100))).toThrow(/nested too deeply/);
  });

  it("fails on what cannot be", () => {
    expect(() => found("name.resolve()")).toThrow(/no function “resolve”/);
    expect(() => found("%unknown")).toThrow(/“%unknown” is not defined/);
    expect(() => found("name.where(family)")).toThrow(PathFails);
    expect(() => found("name.family > 'A'")).toThrow(/has 2 values where one is needed/);
    expect(() => found("constructor")).not.toThrow();
  });
});
