import { describe, expect, it } from "vitest";
import { columnOf, faultOf, readText } from "../../fixtures/read-text.ts";
import { looksLikeUnit } from "../../formats/units.ts";

const namesOf = async (text: string): Promise<{ names: string[]; rows: number; notes: string[] }> => {
  const { table, notes } = await readText(text);
  return { names: table.schema.columns.map(({ name }) => name), rows: table.rows, notes };
};

describe("delimiters at the end of lines", () => {
  it("behind every row make no column, and shift none", async () => {
    const { table, notes } = await readText("visit;hb;icu\n1;13,5;0;\n2;9,8;1;\n3;11,0;0;\n");
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["visit", "hb", "icu"]);
    expect(columnOf(table, "hb").cells).toEqual([13.5, 9.8, 11]);
    expect(notes).toEqual(["Every row ends in empty cells beyond the last name; they are left out."]);
  });

  it("behind the names alone make no column", async () => {
    const found = await namesOf("visit,hb,icu,\n1,13.5,0\n2,9.8,1\n3,11.0,0\n");
    expect(found.names).toEqual(["visit", "hb", "icu"]);
    expect(found.rows).toBe(3);
    expect(found.notes[0]).toContain("ends in a delimiter");
  });

  it("behind names and rows make no column as long as nothing stands there", async () => {
    const found = await namesOf("visit,hb,,\n1,13.5,,\n2,9.8,,\n3,11.0,,\n");
    expect(found.names).toEqual(["visit", "hb"]);
    expect(found.notes).toEqual(["Columns 3, 4 have neither a name nor a cell and are left out."]);
    const kept = await namesOf("visit,hb,\n1,13.5,\n2,9.8,high\n3,11.0,\n");
    expect(kept.names).toEqual(["visit", "hb", "column_3"]);
  });

  it("do not hide a cell too many", async () => {
    expect(await faultOf(readText("visit,hb\n1,13.5,\n2,9.8,lost\n3,11.0,\n"))).toMatchObject({
      code: "ragged-row",
      row: 2,
    });
  });

  it("leave the row names of R alone", async () => {
    const found = await namesOf('"hb","note"\n"1",13.5,"a"\n"2",9.8,"b"\n"3",11.0,"a"\n');
    expect(found.names).toEqual(["row_name", "hb", "note"]);
  });
});

describe("files without names", () => {
  it("are known by their values, missing ones among them", async () => {
    const found = await namesOf("3,NA,37.1\n1,2,38.4\n2,1,36.9\n1,?,39.0\n");
    expect(found.names).toEqual(["column_1", "column_2", "column_3"]);
    expect(found.rows).toBe(4);
    expect(found.notes[0]).toContain("holds values, not names");
  });

  it("are known by levels that come again, where all is text", async () => {
    const found = await namesOf("m,home,yes\nf,ward,no\nm,ward,yes\nf,home,no\nf,home,yes\n");
    expect(found.names).toEqual(["column_1", "column_2", "column_3"]);
    const headed = await namesOf("sex,place,died\nf,ward,no\nm,ward,yes\nf,home,no\nf,home,yes\n");
    expect(headed.names).toEqual(["sex", "place", "died"]);
  });
});

