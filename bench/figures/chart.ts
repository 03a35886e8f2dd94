/** One drawing: what a source says beside what is simulated, at the same places. */
export interface Chart {
  readonly title: string;
  /** ids of sources */
  readonly sources: readonly string[];
  readonly unit: string;
  /** "Age": what the places are */
  readonly across: string;
  readonly lines: readonly Line[];
  /** how far the two may lie apart, in the unit */
  readonly tolerance: number;
  /** what the source's figure is not, where it is not the same measure */
  readonly note?: string;
}

export interface Line {
  readonly name: string;
  readonly at: readonly string[];
  readonly published: readonly number[];
  readonly simulated: readonly number[];
}

/** The greatest distance of a chart, and where. */
export function farthest({ lines }: Chart): { readonly by: number; readonly where: string } {
  let far = { by: 0, where: "" };
  for (const { name, at, published, simulated } of lines)
    for (const [i, value] of simulated.entries()) {
      const by = value - (published[i] as number);
      if (Math.abs(by) > Math.abs(far.by)) far = { by, where: [name, at[i]].filter(Boolean).join(", ") };
    }
  return far;
}
