import { describe, expect, it } from "vitest";
import { readText } from "../fixtures/read-text.ts";
import { patientQuestion } from "./findings.ts";

type Columns = Record<string, (row: number) => string | number>;

async function questionOf(
  columns: Columns,
  rows = 120,
): Promise<{ taken: string | undefined; asked: boolean; why: string }> {
  const lines = Array.from({ length: rows }, (_, row) =>
    Object.values(columns)
      .map((cell) => cell(row))
      .join(","),
  );
  const { table } = await readText(`${Object.keys(columns).join(",")}\n${lines.join("\n")}\n`);
  const question = patientQuestion(table, []);
  const chosen = question?.candidates.find((candidate) => candidate.chosen);
  const taken = table.schema.columns.find(({ role }) => role === "identifier")?.name;
  expect(chosen?.column).toBe(taken);
  return { taken, asked: question?.asked ?? false, why: chosen?.why ?? "" };
}

/** Three rows a patient in mixed order. */
const patient = (row: number): number => (row * 17) % 40;
const uuid = (n: number): string =>
  `${(n * 2_654_435_761).toString(16).padStart(8, "0").slice(-8)}-0000-4000-8000-${String(n).padStart(12, "0")}`;
const sex = (row: number): string => ((patient(row) * 7) % 5 < 2 ? "f" : "m");
const glucose = (row: number): string => (4 + ((row * 29) % 31) / 10).toFixed(1);

