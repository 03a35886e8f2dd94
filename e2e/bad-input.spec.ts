import { expect, openLab, openSampleCohort, openText, test } from "./support/lab.ts";

const wide = (columns: number): string =>
  `${Array.from({ length: columns }, (_, i) => `c${i}`).join(",")}\n`.concat(
    `${Array.from({ length: columns }, (_, i) => i % 7).join(",")}\n`.repeat(4),
  );

/** What each file is told, and the way out that is offered. */
const refused: readonly [
  what: string,
  name: string,
  content: string | Buffer,
  says: RegExp,
  wayOut?: string,
][] = [
  ["an empty file", "empty.csv", "", /is empty/],
  ["a header without rows", "header.csv", "age,sex,died\n", /no rows/],
  ["one row", "one.csv", "age,sex\n71,m\n", /1 row/],
  [
    "a row with too many cells",
    "many.csv",
    `age,sex\n${"50,m\n".repeat(20)}51,w,extra\n${"52,m\n".repeat(20)}`,
    /Row 21 .*3 cells.*line 22/s,
    "Leave out this row",
  ],
  [
    "a row with too few cells",
    "few.csv",
    `age,sex,died\n${"50,m,1\n".repeat(20)}51,w\n${"52,m,0\n".repeat(20)}`,
    /Row 21 .*2 cells.*line 22/s,
    "Leave out this row",
  ],
  [
    "a picture named .csv",
    "binary.csv",
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 1, 2, 0, 0]),
    /not a text table/,
  ],
  [
    "a workbook named .csv",
    "book.csv",
    Buffer.from("PK\u0003\u0004\u0014\u0000\u0006\u0000".padEnd(400, "\u0000"), "latin1"),
    /cannot be read as a zip archive.*cut off/s,
  ],
  [
    "a quote that is never closed",
    "quote.csv",
    `age,note\n${'50,"fine"\n'.repeat(20)}51,"never closed\n${"52,x\n".repeat(20)}`,
    /quote .*row 21.*never closed/is,
    "Read quotes as ordinary text",
  ],
  ["10,000 columns and more", "wide.csv", wide(10_001), /columns/],
];

test.describe("a file that cannot be read is told in words, with a way out, and what was open stays open", () => {
  for (const [what, name, content, says, wayOut] of refused) {
    test(what, async ({ page }) => {
      await openLab(page);
      await openSampleCohort(page);
      await openText(page, name, content);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("This file could not be read");
      await expect(page.getByRole("alert").first()).toContainText(says);
      if (wayOut === undefined) {
        await page.getByRole("button", { name: /^Back to heart_failure/ }).click();
        await expect(page.getByText("2,000 rows")).toBeVisible();
      } else {
        await page.getByRole("button", { name: wayOut }).click();
        await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
      }
    });
  }
});

const rows = Array.from({ length: 60 }, (_, i) => i);
const utf16 = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

/** Awkward, but readable: the columns that must then be seen on the page. */
const read: readonly [what: string, name: string, content: string | Buffer, columns: readonly string[]][] = [
  [
    "UTF-16",
    "utf16.csv",
    utf16(`Größe;Gewicht\n${rows.map((i) => `1${i};${60 + i},5\n`).join("")}`),
    ["Größe", "Gewicht"],
  ],
  [
    "Latin-1",
    "latin1.csv",
    Buffer.from(`Größe,Übelkeit\n${rows.map((i) => `1${i},ja\n1${i},nein\n`).join("")}`, "latin1"),
    ["Größe", "Übelkeit"],
  ],
  [
    "a column name that occurs twice",
    "twice.csv",
    `age,sex,age\n${"50,m,1\n".repeat(20)}`,
    ["age", "sex", "age_2"],
  ],
  [
    "a name that is empty",
    "unnamed.csv",
    `age,,sex\n${rows.map((i) => `${i},${i * 2},m\n`).join("")}`,
    ["age", "sex"],
  ],
  [
    "a column that is all missing, and a constant",
    "gaps.csv",
    `age,none,same\n${rows.map((i) => `${i},NA,x\n`).join("")}`,
    ["age", "none", "same"],
  ],
  [
    "numbers beyond bounds and in powers of ten",
    "numbers.csv",
    `a,b\n${rows.map((i) => `${i === 3 ? "1e309" : i === 4 ? "Infinity" : i === 5 ? "1e5" : i * 1.5},${i}\n`).join("")}`,
    ["a", "b"],
  ],
  [
    "numbers mixed with text",
    "mixed.csv",
    `lab,b\n${rows.map((i) => `${i % 15 === 0 ? "haemolysed" : i * 1.5},${i}\n`).join("")}`,
    ["lab", "b"],
  ],
  [
    "a category of 30,000 levels",
    "levels.csv",
    `level,age\n${Array.from({ length: 30_000 }, (_, i) => `ward ${i},${i % 90}\n`).join("")}`,
    ["level", "age"],
  ],
];

test.describe("a file that is awkward is read", () => {
  for (const [what, name, content, columns] of read) {
    test(what, async ({ page }) => {
      await openLab(page);
      await openText(page, name, content);
      await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
      for (const column of columns)
        await expect(page.getByText(column, { exact: true }).first()).toBeVisible();
      await expect(page.getByTestId("train")).toBeVisible();
    });
  }
});

test("letters that encodings differ on are asked about, and stray quotes lose no row", async ({ page }) => {
  await openLab(page);
  const polish = `age,sex\n${"50,m\xea\xbfczyzna\n51,kobieta\n".repeat(20)}`;
  await openText(page, "polish.csv", Buffer.from(polish, "latin1"));
  await expect(page.getByRole("alert").first()).toContainText(
    /encoding of polish.csv is unclear.*mężczyzna/s,
  );
  await expect(page.getByRole("cell", { name: "mźæczyzna" })).toBeVisible();
  await page.getByRole("button", { name: "Read as Central European (windows-1250)" }).click();
  await page.getByRole("button", { name: "Rows", exact: true }).click();
  await expect(page.getByRole("cell", { name: "mężczyzna" }).first()).toBeVisible();
  const encoding = page.getByRole("combobox", { name: "Encoding of the file" });
  await expect(encoding).toHaveValue("windows-1250");
  await encoding.selectOption("windows-1257");
  await expect(page.getByRole("cell", { name: "mźæczyzna" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Undo: read as Baltic (windows-1257)" }).click();
  await expect(page.getByText("The file was read as windows-1250.")).toBeVisible();
  await expect(page.getByRole("cell", { name: "mężczyzna" }).first()).toBeVisible();

  const between = "50,fine\n".repeat(20) + '51,"open\n' + "52,x\n".repeat(20) + '53,shut"\n';
  await openText(page, "stray.csv", `age,note\n${between}${"54,y\n".repeat(20)}`);
  await expect(page.getByRole("alert").first()).toContainText(
    /21 lines that look like rows.*line 22.*“note”/s,
  );
  await page.getByRole("button", { name: "Read quotes as ordinary text" }).click();
  await expect(page.getByText("62 rows").first()).toBeVisible();
});
