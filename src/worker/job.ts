/** Chunks that may be under way to the page, or to its disk, at once. */
const MOST_AHEAD = 4;

/** Something that can be asked to stop: a file being read, rows being written. */
export class Job {
  private stopped = false;
  private ahead = 0;
  private wake = (): void => {};

  get cancelled(): boolean {
    return this.stopped;
  }

  cancel(): void {
    this.stopped = true;
    this.wake();
  }

  /** A chunk has left for the page; resolves once another may: few are not yet written there, or the job is cancelled. */
  async sent(): Promise<void> {
    this.ahead++;
    while (this.ahead >= MOST_AHEAD && !this.stopped)
      await new Promise<void>((resolve) => (this.wake = resolve));
  }

  written(): void {
    this.ahead--;
    this.wake();
  }
}
