import { useEffect, useMemo } from "react";
import type { Asked } from "../../../worker/protocol.ts";
import { samplePreview } from "../../state/files/taking-away.ts";
import type { Sample } from "../../state/lab-state.ts";
import { lab } from "../../state/lab.ts";
import { useLab } from "../../state/use-lab.ts";

const PREVIEW_ROWS = 8;
/** whole ones */
const PREVIEW_PATIENTS = 2;

/** The first rows of what will be downloaded, asked for once what is wanted has stood still for a moment. */
export function usePreview(
  run: string,
  seed: number,
  asked: Asked | undefined,
  overTime: boolean,
): Sample | undefined {
  const sample = useLab((state) => state.sample);
  const key = JSON.stringify(asked);
  const same = useMemo((): Asked | undefined => (key === undefined ? undefined : JSON.parse(key)), [key]);
  useEffect(() => {
    const wait = lab.getState().sample ? 250 : 0;
    const amount = { rows: PREVIEW_ROWS, ...(overTime && { patients: PREVIEW_PATIENTS }) };
    const timer = setTimeout(() => samplePreview(run, amount, seed, same), wait);
    return () => clearTimeout(timer);
  }, [run, seed, same, overTime]);
  return sample?.run === run ? sample : undefined;
}

/** Bytes of a CSV of `rows` rows like those of the preview; undefined before there are any. */
export function estimatedBytes(preview: Sample | undefined, rows: number): number | undefined {
  if (preview === undefined || preview.names.length === 0) return undefined;
  const encoder = new TextEncoder();
  const bytes = (cells: readonly string[]): number => encoder.encode(cells.join(",")).length + 1;
  const total = preview.cells.reduce((sum, cells) => sum + bytes(cells), 0);
  return bytes(preview.names) + (total / Math.max(1, preview.cells.length)) * rows;
}
