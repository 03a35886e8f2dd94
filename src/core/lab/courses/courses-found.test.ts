import { describe, expect, it } from "vitest";
import {
  dayAfter,
  visitsCsv,
  type MadeVisit,
  type MadeVisits,
} from "../../table/courses/fixtures/visits-csv.ts";
import { readText } from "../../table/fixtures/read-text.ts";
import type { SchemaChange } from "../../table/profile.ts";
import { withPatients } from "../../table/split.ts";
import { cleaningBy } from "../../cleaning/clean-rows.ts";
import { courseLines, coursesFound, type CoursesFound } from "./courses-found.ts";

const day = ({ visit }: MadeVisit): number => visit * 90;

async function found(
  made: MadeVisits | string,
  changes: readonly SchemaChange[] = [],
): Promise<CoursesFound> {
  const cleaning = cleaningBy(changes, { automatic: false });
  const text = typeof made === "string" ? made : visitsCsv(made);
  const { table } = await readText(text, { changes: cleaning.changes, clean: cleaning.clean });
  const courses = await coursesFound(table);
  if (courses === undefined) throw new Error("no patients");
  return courses;
}
const words = ({ troubles }: CoursesFound): string => troubles.map((trouble) => trouble.words).join("\n");

/** The table once the first way out of its first trouble is taken. */
async function taken(made: MadeVisits): Promise<CoursesFound> {
  const [way] = (await found(made)).troubles.flatMap(({ ways }) => ways);
  return found(made, way?.changes ?? []);
}

describe("what goes on over time", () => {
  it("is told in sentences: who, when, until when, what is kept", async () => {
    const columns = {
      hour: ({ visit }: MadeVisit) => visit,
      dose: ({ visit, patient }: MadeVisit) => 10 * visit + patient,
      died: ({ visit, patient }: MadeVisit) => (patient % 4 === 0 && visit === 5 ? "yes" : "no"),
      age: ({ patient }: MadeVisit) => 40 + (patient % 31),
    };
    const { table } = await readText(visitsCsv({ columns, visits: () => 6 }));
    const lines = await courseLines(table);
    expect(lines[0]).toMatch(
      /^Patients over time: 60 patients by patient_id have 360 rows\. Visits are ordered by hour, which /,
    );
    expect(lines.slice(1)).toEqual([
      "2 columns never change within a patient: sex and age.",
      "A regular grid of 1 hour is kept: every visit follows the one before by 1 hour.",
      "Never falling within a patient: dose.",
      "No visit follows died “yes”.",
    ]);
    // What stays the same within every patient says when no visit was.
    expect((await coursesFound(table))?.times).toEqual(["hour", "dose", "creatinine"]);
  });

  it("is nothing where each patient has one row, and rows where no column is a time", async () => {
    const { table } = await readText(visitsCsv({ columns: { day }, visits: () => 1 }));
    expect(await courseLines(table)).toEqual([]);
    const timeless = await readText(visitsCsv({ columns: {} }));
    expect(await courseLines(timeless.table)).toEqual([
      expect.stringMatching(/^60 patients by patient_id have \d+ rows, and no column says when a visit was/),
    ]);
  });
});

