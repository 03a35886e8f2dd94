import { plainText } from "./plain-text.ts";

/** Progress on stderr: one line that is rewritten on a terminal; in a log a line now and then. */
export interface ProgressLine {
  show(doing: string, fraction: number, more?: string): void;
  /** A line that stays. */
  say(line: string): void;
  end(): void;
}

const REWRITE_EVERY = 100;
const LOG_EVERY = 10_000;

export function createProgressLine(stream: { isTTY?: boolean; write(text: string): unknown }): ProgressLine {
  const rewrites = stream.isTTY === true;
  let told = -Infinity;
  let doingBefore = "";
  let open = false;
  const end = (): void => {
    if (open) stream.write("\n");
    open = false;
  };
  return {
    show: (doing, fraction, more = "") => {
      const now = performance.now();
      if (doing === doingBefore && now - told < (rewrites ? REWRITE_EVERY : LOG_EVERY)) return;
      told = now;
      doingBefore = doing;
      const line = `${doing} ${Math.floor(100 * fraction)}%${more === "" ? "" : `, ${plainText(more)}`}`;
      stream.write(rewrites ? `\r\u001b[K${line}` : `${line}\n`);
      open = rewrites;
    },
    say: (line) => {
      end();
      stream.write(`${plainText(line)}\n`);
    },
    end,
  };
}

/** Seconds as a person says them: "8 s", "2 min 05 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
