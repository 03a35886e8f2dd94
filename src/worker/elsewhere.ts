import {
  FaultError,
  asFault,
  elsewhereFacts,
  evaluateTables,
  learnedTable,
  readAlikeCleaned,
  readRepaired,
  readingLines,
  readingList,
  sharedReading,
  reviseTable,
  realSides,
  withPatients,
  type AlikeTable,
  type RuleBook,
  type Fault,
  type ReadCleanedFile,
  type Table,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { newId } from "./new-id.ts";
import { openFile, readBlob, type OpenTable, type ReadingListener } from "./open-table.ts";
import type { ElsewhereFile, ElsewhereLook, ElsewhereSlot, HoldoutChoice, Repair, Seen } from "./protocol.ts";
import type { MadeElsewhere } from "./runs.ts";

interface Real {
  readonly open: OpenTable;
  readonly fromOpenTable: boolean;
  /** with the target that was chosen here */
  readonly table: Table;
  /** runs with the same id were held against the same real rows */
  readonly id: string;
}

interface Beside {
  readonly source: Blob;
  readonly name: string;
  /** how a person said that it is read */
  readonly repair: Repair;
  readonly rows: number;
  readonly patients?: number;
  readonly columns: number;
  readonly notes: readonly string[];
  /** how it was read as the real table, once there is one */
  readonly alike?: AlikeTable;
  readonly fault?: Fault;
}

const SIDES = { holdout: "held-out", synthetic: "synthetic" } as const;
type BesideSlot = keyof typeof SIDES;

const quiet: ReadingListener = { onProgress: () => {}, cancelled: () => false };
const columnsOf = ({ table }: AlikeTable): string[] => table.schema.columns.map(({ name }) => name);

/** How many patients a table has, where its rows tell them apart and some have several. */
function patientsOf(table: Table): { readonly patients?: number } {
  const whose = withPatients(table).patients;
  const patients = whose === undefined ? table.rows : new Set(whose).size;
  return patients < table.rows ? { patients } : {};
}

/** The tables of a comparison as they are chosen, one after another; a file that cannot be read changes nothing. */
export class Elsewhere {
  private real: Real | undefined;
  private readonly beside: Partial<Record<BesideSlot, Beside>> = {};
  private last: Promise<unknown> = Promise.resolve();

  /** Rejects with FaultError; what was chosen before then stays. */
  choose(
    slot: ElsewhereSlot,
    source: Blob | OpenTable,
    name: string,
    listener: ReadingListener,
    repair: Repair = {},
  ): Promise<void> {
    return this.inTurn(async () => {
      if (slot === "real") {
        const open = source instanceof Blob ? await openRepaired(source, name, listener, repair) : source;
        await this.setReal(open, !(source instanceof Blob), open.table);
      } else if (source instanceof Blob) {
        this.beside[slot] = await this.readBeside(slot, { source, name, repair }, listener);
      }
    });
  }

  empty(slot: ElsewhereSlot): Promise<void> {
    return this.inTurn(async () => {
      if (slot === "real") this.real = undefined;
      else delete this.beside[slot];
      if (slot === "holdout") this.newRows();
    });
  }

  emptyAll(): Promise<void> {
    return this.inTurn(async () => {
      this.real = undefined;
      delete this.beside.holdout;
      delete this.beside.synthetic;
    });
  }

  /** The open table has changed: where it serves as the real one, the new one does. Resolves with whether it did. */
  async follow(open: OpenTable | undefined): Promise<boolean> {
    if (this.real?.fromOpenTable !== true || this.real.open.id === open?.id) return false;
    await this.inTurn(async () => {
      if (open === undefined) this.real = undefined;
      else await this.setReal(open, true, open.table);
    });
    return true;
  }

  /** Throws FaultError `unknown-column`. */
  setTarget(column: string | null): Promise<void> {
    return this.inTurn(async () => {
      const { real } = this;
      if (real === undefined) return;
      const now = targetOf(real.table);
      const changes: SchemaChange[] =
        column !== null
          ? [{ type: "role", column, role: "target" }]
          : now === undefined
            ? []
            : [{ type: "role", column: now, role: "feature" }];
      const revision = reviseTable(real.table, changes);
      if (revision.status === "revised")
        await this.setReal(real.open, real.fromOpenTable, revision.table, false);
    });
  }

  look(): ElsewhereLook {
    const { real } = this;
    const learned = real === undefined ? [] : learnedTable(real.table).schema.columns.map(({ name }) => name);
    const target = real && targetOf(real.table);
    return {
      ...(real && {
        real: {
          name: real.table.name,
          rows: real.table.rows,
          ...patientsOf(real.table),
          columns: real.table.columns.length,
          notes: real.fromOpenTable ? [] : [...real.open.notes, ...readingLines(readingList(real.table))],
          fromOpenTable: real.fromOpenTable,
        },
      }),
      ...this.fileOf("holdout"),
      ...this.fileOf("synthetic"),
      targets: learned,
      ...(target !== undefined && { target }),
      learned: learned.length,
      compared: learned.filter((name) =>
        (["holdout", "synthetic"] as const).every((slot) => {
          const alike = this.beside[slot]?.alike;
          return alike === undefined || columnsOf(alike).includes(name);
        }),
      ).length,
    };
  }

  /**
   * What is chosen, ready to be measured; held-out rows count where some were kept from the tool. Throws FaultError `bad-use`
   * when something is missing.
   */
  comparison(seen: Seen, seed: number): MadeElsewhere {
    const { real } = this;
    const synthetic = this.beside.synthetic;
    const held = seen === "some" ? this.beside.holdout : undefined;
    if (real === undefined) throw badUse("Open the real table first.");
    if (synthetic === undefined) throw badUse("Open the synthetic table first.");
    if (seen === "some" && held === undefined)
      throw badUse("Open the patients who were kept away from the tool.");
    const fault = synthetic.fault ?? held?.fault;
    if (fault !== undefined) throw new FaultError(fault);
    const of = (file: Beside): AlikeTable => file.alike as AlikeTable;
    const facts = elsewhereFacts(real.table.name, synthetic.name, seed);
    return {
      name: synthetic.name,
      table: real.table,
      tableId: real.id,
      holdout: heldOut(seen, real.table, held),
      seed,
      real: real.open,
      measure: (options) => {
        const sides = realSides(
          real.table,
          seen === "some" ? { seen, holdout: of(held as Beside).table } : { seen },
        );
        const notes = [...(held ? of(held).notes : []), ...of(synthetic).notes];
        const said = { ...options, notes, reading: sharedReading(real.table), ...ruled(real.open) };
        return evaluateTables({ ...sides, synthetic: of(synthetic).table }, facts, said);
      },
    };
  }

  /** One change at a time, whatever became of the one before. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async setReal(open: OpenTable, fromOpenTable: boolean, table: Table, reread = true): Promise<void> {
    this.real = { open, fromOpenTable, table, id: "" };
    this.newRows();
    if (!reread) return;
    for (const slot of ["holdout", "synthetic"] as const) {
      const file = this.beside[slot];
      if (file === undefined) continue;
      try {
        this.beside[slot] = await this.readBeside(slot, file, quiet);
      } catch (error) {
        const { alike: _unfit, ...rest } = file;
        this.beside[slot] = { ...rest, notes: [], fault: asFault(error) };
      }
    }
  }

  /** Runs from here on are held against other real rows than those before, unless they are the open table's own. */
  private newRows(): void {
    const { real } = this;
    if (real === undefined) return;
    const own = real.fromOpenTable && real.table === real.open.table && this.beside.holdout === undefined;
    this.real = { ...real, id: own ? real.open.id : newId() };
  }

  private async readBeside(
    slot: BesideSlot,
    chosen: Pick<Beside, "source" | "name" | "repair">,
    listener: ReadingListener,
  ): Promise<Beside> {
    const { real } = this;
    const { source, name, repair: asked } = chosen;
    let columns = 0;
    const read: ReadCleanedFile = async (changes, repair, automatic) => {
      const how = { repair: { ...asked, ...repair }, changes, largest: true, automatic };
      const found = await readBlob(source, name, how, listener);
      columns = found.table.columns.length;
      return found;
    };
    if (real === undefined) {
      const { found } = await readRepaired((repair) => read([], repair, true));
      return {
        source,
        name,
        repair: asked,
        rows: found.table.rows,
        ...patientsOf(found.table),
        columns,
        notes: [...found.notes],
      };
    }
    const alike = await readAlikeCleaned(read, real.table, SIDES[slot], real.open.changes);
    const { notes, table } = alike;
    const file: Beside = {
      source,
      name,
      repair: asked,
      rows: table.rows,
      ...patientsOf(table),
      columns,
      notes,
      alike,
    };
    if (slot === "holdout") {
      this.beside.holdout = file;
      this.newRows();
    }
    return file;
  }

  private fileOf(slot: BesideSlot): { [key in BesideSlot]?: ElsewhereFile } {
    const file = this.beside[slot];
    if (file === undefined) return {};
    const { name, rows, patients, columns, notes, fault, alike } = file;
    const counted = { rows, ...(patients !== undefined && { patients }) };
    return { [slot]: { name, ...counted, columns, notes: alike ? notes : [], ...(fault && { fault }) } };
  }
}

async function openRepaired(
  source: Blob,
  name: string,
  listener: ReadingListener,
  asked: Repair,
): Promise<OpenTable> {
  const read = (repair: Repair): Promise<OpenTable> =>
    openFile(source, name, { repair: { ...asked, ...repair }, largest: true }, listener);
  return (await readRepaired(read)).found;
}

/** As a share, which is how runs are told apart that were held against other rows. */
function heldOut(seen: Seen, real: Table, held: Beside | undefined): HoldoutChoice {
  if (held) return { share: held.rows / (held.rows + real.rows), seed: 0 };
  return { share: seen === "none" ? 1 : 0, seed: 0 };
}

function targetOf({ schema }: Table): string | undefined {
  return schema.columns.find(({ role }) => role === "target")?.name;
}

function badUse(message: string): FaultError {
  return new FaultError({ code: "bad-use", message });
}

const ruled = ({ book }: OpenTable): { readonly book?: RuleBook } => (book ? { book } : {});
