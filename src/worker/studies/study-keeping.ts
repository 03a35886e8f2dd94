import { asFault, type Fault } from "../../core/lab/lab.ts";
import type { Keep } from "../keep/keep.ts";
import type { KeptStudy } from "../keep/study-drawer.ts";

/** Studies stay in this browser where finished runs do, and only there. */
export class StudyKeeping {
  private readonly keepIn: Keep;
  private on = false;
  /** one writing after another */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(keep: Keep) {
    this.keepIn = keep;
  }

  /** Off: those kept are removed. */
  async set(on: boolean): Promise<void> {
    this.on = on;
    if (!on) await this.inTurn(() => this.keepIn.dropStudies());
  }

  /** None is kept from here on; what is kept stays. */
  stop(): void {
    this.on = false;
  }

  /** Resolves with why it could not be kept, if so. */
  keep(study: KeptStudy): Promise<Fault | undefined> {
    return this.inTurn(async () => {
      if (!this.on) return undefined;
      try {
        await this.keepIn.keepStudy(study);
        return undefined;
      } catch (error) {
        const fault = asFault(error);
        // Forgotten in another tab: it must not be written back.
        if (fault.code === "kept-forgotten") this.on = false;
        return fault;
      }
    });
  }

  drop(study: string): Promise<void> {
    return this.inTurn(() => this.keepIn.dropStudies(study));
  }

  restored(): Promise<KeptStudy[]> {
    return this.inTurn(() => this.keepIn.studies());
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}
