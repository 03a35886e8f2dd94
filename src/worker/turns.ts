/**
 * Who may go on measuring what is left: one at a time, first come first, and only while nothing that a person waits for is
 * under way.
 */
export class Turns {
  private readonly busy: () => boolean;
  private readonly line: string[] = [];
  /** those that let everybody else go before them */
  private readonly rear = new Set<string>();
  private readonly waiting = new Set<() => void>();

  /** @param busy whether something else comes first */
  constructor(busy: () => boolean) {
    this.busy = busy;
  }

  /** `who` has its place in line from now on. `behindAll`: whoever comes later goes first too. */
  join(who: string, behindAll = false): void {
    if (this.line.includes(who)) return;
    if (behindAll) this.rear.add(who);
    const end = behindAll ? -1 : this.line.findIndex((other) => this.rear.has(other));
    this.line.splice(end < 0 ? this.line.length : end, 0, who);
  }

  /** Resolves when it is the turn of `who`, or when it no longer wants one; it joins the line where it has not. */
  async wait(who: string, stopped: () => boolean): Promise<void> {
    this.join(who);
    while (!stopped() && (this.busy() || this.line[0] !== who))
      await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  /** `who` is done, or will not go on. */
  leave(who: string): void {
    const at = this.line.indexOf(who);
    if (at >= 0) this.line.splice(at, 1);
    this.rear.delete(who);
    this.look();
  }

  /** Something has changed that others may have waited for. */
  look(): void {
    const wake = [...this.waiting];
    this.waiting.clear();
    for (const resolve of wake) resolve();
  }
}
