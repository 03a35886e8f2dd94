import type { Told } from "../metrics/metric-shape.ts";
import type { readItem } from "./report-shape.ts";

/** One thing that was not understood when a file was read, or that nothing can be learned from. */
export type ReadItem = Told<typeof readItem>;

/** What a line of the list is about. */
export type Misread = ReadItem["what"];
