/** Which unit groups of a block-sparse layer see which segments of its input. */
export interface BlockMask {
  /** widths of the input's segments, in order */
  readonly inputs: readonly number[];
  /** widths of the unit groups, in order */
  readonly units: readonly number[];
  /** segments x groups, row-major: not 0 where the group sees the segment */
  readonly allowed: ArrayLike<number>;
}

/** One unit group: `units` units from `unit` on, fed by the columns of `runs`, in that order. */
export interface PlannedGroup {
  readonly unit: number;
  readonly units: number;
  /** columns of the input, neighbouring segments as one */
  readonly runs: readonly { readonly start: number; readonly width: number }[];
  /** columns in all runs together */
  readonly fan: number;
  /** where its weights [fan, units] start in the layer's weight array */
  readonly weight: number;
}

/** A block mask with its weights laid out: group after group, each [its columns, its units], row-major. */
export interface BlockPlan {
  readonly inputs: number;
  readonly units: number;
  /** weights in all */
  readonly connections: number;
  readonly groups: readonly PlannedGroup[];
  /** no column feeds two groups */
  readonly disjoint: boolean;
}

/** The plan as the kernels read it: five whole numbers for each group, two for each run. */
export function tableOf({ groups }: BlockPlan): Int32Array {
  const heads: number[] = [];
  const runs: number[] = [];
  for (const group of groups) {
    heads.push(group.unit, group.units, group.weight, group.runs.length, runs.length / 2);
    for (const { start, width } of group.runs) runs.push(start, width);
  }
  return Int32Array.from([...heads, ...runs]);
}

export function planBlocks({ inputs, units, allowed }: BlockMask): BlockPlan {
  if (allowed.length !== inputs.length * units.length)
    throw new RangeError(`a block mask of ${allowed.length}, not ${inputs.length} x ${units.length}`);
  const starts = startsOf(inputs);
  const used = new Uint8Array(inputs.length);
  const groups: PlannedGroup[] = [];
  let unit = 0;
  let weight = 0;
  let disjoint = true;
  units.forEach((width, g) => {
    const runs: { start: number; width: number }[] = [];
    for (const [s, segment] of inputs.entries()) {
      if (allowed[s * units.length + g] === 0 || segment === 0) continue;
      if (used[s]) disjoint = false;
      used[s] = 1;
      const start = starts[s] as number;
      const last = runs.at(-1);
      if (last && last.start + last.width === start) last.width += segment;
      else runs.push({ start, width: segment });
    }
    const fan = runs.reduce((sum, run) => sum + run.width, 0);
    groups.push({ unit, units: width, runs, fan, weight });
    unit += width;
    weight += fan * width;
  });
  const all = inputs.reduce((sum, width) => sum + width, 0);
  return { inputs: all, units: unit, connections: weight, groups, disjoint };
}

/** Group g sees the columns g m .. (g + 1) m - 1 and nothing else. */
export function planGroups(groups: number, m: number, units: number): BlockPlan {
  const planned = Array.from({ length: groups }, (_, g) => ({
    unit: g * units,
    units,
    runs: [{ start: g * m, width: m }],
    fan: m,
    weight: g * m * units,
  }));
  return {
    inputs: groups * m,
    units: groups * units,
    connections: groups * m * units,
    groups: planned,
    disjoint: true,
  };
}

function startsOf(widths: readonly number[]): number[] {
  let at = 0;
  return widths.map((width) => {
    const start = at;
    at += width;
    return start;
  });
}
