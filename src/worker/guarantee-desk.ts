import {
  addEntry,
  emptyLedger,
  entryOf,
  FaultError,
  fittingFacts,
  isMarked,
  offerOf,
  readLedger,
  refuseTooFew,
  rowsCounted,
  strikeEntry,
  tableMark,
  viewOfLedger,
  withNextRun,
  writeLedger,
  type GuaranteeOffer,
  type Ledger,
  type RowsCounted,
} from "../core/lab/lab.ts";
import type { RunFacts } from "../core/report/report.ts";
import type { Keep } from "./keep/keep.ts";
import { sourceFactsOf, type OpenTable } from "./open-table.ts";
import type { Event as LabEvent, LedgerNext, Request } from "./protocol.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;
export type LedgerRequest = Of<"strike-entry" | "clear-ledger" | "save-ledger" | "open-ledger">;

const NOTHING = { entries: [] } as const;

/**
 * What can be guaranteed of the open table, and the ledgers of tables: one each, whatever is done to the table after it was
 * read, found again by the digest of its file.
 */
export class GuaranteeDesk {
  private readonly post: (event: LabEvent) => void;
  private readonly keep: Keep;
  /** of this session, and those that were kept */
  private ledgers: readonly Ledger[] = [];
  private keeping = false;
  /** one change after another */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(post: GuaranteeDesk["post"], keep: Keep) {
    this.post = post;
    this.keep = keep;
  }

  /** What can be offered for `open`. Throws FaultError `guarantee-refused`. */
  async offer(request: Of<"offer-guarantee">, open: OpenTable): Promise<void> {
    const { job, holdout, choices, rowsPerPatient, next } = request;
    const facts = fittingFacts(open.table.schema, choices.declared);
    const offer = offerOf(open.table, {
      holdout,
      facts,
      ...(next && { epsilon: next.epsilon, delta: next.delta }),
    });
    const counted = rowsCounted(open.table, holdout, rowsPerPatient);
    const sum = next && (await this.sumWith(next, offer, counted, open));
    this.post({ type: "guarantee-offer", job, offer, counted, ...(sum && { next: sum }) });
  }

  private async sumWith(
    { synthesizer, epsilon, delta }: NonNullable<Of<"offer-guarantee">["next"]>,
    offer: GuaranteeOffer,
    counted: RowsCounted,
    open: OpenTable,
  ): Promise<LedgerNext> {
    const { units } = counted;
    if (delta * units > 1)
      throw new FaultError({
        code: "guarantee-refused",
        reason: `δ ${delta} is above 1/n of the ${units} ${offer.unit}s to learn from: it would allow one of them to be given away whole.`,
        remedy: "Set δ to 0, which takes 1/(n√n), or to less than 1/n.",
      });
    const method = synthesizer === "dp-auto" ? offer.takes : synthesizer;
    const findsLevels = offer.lines.some(
      ({ cost, declares }) => cost === "decision" && declares === "levels",
    );
    const spends = { epsilon, delta: delta === 0 ? offer.delta : delta, findsLevels };
    if (method === "dp-target") refuseTooFew(counted, offer.unit, spends);
    const ledger = (await this.ledgerOf(open)) ?? NOTHING;
    return withNextRun(ledger, {
      ...spends,
      samples: method === "dp-network",
    });
  }

  /** The ledger of the table that is open now goes to the page. */
  async tell(open: OpenTable | undefined): Promise<void> {
    const ledger = open && (await this.ledgerOf(open));
    this.post({ type: "ledger", ledger: viewOfLedger(ledger ?? NOTHING) });
  }

  /** Enters a run that is done, if it has a guarantee: whatever of it leaves from now on is paid for. */
  async enter(open: OpenTable, run: string, facts: RunFacts): Promise<void> {
    const entry = entryOf(facts, run);
    if (entry !== undefined) await this.change(open, (ledger) => addEntry(ledger, entry));
  }

  async answer(request: LedgerRequest, open: OpenTable): Promise<void> {
    switch (request.type) {
      case "strike-entry":
        return this.change(open, (ledger) => strikeEntry(ledger, request.run));
      case "clear-ledger":
        return this.change(open, (ledger) => ({ ...ledger, entries: [] }));
      case "save-ledger": {
        const ledger = (await this.ledgerOf(open)) ?? (await newLedger(open));
        return this.post({ type: "ledger-file", job: request.job, text: writeLedger(ledger) });
      }
      case "open-ledger":
        return this.join(readLedger(await request.source.text()), open, request.name);
    }
  }