describe("the column that names the patient", () => {
  it("is the one that repeats, not the encounter that is different in every row", async () => {
    const found = await questionOf({
      encounter_id: (row) => 200_000 + 7 * row,
      patient_nbr: (row) => 516_275 + 977 * patient(row),
      los: (row) => row % 9,
    });
    expect(found).toMatchObject({ taken: "patient_nbr", asked: false });
  });

  it("is told by what never changes within it, whatever it is called", async () => {
    const found = await questionOf({
      k: (row) => 70_001 + 13 * patient(row),
      ward_no: (row) => 100 + (row % 12),
      sex,
      glucose,
    });
    expect(found.taken).toBe("k");
    expect(found.why).toContain("sex never changes");
  });

  it("is not a name for one whose sex changes, where another column's content speaks for it", async () => {
    const found = await questionOf({
      patient_id: (row) => 9000 + ((row * 7) % 23),
      q: (row) => `Q-${10_000 + 31 * patient(row)}`,
      sex,
      glucose,
    });
    expect(found.taken).toBe("q");
  });

  it("is a repeated uuid", async () => {
    const found = await questionOf({
      PATIENT: (row) => uuid(patient(row)),
      CODE: (row) => ["flu", "tdap", "hepb"][row % 3] as string,
      glucose,
    });
    expect(found.taken).toBe("PATIENT");
  });

  it("may be called a code, where sex never changes within it", async () => {
    const found = await questionOf({
      record: (row) => 1000 + row,
      code: (row) => 4_000_037 + 77_711 * patient(row),
      sex,
      glucose,
    });
    expect(found.taken).toBe("code");
  });

  it("is found where patients have many rows each", async () => {
    const found = await questionOf(
      {
        ref: (row) => 1_200_041 + 250_007 * ((row * 17) % 30),
        param: (row) => ["Hb", "CRP", "Crea"][row % 3] as string,
        glucose,
      },
      600,
    );
    expect(found.taken).toBe("ref");
  });

  it("is not doubted for dates over many years that change within it", async () => {
    const found = await questionOf({
      subject: (row) => `S-${1000 + 7 * patient(row)}`,
      onset: (row) =>
        new Date(Date.UTC(1950 + ((row * 13) % 65), row % 12, 1 + (row % 28))).toISOString().slice(0, 10),
      sex,
      glucose,
    });
    expect(found.taken).toBe("subject");
    expect(found.why).toContain("sex never changes");
  });

  it("is neither ward, provider, arm nor diagnosis", async () => {
    const found = await questionOf({
      ward: (row) => `W${row % 14}`,
      provider_id: (row) => 4000 + (row % 15),
      arm: (row) => "ABC"[row % 3] as string,
      diagnosis: (row) => `I${10 + (row % 30)}.${row % 4}`,
      sex,
      glucose,
    });
    expect(found.taken).toBeUndefined();
  });

  it("is no age, even where it comes again with the same sex each time", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 2 ? "f" : "m"},${20 + ((i * 3) % 60)},${i % 7}`);
    const { table } = await readText(`sex,age,stay\n${rows.join("\n")}\n`);
    expect(table.schema.columns.find(({ name }) => name === "age")).toMatchObject({ kind: "integer" });
  });

  it("is no quantity that stays with a patient", async () => {
    const patients = Array.from(
      { length: 40 },
      (_, i) => `${i % 2 ? "f" : "m"},${37 * ((i * 17) % 40) ** 2 + 41}`,
    );
    const rows = patients.flatMap((one, i) => [0, 1, 2].map((visit) => `${one},${(i + visit) % 9}.5`));
    const { table } = await readText(`sex,follow,hb\n${rows.join("\n")}\n`);
    expect(table.schema.columns.find(({ name }) => name === "follow")).toMatchObject({ kind: "integer" });
  });

  it("is asked for where two compete", async () => {
    const columns: Columns = {
      a: (row) => uuid(patient(row)),
      b: (row) => uuid(1000 + ((row * 11) % 30)),
      glucose,
    };
    expect((await questionOf(columns)).asked).toBe(true);
  });

  it("is not put off by spellings of a sex and notations of a birth date", async () => {
    const found = await questionOf({
      case_no: (row) => 200_000 + 7 * row,
      pat: (row) => `P${100 + patient(row)}`,
      sex: (row) => (sex(row) === "f" ? ["f", "W", "weibl."] : ["m", "M", "männl.", "male"])[row % 3] ?? "",
      born: (row) =>
        (row % 5 === 0 ? "1950-06-1" : "") +
        (row % 5 === 0 ? patient(row) % 10 : `1${patient(row) % 10}.06.1950`),
      glucose,
    });
    expect(found).toMatchObject({ taken: "pat", asked: false });
    expect(found.why).toContain("sex");
  });

  it("is the person's choice, and the one before it is left out", async () => {
    const lines = Array.from({ length: 60 }, (_, row) =>
      [1000 + 3 * (row % 20), 5000 + 7 * (row % 15), glucose(row)].join(","),
    );
    const text = `patient_id,subject_id,glucose\n${lines.join("\n")}\n`;
    const changes = [{ type: "role", column: "subject_id", role: "identifier" }] as const;
    const { table } = await readText(text, { changes });
    expect(table.schema.columns.map(({ role }) => role)).toEqual(["omit", "identifier", "feature"]);
    expect(patientQuestion(table, changes)).toMatchObject({ asked: false });
  });

  it("leaves a place to be learned that several patients share and stay in, whatever its number is called", async () => {
    const placed = async (place: (row: number) => number) => {
      const rows = Array.from({ length: 120 }, (_, row) =>
        [`${70_001 + 13 * patient(row)}`, place(row), sex(row), glucose(row)].join(","),
      );
      const { table } = await readText(`patient_id,hospitalid,sex,glucose\n${rows.join("\n")}\n`);
      return table.schema.columns.find(({ name }) => name === "hospitalid");
    };
    const shared = await placed((row) => 100 + 17 * (patient(row) % 5));
    expect(shared).toMatchObject({ kind: "category", role: "feature" });
    expect(shared?.identifies).toBeUndefined();
    const own = await placed((row) => 5000 + 37 * patient(row));
    expect(own).toMatchObject({ role: "omit", identifies: { what: "record-number" } });
    const changing = await placed((row) => 100 + 17 * (row % 30));
    expect(changing?.role).toBe("omit");
  });
});