describe("lines below the names", () => {
  it("that hold units are left out and kept as units", async () => {
    const text =
      "alter;rr;nt-probnp;ward\nJahre;mmHg;pg/ml;\n71;120;812,5;A\n64;135;90,0;B\n58;128;444,1;A\n80;99;70,2;A\n";
    const { table, notes } = await readText(text);
    expect(table.rows).toBe(4);
    expect(columnOf(table, "alter").cells).toEqual([71, 64, 58, 80]);
    expect(columnOf(table, "alter").schema.unit).toBe("Jahre");
    expect(columnOf(table, "nt-probnp").schema.unit).toBe("pg/ml");
    expect(notes[0]).toBe(
      "The line below the names holds units, not a patient. It is left out and kept beside the names.",
    );
  });

  it("that hold units of a few columns and nothing else are left out", async () => {
    const text =
      "id,age,ef,hb,seen\n,years,%,,\n71,60,55,13.1,2020-01-05\n64,71,40,12.2,2020-02-07\n58,44,61,9.9,2020-02-08\n80,66,38,14.0,2020-03-01\n";
    const { table } = await readText(text);
    expect(table.rows).toBe(4);
    expect(columnOf(table, "ef").schema.unit).toBe("%");
  });

  it("that hold labels and a survey tool's ids are left out too", async () => {
    const text =
      'Q1,Q2,Q3\nYour age,Your sex,Pain today\n"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"\n34,f,3\n51,m,7\n29,f,0\n44,f,5\n';
    const { table, notes } = await readText(text);
    expect(table.rows).toBe(4);
    expect(columnOf(table, "Q1").cells).toEqual([34, 51, 29, 44]);
    expect(columnOf(table, "Q3").schema.label).toBe("Pain today");
    expect(notes[0]).toContain("2 lines below the names hold labels");
  });

  it("that are a patient without a number stay", async () => {
    const { table } = await readText("age,sex\nrefused,f\n71,f\n64,m\n58,f\n80,m\n");
    expect(table.rows).toBe(5);
    const first = await readText("age,hb,sex\nunknown,13.1,f\n71,9.0,f\n64,11.2,m\n58,10.0,f\n");
    expect(first.table.rows).toBe(4);
    const named = await readText("who,age\nA. Brandt,refused\nB. Olsen,71\nC. Weiss,64\nD. Roth,58\n");
    expect(named.table.rows).toBe(4);
  });

  it("that are a patient without any number stay too", async () => {
    const rows = "71,1.74,4.1\n64,1.60,3.9\n58,1.81,4.4\n80,1.66,5.0\n";
    for (const first of ["refused,not done,haemolysed", "unknown,unknown,unknown", "verweigert,fehlt,n.d."]) {
      const { table } = await readText(`weight,height,k\n${first}\n${rows}`);
      expect(table.rows).toBe(5);
    }
    const { table: units } = await readText(`a,b,c\nmmol/l,mmol/l,mmol/l\n${rows}`);
    expect(units.rows).toBe(4);
  });

  it("that go on with the names are joined with the groups above", async () => {
    const text = "Vitals,,Labs,,\nsbp,dbp,value,unit,code\n120,80,3.5,a,1\n130,85,4.1,b,2\n118,70,3.9,a,3\n";
    expect((await namesOf(text)).names).toEqual(["sbp", "dbp", "value", "unit", "code"]);
    const twice = "Before,,After,\nsbp,dbp,sbp,dbp\n120,80,110,70\n130,85,120,80\n118,70,117,69\n";
    expect((await namesOf(twice)).names).toEqual(["Before sbp", "Before dbp", "After sbp", "After dbp"]);
  });
});

it("a line of names among the rows, as in files put together, is left out", async () => {
  const found = await namesOf("age,sex\n71,f\n64,m\nage,sex\n58,f\n");
  expect(found.rows).toBe(3);
  expect(found.notes).toEqual(["The line of names stands once more among the rows; it is left out there."]);
});

describe("cells between single spaces", () => {
  it("are told apart where each line has as many and some are numbers", async () => {
    const { table } = await readText('age sex "blood sugar"\n71 M 5.4\n65 F 6.1\n84 M 7.7\n');
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["age", "sex", "blood sugar"]);
    expect(columnOf(table, "blood sugar").cells).toEqual([5.4, 6.1, 7.7]);
    expect(table.schema.dialect.delimiter).toBe(" ");
  });

  it("are one cell where they are words", async () => {
    expect((await namesOf("full name\nAda Lovelace\nAlan Turing\nGrace Hopper\n")).names).toEqual([
      "full name",
    ]);
    expect((await namesOf("remark\nfelt well\nno pain at all\nwent home\n")).names).toEqual(["remark"]);
  });
});

it.each(["mmol/l", "(years)", "[mmHg]", "10^9/L", "kg/m²", "mg per dl", "%", "mL/min/1.73 m2"])(
  "knows the unit %s",
  (text) => expect(looksLikeUnit(text)).toBe(true),
);
it.each(["Age at visit", "F/M", "0/1", "sodium", "", "10", "m/w/d"])("knows that %j is no unit", (text) =>
  expect(looksLikeUnit(text)).toBe(false),
);
