import type { Fault } from "../../core/fault.ts";
import type { CellDone, MadeTable, StudyRequest } from "../../core/studies/study.ts";
import type { Table } from "../../core/table/table.ts";
import { pack } from "./pack.ts";
import type { Place } from "./place.ts";

const STUDY = "study.";
const TABLES = "study-tables.";

/** What a study is asked of beside its table. */
export interface StudyTables {
  readonly second?: Table;
  readonly made?: readonly MadeTable[];
}

/** A study as far as it has come. What it found is not kept: its cells say it again. */
export interface KeptStudy {
  readonly study: string;
  readonly request: StudyRequest;
  /** the name of its table, and its `studyMark` */
  readonly table: string;
  readonly mark: string;
  /** of its grid */
  readonly cells: number;
  readonly done: readonly CellDone[];
  readonly state: "waiting" | "cancelled" | "failed" | "done";
  /** smaller ones come first */
  readonly place: number;
  /** studies were held when it was kept */
  readonly paused: boolean;
  readonly finishedAt?: string;
  readonly fault?: Fault;
  /** left out: its table is all it is asked of */
  readonly tables?: StudyTables;
}

interface Written {
  readonly item: string;
  readonly file: string;
  readonly writing: number;
}

/** How the keep reads and writes what is sealed. */
export interface StudyShelf {
  readonly place: Place;
  items(): Promise<Written[]>;
  /** the newest writing that is whole, if any */
  readNewest(writings: readonly Written[]): Promise<unknown>;
  write(item: string, pieces: Iterable<Uint8Array>, keeping: string): Promise<void>;
  drop(doomed: (item: string) => boolean): Promise<void>;
}

/** Studies as they are kept: each is one tab's, so that no two go on with it, and its tables lie beside its cells, written once. */
export function studyDrawer({ place, items, readNewest, write, drop }: StudyShelf) {
  /** the tables that lie here, by study */
  const tablesHere = new Map<string, StudyTables>();

  const newest = async (item: string): Promise<unknown> =>
    readNewest((await items()).filter((one) => one.item === item));

  const ids = async (): Promise<string[]> => [
    ...new Set(
      (await items()).flatMap(({ item }) => (item.startsWith(STUDY) ? [item.slice(STUDY.length)] : [])),
    ),
  ];

  const ofOne = (id: string) => (item: string) => item === STUDY + id || item === TABLES + id;

  const read = async (id: string): Promise<KeptStudy | undefined> => {
    const study = (await newest(STUDY + id)) as (KeptStudy & { readonly hasTables: boolean }) | undefined;
    if (study === undefined) return undefined;
    const { hasTables, ...known } = study;
    if (!hasTables) return known;
    const tables = (await newest(TABLES + id)) as StudyTables | undefined;
    if (tables === undefined) return undefined;
    tablesHere.set(id, tables);
    return { ...known, tables };
  };

  return {
    async all(): Promise<KeptStudy[]> {
      const studies: KeptStudy[] = [];
      const here = await ids();
      const ours = await Promise.all(here.map((id) => place.claim(STUDY + id)));
      for (const id of here.filter((_, i) => ours[i])) {
        const study = await read(id);
        if (study !== undefined) studies.push(study);
        else await drop(ofOne(id));
      }
      return studies.toSorted((a, b) => a.place - b.place);
    },
    async put({ tables, ...study }: KeptStudy, keeping: string): Promise<void> {
      await place.claim(STUDY + study.study);
      const item = TABLES + study.study;
      const lies = (await items()).some((one) => one.item === item);
      if (tables !== undefined && (!lies || tablesHere.get(study.study) !== tables)) {
        await write(item, pack(tables), keeping);
        tablesHere.set(study.study, tables);
      }
      const hasTables = tables !== undefined;
      await write(STUDY + study.study, pack({ ...study, hasTables }), keeping);
    },
    async remove(study?: string): Promise<void> {
      for (const id of study === undefined ? tablesHere.keys() : [study]) tablesHere.delete(id);
      await drop(
        study === undefined ? (item) => item.startsWith(STUDY) || item.startsWith(TABLES) : ofOne(study),
      );
    },
  };
}