describe("what is not plain is said, with a way out, and nothing is lost", () => {
  it("5% of times missing: kept, behind the known ones; or left out", async () => {
    const made: MadeVisits = { columns: { day: (v) => (v.rng.uniform() < 0.05 ? "" : day(v)) } };
    const courses = await found(made);
    expect(words(courses)).toMatch(
      /^\d+ visits \(\d\.\d%\) have no day: they are kept and stand behind the patient’s known ones\./,
    );
    const after = await taken(made);
    expect(words(after)).not.toContain("have no day");
    expect(after.visits).toBeLessThan(courses.visits);
  });

  it("rows without a patient are nobody's visits", async () => {
    const text = visitsCsv({ columns: { day } }).replace(/^P10(0[3-5])/gm, "");
    const courses = await found(text);
    expect(courses.patients).toBe(57);
    expect(words(courses)).toMatch(
      /^\d+ rows without patient_id are nobody’s visits: they are left out of courses\./,
    );
    expect(courses.facts).toContain("1 column never changes within a patient: sex.");
  });

  it("equal times and rows in any order", async () => {
    const made: MadeVisits = { columns: { day: ({ visit }) => 30 * (visit >> 1) } };
    expect(words(await found(made))).toContain("have the time of the one before");
    const shuffled = await found({ columns: { day }, shuffled: true });
    expect(words(shuffled)).toContain("Rows do not stand in the order of day.");
  });

  it("one visit for most, and one patient", async () => {
    const few = await found({ columns: { day }, visits: (patient) => (patient < 12 ? 5 : 1) });
    expect(words(few)).toContain("48 of 60 patients have one visit");
    const one = await found({ patients: 1, columns: { day }, visits: () => 30 }, [
      { type: "role", column: "patient_id", role: "identifier" },
      { type: "course", column: "day", course: "time" },
    ]);
    expect(one.patients).toBe(1);
    expect(words(one)).toContain("All rows are of one patient.");
  });

  it("100,000 visits of one patient: what a model learns from is capped, and said", async () => {
    const made: MadeVisits = {
      columns: { hour: ({ visit }) => visit },
      visits: (p) => (p === 0 ? 100_000 : 4),
      patients: 30,
    };
    const courses = await found(made);
    expect(courses).toMatchObject({ patients: 30, visits: 100_116, time: { column: "hour" } });
    expect(words(courses)).toContain("1 patient has more than 1,000 visits (up to 100,000)");
  });

  it("visits after a death, by its date or by its mark", async () => {
    const dates = {
      seen: ({ patient, visit }: MadeVisit) => dayAfter(patient + 90 * visit),
      death_date: ({ patient }: MadeVisit) => (patient % 3 === 0 ? dayAfter(patient + 100) : ""),
    };
    const made: MadeVisits = { columns: dates, visits: () => 4 };
    expect(words(await found(made))).toContain("40 visits of 20 patients lie after death_date.");
    expect(
      (
        await found(made, [
          {
            type: "clean",
            step: { step: "keep-rows", where: "death_date is missing or seen <= death_date" },
          },
        ])
      ).visits,
    ).toBe(200);
    const marked: MadeVisits = {
      columns: { day, died: ({ patient, visit }) => (patient < 7 && visit === 1 ? 1 : 0) },
      visits: () => 3,
    };
    expect(words(await found(marked))).toContain(
      "7 visits of 7 patients lie after a visit at which died says so.",
    );
  });

  it("ids that other hospitals give to other people; patients of id and hospital are offered", async () => {
    const hospital = ({ visit }: MadeVisit): string => ["Ulm", "Jena", "Kiel"][visit % 3] as string;
    const made: MadeVisits = {
      columns: {
        hospital,
        day: ({ visit }) => Math.floor(visit / 3) * 30,
        gender: ({ patient, visit }) =>
          (patient + (visit % 3) + (patient >> 1)) % 2 === 0 ? "female" : "male",
      },
      visits: () => 9,
      id: "case_no",
    };
    const as: SchemaChange = { type: "role", column: "case_no", role: "identifier" };
    const courses = await found(made, [as]);
    expect(words(courses)).toMatch(
      /gender changes within \d+ of 60 values of case_no, but not within those of one hospital/,
    );
    const [way] = courses.troubles
      .flatMap(({ ways }) => ways)
      .filter(({ label }) => label.startsWith("Tell patients apart"));
    expect(way?.label).toBe("Tell patients apart by hospital and case_no");
    const apart = await found(made, [as, ...(way?.changes ?? [])]);
    expect(apart).toMatchObject({ patient: "hospital_case_no", patients: 180, time: { column: "day" } });
    expect(words(apart)).not.toContain("may be another person");
  });

  it("a column that changes within one patient of many", async () => {
    const race = ({ patient, visit }: MadeVisit): string =>
      patient === 5 && visit === 1 ? "other" : (["a", "b", "c"][patient % 3] as string);
    const courses = await found({ columns: { day, race }, patients: 80 });
    expect(words(courses)).toContain("race changes within 1 of 80 patients only.");
    expect(courses.facts.join(" ")).not.toContain("race");
  });

  it("labs that are missing in 95% of the visits", async () => {
    const crp = ({ rng }: MadeVisit): string | number => (rng.uniform() < 0.95 ? "" : rng.integer(300));
    expect((await found({ columns: { day, crp } })).facts).toContain(
      "Known in under 10% of the visits: crp. When they are measured is learned as well.",
    );
  });

  it("an end of follow-up that a person marked and that is none", async () => {
    const columns = { day, stop: ({ visit }: MadeVisit) => 500 + visit };
    const courses = await found({ columns }, [{ type: "course", column: "stop", course: "end" }]);
    expect(words(courses)).toContain("stop cannot be the end of follow-up: it changes within patients.");
  });
});

describe("a time that is text", () => {
  it("“Visit 3” becomes a number by the way that is offered", async () => {
    const made: MadeVisits = { columns: { visit: ({ visit }) => `Visit ${visit + 1}` } };
    const courses = await found(made);
    expect(courses.time).toBeUndefined();
    expect(words(courses)).toContain("“Visit” stands before its numbers");
    expect((await taken(made)).time).toMatchObject({ column: "visit" });
  });

  it("dates beside hours since admission: two things, of which one is taken", async () => {
    const time = ({ patient, visit }: MadeVisit): string | number =>
      patient % 3 === 0 ? visit * 6 : `${dayAfter(patient + visit)} 08:00`;
    const made: MadeVisits = { columns: { charttime: time } };
    const courses = await found(made);
    expect(words(courses)).toMatch(
      /charttime holds two things: dates in \d+% of the cells and numbers in \d+%/,
    );
    const after = await taken(made);
    expect(after.time).toMatchObject({ column: "charttime" });
    expect(words(after)).toContain("have no charttime");
    const { table } = await readText(visitsCsv(made));
    expect(withPatients(table).patients).toBeDefined();
  });
});
