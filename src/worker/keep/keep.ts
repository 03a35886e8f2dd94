import {
  FaultError,
  type MadeText,
  type RuleBook,
  type SheetChoice,
  type Simulation,
  type Table,
} from "../../core/lab/lab.ts";
import type { SchemaChange } from "../../core/table/profile.ts";
import type { Ledger } from "../../core/private/accounting/ledger.ts";
import type { DoneStep, Kept, PublicChoices, Repair, RuleChoice, RunView } from "../protocol.ts";
import { piecesOf, sourceOf, type Source } from "../source.ts";
import { pack, unpack } from "./pack.ts";
import { privateFiles, whyNoPlace, type KeepNews, type Place } from "./place.ts";
import { studyDrawer, type KeptStudy } from "./study-drawer.ts";
import { KEY_BYTES, openSize, randomBytes, seal, unseal, unsealSlice } from "./seal.ts";

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
  readonly source: Source | undefined;
  readonly repair: Repair | undefined;
  /** which of its file's tables it is; left out: the only one */
  readonly choice?: SheetChoice;
  /** its source is a text that was made of several files, and is read as this says */
  readonly made?: MadeText;
  /** how its file is stored, in words */
  readonly storedAs?: string;
  readonly bytes: number;
  readonly seconds: number;
  readonly simulated: boolean;
  /** what was asked for; left out: it is a file, or was kept before this was */
  readonly simulation?: Simulation;
  readonly notes: readonly string[];
  /** what was noted when it was first read */
  readonly inferredNotes: readonly string[];
  /** `changes` in words; left out: none of them is a cleaning step */
  readonly done?: readonly DoneStep[];
  /** what the person made of the clinical rules; left out: nothing */
  readonly book?: RuleBook;
  /** what the person made of its rules; left out: nothing */
  readonly rules?: readonly RuleChoice[];
  /** what the person made of what is public; left out: nothing */
  readonly public?: PublicChoices;
}

/**
 * What stays in this browser between two visits, sealed. Rejects with FaultError `storage-full`, `storage-unavailable` or
 * `kept-forgotten`.
 */
export interface Keep {
  /** Those that can be read, and how many were damaged and are removed. */
  runs(): Promise<{ runs: KeptRun[]; damaged: number }>;
  run(run: string): Promise<KeptRun | undefined>;
  keepRun(run: KeptRun): Promise<void>;
  dropRun(run: string): Promise<void>;
  dropRuns(): Promise<void>;
  /** What was spent on tables, in no order; one that cannot be read is left out. */
  ledgers(): Promise<Ledger[]>;
  /** In the place of the one of the same mark. */
  keepLedger(ledger: Ledger): Promise<void>;
  /** The one of this mark goes; without one all do. */
  dropLedgers(salt?: string): Promise<void>;
  /** Those that can be read and that no other tab has claimed, the next one first. They are claimed for this tab. */
  studies(): Promise<KeptStudy[]>;
  /** In the place of what was kept of it; claims it. Its tables are written once. */
  keepStudy(study: KeptStudy): Promise<void>;
  /** Without a study all go. */
  dropStudies(study?: string): Promise<void>;
  table(): Promise<KeptTable | undefined>;
  keepTable(table: KeptTable): Promise<void>;
  dropTable(): Promise<void>;
  /** What lies here now. Never rejects. */
  kept(): Promise<Kept>;
  /** Destroys the key of everything this page ever kept, then the files. */
  forget(): Promise<void>;
  /** `changed`: what lies here has; `news`: another tab has kept, dropped or forgotten something. */
  follow(changed: () => Promise<void>, news: (news: KeepNews) => Promise<void>): void;
}

const KEY = "key";
const TABLE = "table";
const SOURCE = "source";
const RUN = "run.";
const LEDGER = "ledger.";

/** A file holds one item as it was at one writing: the next one is whole before the one before it goes. */
interface Item {
  readonly item: string;
  readonly writing: number;
  readonly file: string;
}

function itemOf(file: string): Item | undefined {
  const [, item, writing] = /^(.+)\.(\d+)$/.exec(file) ?? [];
  return item === undefined ? undefined : { item, writing: Number(writing), file };
}

/** The keep of this browser; where it has none, one that refuses and says why. */
export function openKeep(): Keep {
  const refused = whyNoPlace();
  return refused === "" ? keepIn(privateFiles()) : refusing(refused);
}

