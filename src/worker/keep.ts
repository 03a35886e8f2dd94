import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import { FaultError, type Table } from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import type { Repair, RunView } from "./protocol.ts";

/** A finished run: what the page saw of it, report included, and its model file. */
export interface KeptRun {
  readonly view: RunView;
  /** left out: its synthetic table was made elsewhere and it has no model */
  readonly file?: Uint8Array;
  /** which table it was trained on */
  readonly tableId: string | undefined;
}

/** The open table: as it was first read, as it is after a person's changes, and its file to read it again. */
export interface KeptTable {
  readonly id: string;
  readonly inferred: Table;
  readonly table: Table;
  readonly changes: readonly SchemaChange[];
  readonly source: Blob | undefined;
  readonly repair: Repair | undefined;
  readonly bytes: number;
  readonly seconds: number;
  readonly simulated: boolean;
  readonly notes: readonly string[];
  /** what was noted when it was first read */
  readonly inferredNotes: readonly string[];
}

/** What stays in this browser between two visits. Rejects with FaultError `storage-full` or `storage-unavailable`. */
export interface Keep {
  runs(): Promise<KeptRun[]>;
  keepRun(run: KeptRun): Promise<void>;
  dropRun(run: string): Promise<void>;
  table(): Promise<KeptTable | undefined>;
  keepTable(table: KeptTable): Promise<void>;
  dropTable(): Promise<void>;
  /** Everything this page ever kept: databases and private files. */
  forget(): Promise<void>;
}

interface Stores extends DBSchema {
  runs: { key: string; value: KeptRun };
  table: { key: "open"; value: KeptTable };
}

const NAME = "semblance";

/** What is kept lies in IndexedDB, opened at the first use. */
export function openKeep(): Keep {
  let opened: Promise<IDBPDatabase<Stores>> | undefined;

  const database = (): Promise<IDBPDatabase<Stores>> => {
    opened ??= openDB<Stores>(NAME, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("runs");
        fresh.createObjectStore("table");
      },
      blocking: () => void close(),
      terminated: () => (opened = undefined),
    });
    return opened;
  };
  const close = async (): Promise<void> => {
    const before = opened;
    opened = undefined;
    (await before?.catch(() => undefined))?.close();
  };
  const inStore = async <T>(keeping: string, work: (db: IDBPDatabase<Stores>) => Promise<T>): Promise<T> => {
    try {
      return await work(await database());
    } catch (error) {
      throw storageFault(error, keeping);
    }
  };

  return {
    runs: () => inStore("runs", (db) => db.getAll("runs")),
    keepRun: (run) =>
      inStore(`the run “${run.view.name}”`, async (db) => void (await db.put("runs", run, run.view.run))),
    dropRun: (run) => inStore("runs", (db) => db.delete("runs", run)),
    table: () => inStore("the table", (db) => db.get("table", "open")),
    keepTable: (table) => inStore("the table", async (db) => void (await db.put("table", table, "open"))),
    dropTable: () => inStore("the table", (db) => db.delete("table", "open")),
    forget: async () => {
      await close();
      try {
        await deleteDB(NAME);
        await removePrivateFiles();
      } catch (error) {
        throw storageFault(error, "nothing");
      }
    },
  };
}

async function removePrivateFiles(): Promise<void> {
  if (!("navigator" in globalThis) || !("storage" in navigator) || !("getDirectory" in navigator.storage))
    return;
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
}

function storageFault(error: unknown, keeping: string): FaultError {
  if (error instanceof Error && error.name === "QuotaExceededError")
    return new FaultError({ code: "storage-full", keeping });
  const reason = error instanceof Error ? error.message : String(error);
  return new FaultError({ code: "storage-unavailable", reason });
}
