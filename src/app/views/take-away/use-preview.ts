import { useEffect } from "react";
import { samplePreview } from "../../state/actions.ts";
import { lab } from "../../state/lab.ts";
import { useLab } from "../../state/use-lab.ts";

const PREVIEW_ROWS = 8;

interface Preview {
  readonly names: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

/** The first rows of what will be downloaded, asked for once the seed has stood still for a moment. */
export function usePreview(run: string, seed: number): Preview | undefined {
  const sample = useLab((state) => state.sample);
  useEffect(() => {
    const timer = setTimeout(() => samplePreview(run, PREVIEW_ROWS, seed), lab.getState().sample ? 250 : 0);
    return () => clearTimeout(timer);
  }, [run, seed]);
  return sample && sample.run === run && sample.names.length > 0 ? sample : undefined;
}

/** Bytes of a CSV of `rows` rows like those of the preview. */
export function estimatedBytes(preview: Preview, rows: number): number {
  const encoder = new TextEncoder();
  const bytes = (cells: readonly string[]): number => encoder.encode(cells.join(",")).length + 1;
  const total = preview.cells.reduce((sum, cells) => sum + bytes(cells), 0);
  return bytes(preview.names) + (total / Math.max(1, preview.cells.length)) * rows;
}
