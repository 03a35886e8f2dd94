import { describe, expect, it } from "vitest";
import { faultOf, columnOf, readBytes, readText } from "../../fixtures/read-text.ts";
import type { Encoding } from "../../table.ts";
import { textEncoder } from "../../formats/text-coding.ts";
import { createCsvWriter } from "../../write-csv.ts";

/** A table with a column of these words, each several times, beside plain numbers. */
const tableOf = (words: readonly string[], rows = 60): string =>
  `id,group,age\n${Array.from({ length: rows }, (_, i) => `${i},${words[i % words.length]},${30 + (i % 47)}`).join("\n")}\n`;

/** Bytes of a text, given that the encoding has all its characters. */
function bytesIn(encoding: Encoding, text: string): Uint8Array {
  const bytes = textEncoder(encoding)(text);
  expect(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)).toBe(text);
  return bytes;
}

const polish = "łagodny średni ciężki mężczyzna kobieta Łódź Kraków nadciśnienie żółtaczka wątroba Gdańsk";
const czech = "muž žena těžký střední lehký Plzeň Králové České vysoký Děčín";
const german = "männlich weiblich München Köln Düsseldorf mäßig schwer Übelkeit";
const french = "élevé modéré sévère hôpital Besançon Orléans fièvre décédé guéri âgé";
const russian = "мужской женский тяжёлый Москва диабет лёгкий умер жив";
const chinese = "男 女 北京 上海 高血压 糖尿病 广州 死亡 存活 轻度";
const taiwanese = "男 女 台北 高雄 高血壓 糖尿病 死亡 存活";
const japanese = "男性 女性 東京 大阪 高血圧 糖尿病 カタカナ 重症 軽症";
const korean = "남성 여성 서울 부산 고혈압 당뇨병 중증 경증";
const greek = "άνδρας γυναίκα Αθήνα σοβαρή ήπια μέτρια";
const turkish = "erkek kadın İstanbul ağır şeker İzmir hafif";

describe("encodings are told apart", () => {
  it.each<[Encoding, string]>([
    ["windows-1250", polish],
    ["windows-1250", czech],
    ["windows-1252", german],
    ["windows-1252", french],
    ["windows-1251", russian],
    ["windows-1253", greek],
    ["windows-1254", turkish],
    ["gb18030", chinese],
    ["big5", taiwanese],
    ["shift_jis", japanese],
    ["euc-jp", japanese],
    ["euc-kr", korean],
  ])("%s: %s", async (encoding, words) => {
    const text = tableOf(words.split(" "));
    const bytes = bytesIn(encoding, text);
    const { table, notes } = await readBytes(bytes, {}, 1000);
    expect(table.schema.dialect.encoding).toBe(encoding);
    expect(new Set(columnOf(table, "group").cells)).toEqual(new Set(words.split(" ")));
    expect(notes).toContain(`The file was read as ${encoding}.`);
    const writer = createCsvWriter(table.schema, { source: table });
    expect(Buffer.concat([writer.header(), writer.rows(table)]).equals(bytes)).toBe(true);
  });

  it.each<[string, Encoding, boolean]>([
    ["UTF-16, little end first", "utf-16le", true],
    ["UTF-16, big end first", "utf-16be", true],
    ["UTF-16, little end first, without a mark", "utf-16le", false],
    ["UTF-16, big end first, without a mark", "utf-16be", false],
    ["UTF-8 with a mark", "utf-8", true],
    ["UTF-8", "utf-8", false],
  ])("%s", async (_, encoding, bom) => {
    for (const words of [polish, russian, chinese, korean]) {
      const bytes = textEncoder(encoding)((bom ? "\ufeff" : "") + tableOf(words.split(" ")));
      const { table, notes } = await readBytes(bytes, {}, 777);
      expect(table.schema.dialect).toMatchObject({ encoding, bom });
      expect(new Set(columnOf(table, "group").cells)).toEqual(new Set(words.split(" ")));
      expect(notes).toEqual([]);
    }
  });

  it("plain ASCII is UTF-8 without a word", async () => {
    const { table, notes } = await readText(tableOf(["a", "b"]));
    expect(table.schema.dialect.encoding).toBe("utf-8");
    expect(notes).toEqual([]);
  });

  it("units and signs alone are Western", async () => {
    const bytes = bytesIn("windows-1252", tableOf(["µg/l", "°C", "m²", "ng/l"]));
    expect((await readBytes(bytes)).table.schema.dialect.encoding).toBe("windows-1252");
  });
});

