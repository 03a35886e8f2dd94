import type { ProgressLine } from "../progress-line.ts";

/** Ctrl-C is heard once as a wish to stop; the second time it ends the program at once. */
export function catchInterrupt(line: Pick<ProgressLine, "say">): { asked(): boolean; end(): void } {
  let asked = false;
  const hear = (): void => {
    if (asked) process.exit(130);
    asked = true;
    line.say("Stopping; what is done stays. Ctrl-C again ends at once.");
  };
  process.on("SIGINT", hear);
  return { asked: () => asked, end: () => void process.off("SIGINT", hear) };
}
