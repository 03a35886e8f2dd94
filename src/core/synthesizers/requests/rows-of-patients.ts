import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import type { CourseModel, PatientRequest } from "../synthesizer.ts";

/** Patients that are drawn first, for each so many rows asked for, and at least and at most at once. */
const ROWS_EACH = 40;
const LEAST = 20;
const MOST = 2000;
/** So many more than the patients so far say, so that a third round is seldom needed. */
const SPARE = 1.1;

/** `rows` visits of patients drawn one after another; the last one is cut. Their `patients` count from 0. */
export async function rowsOfPatients(
  courses: Pick<CourseModel, "sample">,
  rows: number,
  rng: Rng,
  request: PatientRequest = {},
): Promise<Table> {
  if (rows === 0) return courses.sample(0, rng, request);
  const { onAcceptance, ...asked } = request;
  const counted = { drawn: 0, kept: 0 };
  const drawn: Table[] = [];
  let [visits, patients] = [0, 0];
  while (visits < rows) {
    const each = patients === 0 ? ROWS_EACH : visits / patients;
    const wanted = Math.ceil((SPARE * (rows - visits)) / each);
    const count = Math.min(MOST, Math.max(LEAST, wanted));
    const some = await courses.sample(count, rng, {
      ...asked,
      onAcceptance: (acceptance) => {
        counted.drawn += acceptance.drawn;
        counted.kept += acceptance.kept;
      },
    });
    drawn.push({ ...some, patients: Int32Array.from(some.patients ?? [], (patient) => patient + patients) });
    visits += some.rows;
    patients += count;
  }
  onAcceptance?.(counted);
  const all = joined(drawn);
  return takeRows(
    all,
    Int32Array.from({ length: rows }, (_, row) => row),
  );
}

/** Tables of one model, one below the other. */
function joined(tables: readonly Table[]): Table {
  const [first] = tables as readonly [Table, ...Table[]];
  if (tables.length === 1) return first;
  const columns = first.columns.map((own, j): Column => {
    const parts = tables.map(({ columns: these }) => these[j] as Column);
    return own.type === "numeric"
      ? {
          type: "numeric",
          values: Float64Array.from(
            parts.flatMap((part) => (part.type === "numeric" ? [...part.values] : [])),
          ),
        }
      : {
          ...own,
          codes: Int32Array.from(parts.flatMap((part) => (part.type === "coded" ? [...part.codes] : []))),
        };
  });
  return {
    ...first,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    columns,
    patients: Int32Array.from(tables.flatMap(({ patients }) => [...(patients ?? [])])),
  };
}