describe("a few letters beyond ASCII", () => {
  it.each<[Encoding, string, string[]]>([
    ["windows-1250", "mężczyzna kobieta", ["windows-1250", "windows-1257"]],
    ["windows-1252", "Zoë Ann", ["windows-1252", "windows-1257"]],
    ["gb18030", "男 女", ["gb18030", "big5", "euc-kr"]],
    ["shift_jis", "男 女", ["shift_jis"]],
    ["windows-1251", "муж жен", ["windows-1251", "koi8-r"]],
  ])("are asked about, not guessed: %s %s", async (encoding, text, among) => {
    const words = text.split(" ");
    const bytes = bytesIn(encoding, tableOf(words));
    const fault = await faultOf(readBytes(bytes, {}, 500));
    if (fault.code !== "encoding-unclear") throw new Error(fault.code);
    expect(fault.line).toBe(2);
    const offered = fault.readings.map((reading) => reading.encoding);
    expect(offered).toEqual(expect.arrayContaining(among));
    const right = fault.readings.find((reading) => reading.encoding === encoding);
    expect(words).toEqual(expect.arrayContaining(right?.sample ?? [""]));
    const { table } = await readBytes(bytes, { repair: { encoding } }, 500);
    expect(columnOf(table, "group").cells.slice(0, 2)).toEqual(words);
  });

  it("are settled where all encodings of the script agree on them", async () => {
    const bytes = bytesIn("windows-1252", tableOf(["männlich", "weiblich"]));
    const { table } = await readBytes(bytes);
    expect(columnOf(table, "group").cells[0]).toBe("männlich");
    const vowels = await readBytes(bytesIn("windows-1252", tableOf(["Angehörige", "Behörde"])));
    expect(columnOf(vowels.table, "group").cells[0]).toBe("Angehörige");
    const named = await readBytes(bytesIn("windows-1252", "Größe,Übelkeit\n1,ja\n2,nein\n"));
    expect(named.table.schema.columns.map(({ name }) => name)).toEqual(["Größe", "Übelkeit"]);
  });
});

describe("UTF-8 with bytes that are no character", () => {
  const damagedAt = (rows: readonly number[]): Uint8Array => {
    const lines = tableOf(polish.split(" ")).split("\n");
    const parts = lines.map((line, i) =>
      Buffer.from(`${line}\n`, "utf8").map((byte, at) => (rows.includes(i) && at === 0 ? 0xe9 : byte)),
    );
    return Buffer.concat(parts);
  };

  it.each([
    [[7], "One character is not valid utf-8 and is shown as �, on line 8, in “id”."],
    [[7, 20, 41], "3 characters are not valid utf-8 and are shown as �, the first on line 8, in “id”."],
  ])("stays UTF-8 and is counted: %j", async (rows, said) => {
    for (const size of [1, 64, 1 << 18]) {
      const { table, notes } = await readBytes(damagedAt(rows), {}, size);
      expect(table.schema.dialect.encoding).toBe("utf-8");
      expect(notes[0]).toBe(said);
      expect(table.rows).toBe(60);
      expect(columnOf(table, "group").cells).toContain("mężczyzna");
    }
  });

  it("one bad byte in ASCII is asked about, with UTF-8 among the answers", async () => {
    const bytes = Buffer.from(tableOf(["cafX", "tea"], 6).replace("cafX", "caf~"), "latin1");
    bytes[bytes.indexOf("~")] = 0xff;
    expect(await faultOf(readBytes(bytes))).toMatchObject({
      code: "encoding-unclear",
      readings: expect.arrayContaining([{ encoding: "utf-8", sample: ["caf�"] }]) as unknown,
    });
    const { notes } = await readBytes(bytes, { repair: { encoding: "utf-8" } });
    expect(notes[0]).toContain("One character is not valid utf-8");
  });

  it("characters that were lost before the file was saved are told", async () => {
    const { notes } = await readText(tableOf(["caf\ufffd", "tea", "caf\ufffd\ufffd"], 6));
    expect(notes).toEqual([
      "6 characters of the file are �, lost before it was saved, the first on line 2, in “group”.",
    ]);
  });
});

it("an encoding that a person chose afterwards is read anew, and taken back", async () => {
  const bytes = bytesIn("windows-1250", tableOf(polish.split(" ")));
  const { table } = await readBytes(bytes, { changes: [{ type: "encoding", encoding: "windows-1252" }] });
  expect(table.schema.dialect.encoding).toBe("windows-1252");
  expect(columnOf(table, "group").cells).toContain("mê¿czyzna");
});