  /** Kept where runs are; off: those kept are removed, those of this session stay in it. */
  async setKeeping(on: boolean): Promise<void> {
    this.keeping = on;
    if (!on) return this.keep.dropLedgers();
    for (const ledger of this.ledgers) if (ledger.entries.length > 0) await this.keep.keepLedger(ledger);
  }

  /** What an earlier visit or another tab has kept joins what is here. */
  async restore(open: OpenTable | undefined): Promise<void> {
    await this.takeKept();
    await this.tell(open);
  }

  /** None is kept from here on; those of this session stay in it. */
  stopKeeping(): void {
    this.keeping = false;
  }

  /** Nothing is known any more; what was kept goes with everything else. Returns what can be put back. */
  forget(): readonly Ledger[] {
    const held = this.ledgers;
    this.ledgers = [];
    this.keeping = false;
    return held;
  }

  /** What `forget` returned is known again. */
  putBack(ledgers: readonly Ledger[]): void {
    for (const ledger of ledgers) this.put(ledger);
  }

  private async join(ledger: Ledger, open: OpenTable, name: string): Promise<void> {
    if (!isMarked(ledger.mark, await digestOf(open)))
      throw new FaultError({
        code: "ledger-unreadable",
        reason: `${name} is the ledger of another table, “${ledger.table}”, or of another version of this file.`,
      });
    await this.change(open, (here) => ledger.entries.reduce(addEntry, here));
  }

  private change(open: OpenTable, by: (ledger: Ledger) => Ledger): Promise<void> {
    const mine = this.turn.then(async () => {
      if (this.keeping) await this.takeKept();
      const before = await this.ledgersOf(open);
      const next = by(joined(before) ?? (await newLedger(open)));
      const doubled = before.filter(({ mark }) => mark.salt !== next.mark.salt);
      this.ledgers = [...this.ledgers.filter((one) => !before.includes(one)), next];
      await this.tell(open);
      if (this.keeping) await this.keepOne(next, doubled);
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** Where it cannot be kept, ledgers are of this session alone from here on: what is kept would lack an entry. */
  private async keepOne(ledger: Ledger, doubled: readonly Ledger[]): Promise<void> {
    try {
      if (ledger.entries.length === 0) await this.keep.dropLedgers(ledger.mark.salt);
      else await this.keep.keepLedger(ledger);
      for (const { mark } of doubled) await this.keep.dropLedgers(mark.salt);
    } catch (error) {
      this.keeping = false;
      throw error;
    }
  }

  /** What is kept stands: another tab may have entered or struck a run. */
  private async takeKept(): Promise<void> {
    for (const kept of await this.keep.ledgers().catch(() => [])) this.put(kept);
  }

  /** In the place of the one of the same mark. */
  private put(ledger: Ledger): void {
    const others = this.ledgers.filter(({ mark }) => mark.salt !== ledger.mark.salt);
    this.ledgers = [...others, ledger];
  }

  /** Those of `open`. A digest is taken only where there is a ledger it may belong to. */
  private async ledgersOf(open: OpenTable): Promise<readonly Ledger[]> {
    if (this.ledgers.length === 0) return [];
    const digest = await digestOf(open);
    return this.ledgers.filter(({ mark }) => isMarked(mark, digest));
  }

  async ledgerOf(open: OpenTable): Promise<Ledger | undefined> {
    return joined(await this.ledgersOf(open));
  }
}

/** Ledgers of one table, two tabs may have begun one each, as the first of them. */
function joined([first, ...others]: readonly Ledger[]): Ledger | undefined {
  return first && others.reduce((all, { entries }) => entries.reduce(addEntry, all), first);
}

const digestOf = async (open: OpenTable): Promise<string> =>
  (await sourceFactsOf(open, () => Promise.resolve())).sha256;

const newLedger = async (open: OpenTable): Promise<Ledger> =>
  emptyLedger(open.inferred.name, tableMark(await digestOf(open)));
