import { createTimeLeft } from "../core/lab/lab.ts";

/** Least milliseconds between two reports of progress that bring nothing but the step. */
const REPORT_EVERY = 100;

/** Tells how far something is, with the seconds left, not more often than need be. */
export function paced(
  tell: (fraction: number, secondsLeft: number | undefined) => void,
): (fraction: number) => void {
  const started = performance.now();
  const timeLeft = createTimeLeft();
  let told = -Infinity;
  return (fraction) => {
    const now = performance.now();
    const left = timeLeft((now - started) / 1000, fraction);
    if (now - told < REPORT_EVERY && fraction < 1) return;
    told = now;
    tell(fraction, left);
  };
}