function refusing(reason: string): Keep {
  const refuse = (): Promise<never> =>
    Promise.reject(new FaultError({ code: "storage-unavailable", reason }));
  return {
    runs: () => Promise.resolve({ runs: [], damaged: 0 }),
    run: () => Promise.resolve(undefined),
    keepRun: refuse,
    dropRun: () => Promise.resolve(),
    dropRuns: () => Promise.resolve(),
    ledgers: () => Promise.resolve([]),
    keepLedger: refuse,
    dropLedgers: () => Promise.resolve(),
    studies: () => Promise.resolve([]),
    keepStudy: refuse,
    dropStudies: () => Promise.resolve(),
    table: () => Promise.resolve(undefined),
    keepTable: refuse,
    dropTable: () => Promise.resolve(),
    kept: () => Promise.resolve({ runs: 0, table: false, bytes: 0, refused: reason }),
    forget: () => Promise.resolve(),
    follow: () => {},
  };
}

/** What is kept lies in `place`, sealed with the key that lies there too; a forgetting begins with that key. */
export function keepIn(place: Place): Keep {
  /** the key that what this tab has kept or read was sealed with */
  let seen: Uint8Array | undefined;
  let changed = (): Promise<void> => Promise.resolve();
  /** the source that lies here as `SOURCE`, so that it is not written again with each change of its table */
  let keptSource: Source | undefined;

  const items = async (): Promise<Item[]> =>
    (await place.names()).flatMap((file) => itemOf(file) ?? []).toSorted((a, b) => b.writing - a.writing);

  const readKey = async (): Promise<Uint8Array | undefined> => {
    const file = await place.read(KEY);
    if (file === undefined || file.size < KEY_BYTES) return undefined;
    return new Uint8Array(await file.arrayBuffer());
  };

  /** Throws FaultError `kept-forgotten` where what this tab had kept was forgotten in another: it is not written back. */
  const keyToWrite = async (keeping: string): Promise<Uint8Array> => {
    const key = await readKey();
    if (seen !== undefined && !sameBytes(key, seen)) {
      seen = undefined;
      throw new FaultError({ code: "kept-forgotten", keeping });
    }
    seen = key ?? randomBytes(KEY_BYTES);
    if (key === undefined) await place.write(KEY, [seen]);
    return seen;
  };

  const drop = async (doomed: (item: string) => boolean): Promise<void> => {
    for (const { item, file } of await items()) if (doomed(item)) await place.destroy(file, KEY_BYTES);
  };

  const write = async (
    item: string,
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    keeping: string,
  ): Promise<void> => {
    const key = await keyToWrite(keeping);
    const before = (await items()).filter((one) => one.item === item);
    await place.write(`${item}.${(before[0]?.writing ?? 0) + 1}`, seal(pieces, key, item));
    for (const { file } of before) await place.destroy(file, KEY_BYTES);
  };

  const read = async ({ item, file }: Item): Promise<unknown> => {
    const [key, blob] = [await readKey(), await place.read(file)];
    if (key === undefined || blob === undefined) throw new RangeError("It is not there any more.");
    seen ??= key;
    return unpack(unseal(blob, key, item));
  };

  /** The newest writing that is whole. */
  const readNewest = async (writings: readonly Item[]): Promise<unknown> => {
    for (const one of writings) {
      try {
        return await read(one);
      } catch (error) {
        if (!isDamage(error)) throw error;
      }
    }
    return undefined;
  };

  const inPlace = async <T>(keeping: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await place.alone(work);
    } catch (error) {
      throw storageFault(error, keeping);
    }
  };
  const changing = async (keeping: string, work: () => Promise<void>, news: KeepNews): Promise<void> => {
    await inPlace(keeping, work);
    place.tell(news);
    await changed();
  };

  const drawer = studyDrawer({ place, items, readNewest, write, drop });

  const source = async (): Promise<Source | undefined> => {
    const [newest] = (await items()).filter(({ item }) => item === SOURCE);
    const key = await readKey();
    const file = newest && (await place.read(newest.file));
    if (file === undefined || key === undefined) return undefined;
    return sourceOf(
      openSize(file.size),
      () => unseal(file, key, SOURCE),
      (from, to) => unsealSlice(file, key, SOURCE, [from, to]),
    );
  };

  return {
    runs: () =>
      inPlace("runs", async () => {
        if ((await readKey()) === undefined) await place.clear();
        const all = (await items()).filter(({ item }) => item.startsWith(RUN));
        const runs: KeptRun[] = [];
        let damaged = 0;
        for (const item of new Set(all.map((one) => one.item))) {
          const run = (await readNewest(all.filter((one) => one.item === item))) as KeptRun | undefined;
          if (run !== undefined) runs.push(run);
          else {
            damaged++;
            await drop((other) => other === item);
          }
        }
        return { runs, damaged };
      }),
    run: (run) =>
      inPlace("runs", async () => {
        const writings = (await items()).filter(({ item }) => item === RUN + run);
        return (await readNewest(writings)) as KeptRun | undefined;
      }),
    keepRun: (run) => {
      const [id, keeping] = [run.view.run, `the run “${run.view.name}”`];
      return changing(keeping, () => write(RUN + id, pack(run), keeping), { type: "run", run: id });
    },
    dropRun: (run) =>
      changing("nothing", () => drop((item) => item === RUN + run), { type: "run-dropped", run }),
    dropRuns: () => changing("nothing", () => drop((item) => item.startsWith(RUN)), { type: "runs-dropped" }),
    ledgers: () =>
      inPlace("the ledger", async () => {
        const all = (await items()).filter(({ item }) => item.startsWith(LEDGER));
        const ledgers: Ledger[] = [];
        for (const item of new Set(all.map((one) => one.item))) {
          const ledger = (await readNewest(all.filter((one) => one.item === item))) as Ledger | undefined;
          if (ledger !== undefined) ledgers.push(ledger);
        }
        return ledgers;
      }),
    keepLedger: (ledger) =>
      changing("the ledger", () => write(LEDGER + ledger.mark.salt, pack(ledger), "the ledger"), {
        type: "ledgers",
      }),
    dropLedgers: (salt) =>
      changing(
        "nothing",
        () => drop((item) => (salt === undefined ? item.startsWith(LEDGER) : item === LEDGER + salt)),
        { type: "ledgers" },
      ),
    studies: () => inPlace("studies", () => drawer.all()),
    keepStudy: (study) => {
      const keeping = `the study of ${study.table}`;
      return changing(keeping, () => drawer.put(study, keeping), { type: "studies" });
    },
    dropStudies: (study) => changing("nothing", () => drawer.remove(study), { type: "studies" }),
    table: () =>
      inPlace("the table", async () => {
        const writings = (await items()).filter(({ item }) => item === TABLE);
        const table = (await readNewest(writings)) as KeptTable | undefined;
        if (table === undefined) return undefined;
        keptSource = await source();
        return { ...table, source: keptSource };
      }),
    keepTable: (table) =>
      changing(
        "the table",
        async () => {
          const { source: from, ...rest } = table;
          const has = (await items()).some(({ item }) => item === SOURCE);
          if (from === undefined) await drop((item) => item === SOURCE);
          else if (from !== keptSource || !has)
            await write(SOURCE, piecesOf(from, table.table.name), "the table");
          keptSource = from;
          await write(TABLE, pack(rest), "the table");
        },
        { type: "table", table: table.id },
      ),
    dropTable: () =>
      changing("nothing", () => drop((item) => item === TABLE || item === SOURCE), { type: "table" }),
    kept: () => place.alone(() => keptOf(place)).catch(() => ({ runs: 0, table: false, bytes: 0 })),
    forget: () =>
      changing(
        "nothing",
        async () => {
          seen = undefined;
          keptSource = undefined;
          if ((await place.read(KEY)) !== undefined) await place.destroy(KEY, KEY_BYTES);
          await drop(() => true);
          await place.clear();
        },
        { type: "forgotten" },
      ),
    follow: (onChange, onNews) => {
      changed = onChange;
      place.hear((news) => {
        if (news.type === "forgotten") {
          seen = undefined;
          keptSource = undefined;
        }
        void onNews(news)
          .catch(() => undefined)
          .then(onChange);
      });
    },
  };
}

async function keptOf(place: Place): Promise<Kept> {
  const [items, all] = [new Set<string>(), { bytes: 0 }];
  for (const name of await place.names()) {
    const item = itemOf(name)?.item;
    if (item === undefined) continue;
    items.add(item);
    all.bytes += (await place.read(name))?.size ?? 0;
  }
  const runs = [...items].filter((item) => item.startsWith(RUN)).length;
  return { runs, table: items.has(TABLE), ...all };
}

const sameBytes = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a?.length === b.length && a.every((byte, i) => byte === b[i]);

/** It was not written to its end, or was changed since: reading it again would not help. */
const isDamage = (error: unknown): boolean =>
  error instanceof RangeError ||
  error instanceof SyntaxError ||
  (error instanceof Error && error.name === "OperationError");

function storageFault(error: unknown, keeping: string): FaultError {
  if (error instanceof FaultError) return error;
  if (error instanceof Error && error.name === "QuotaExceededError")
    return new FaultError({ code: "storage-full", keeping });
  const reason = error instanceof Error ? error.message : String(error);
  return new FaultError({ code: "storage-unavailable", reason });
}
