import { useEffect, useState } from "react";

/** Drawings that wait; one is let through per task, so that many charts never make one long task. */
const waiting = new Set<() => void>();
let running = false;

function next(): void {
  const [draw] = waiting;
  if (draw === undefined) {
    running = false;
    return;
  }
  waiting.delete(draw);
  draw();
  setTimeout(next, 0);
}

let atOnce = false;

/** Before the page is printed all charts are drawn at once: paper does not wait for turns. */
export function drawAtOnce(on: boolean): void {
  atOnce = on;
  if (!on) return;
  const all = [...waiting];
  waiting.clear();
  for (const draw of all) draw();
}

function takeTurn(draw: () => void): () => void {
  if (atOnce) {
    draw();
    return () => undefined;
  }
  waiting.add(draw);
  if (!running) {
    running = true;
    setTimeout(next, 0);
  }
  return () => waiting.delete(draw);
}

/** `value` as of this chart's last turn; undefined before its first one. */
export function useTurn<T>(value: T): T | undefined {
  const [shown, setShown] = useState<{ readonly value: T } | undefined>(undefined);
  useEffect(() => takeTurn(() => setShown({ value })), [value]);
  return shown?.value;
}

/** How many of a chart's `parts` are drawn yet: one more at each turn. */
export function usePartByPart(parts: number): number {
  const [drawn, setDrawn] = useState(0);
  useEffect(() => (drawn < parts ? takeTurn(() => setDrawn(drawn + 1)) : undefined), [drawn, parts]);
  return Math.min(drawn, parts);
}
