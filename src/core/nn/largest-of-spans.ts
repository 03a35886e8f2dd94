import type { SpanLayout } from "./spans.ts";

/** Every span of row-major `data` made the one-hot of its largest number, in place: a choice that is taken, not drawn. */
export function keepLargest(data: Float32Array, { width, spans }: SpanLayout): void {
  for (let from = 0; from < data.length; from += width)
    for (const { start, width: breadth } of spans) {
      const span = data.subarray(from + start, from + start + breadth);
      let largest = 0;
      for (let k = 1; k < breadth; k++) if ((span[k] as number) > (span[largest] as number)) largest = k;
      span.fill(0);
      span[largest] = 1;
    }
}
