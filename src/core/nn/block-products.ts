/** y = xW where W has only the blocks of a plan: [rows, plan.inputs] -> [rows, plan.units], and its gradient. */
import * as tf from "@tensorflow/tfjs-core";
import { tableOf } from "./block-plan.ts";
import type { BlockPlan } from "./block-plan.ts";
import { hasKernels, runOne } from "./kernels/run-kernel.ts";
import type { Constant, Tensor } from "./tensor.ts";

type Place = (constant: Constant) => Tensor;

interface Product {
  readonly value: Tensor;
  /** of x and of the weights */
  gradient(dy: Tensor, x: Tensor, weight: Tensor): [Tensor, Tensor];
}

/**
 * `weight` holds plan.connections numbers, `bias` plan.units; `place` brings a constant to the device and keeps it.
 */
export function blockProduct(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  plan: BlockPlan,
  place: Place,
): Tensor {
  if (hasKernels()) {
    const inputs = [x, weight, place(planTable(plan)), ...(bias ? [bias] : [])];
    return runOne("blockProduct", inputs, { plan });
  }
  const y = productByOps(x, weight, plan, place);
  return bias ? tf.add(y, bias) : y;
}

function productByOps(x: Tensor, weight: Tensor, plan: BlockPlan, place: Place): Tensor {
  const work = plan.disjoint ? byGroups(plan, place) : byWholeMatrix(plan, place);
  return tf.customGrad((...given) => {
    const save = given.pop() as (tensors: Tensor[]) => void;
    const [own, w] = given as [Tensor, Tensor];
    save([own, w]);
    const { value, gradient } = work(own, w);
    return {
      value,
      gradFunc: (dy: Tensor, kept: Tensor[]) => gradient(dy, kept[0] as Tensor, kept[1] as Tensor),
    };
  })(x, weight);
}

/** Every group padded to the widest and all of them as one batched product; no column may feed two groups. */
const byGroups =
  (plan: BlockPlan, place: Place) =>
  (x: Tensor, weight: Tensor): Product => {
    const { indices, fan, units, groups } = groupIndices(plan);
    const stack = (y: Tensor, index: Constant, width: number): Tensor =>
      tf.transpose(tf.reshape(pick(y, place(index)), [y.shape[0] as number, groups, width]), [1, 0, 2]);
    const unstack = (y: Tensor, index: Constant): Tensor => {
      const [, rows, width] = y.shape as [number, number, number];
      return pick(tf.reshape(tf.transpose(y, [1, 0, 2]), [rows, groups * width]), place(index));
    };
    const matrices = (w: Tensor): Tensor =>
      tf.reshape(pick(tf.reshape(w, [1, -1]), place(indices.weights)), [groups, fan, units]);
    return {
      value: unstack(tf.matMul(stack(x, indices.columns, fan), matrices(weight)), indices.unitPlaces),
      gradient: (dy, own, w) => {
        const slopes = stack(dy, indices.units, units);
        const inner = tf.matMul(tf.transpose(stack(own, indices.columns, fan), [0, 2, 1]), slopes);
        const flat = pick(tf.reshape(inner, [1, -1]), place(indices.weightPlaces));
        return [
          unstack(tf.matMul(slopes, tf.transpose(matrices(w), [0, 2, 1])), indices.columnPlaces),
          tf.reshape(flat, w.shape),
        ];
      },
    };
  };

/** The blocks written into a whole matrix of zeros. */
const byWholeMatrix =
  (plan: BlockPlan, place: Place) =>
  (x: Tensor, weight: Tensor): Product => {
    const { weights, weightPlaces } = wholeIndices(plan);
    const whole = (w: Tensor): Tensor =>
      tf.reshape(pick(tf.reshape(w, [1, -1]), place(weights)), [plan.inputs, plan.units]);
    return {
      value: tf.matMul(x, whole(weight)),
      gradient: (dy, own, w) => {
        const inner = tf.reshape(tf.matMul(tf.transpose(own), dy), [1, -1]);
        return [tf.matMul(dy, tf.transpose(whole(w))), tf.reshape(pick(inner, place(weightPlaces)), w.shape)];
      },
    };
  };

/** Columns of x by number; the number behind the last column means 0. */
function pick(x: Tensor, index: Tensor): Tensor {
  const zero = tf.zeros([x.shape[0] as number, 1]);
  return tf.gather(tf.concat([x, zero], 1), index as tf.Tensor1D, 1);
}

const constantOf = (data: Int32Array): Constant => ({ shape: [data.length], data });

interface GroupIndices {
  readonly groups: number;
  readonly fan: number;
  readonly units: number;
  readonly indices: Readonly<
    Record<"columns" | "units" | "weights" | "columnPlaces" | "unitPlaces" | "weightPlaces", Constant>
  >;
}

const groupIndices = remembering((plan: BlockPlan): GroupIndices => {
  const groups = plan.groups.length;
  const fan = Math.max(1, ...plan.groups.map((group) => group.fan));
  const units = Math.max(1, ...plan.groups.map((group) => group.units));
  const columns = new Int32Array(groups * fan).fill(plan.inputs);
  const columnPlaces = new Int32Array(plan.inputs).fill(groups * fan);
  const unitIndex = new Int32Array(groups * units).fill(plan.units);
  const unitPlaces = new Int32Array(plan.units);
  const weights = new Int32Array(groups * fan * units).fill(plan.connections);
  const weightPlaces = new Int32Array(plan.connections);
  plan.groups.forEach((group, g) => {
    columnsOf(group).forEach((column, i) => {
      columns[g * fan + i] = column;
      columnPlaces[column] = g * fan + i;
    });
    for (let u = 0; u < group.units; u++) {
      unitIndex[g * units + u] = group.unit + u;
      unitPlaces[group.unit + u] = g * units + u;
      for (let i = 0; i < group.fan; i++) {
        const from = group.weight + i * group.units + u;
        const to = (g * fan + i) * units + u;
        weights[to] = from;
        weightPlaces[from] = to;
      }
    }
  });
  return {
    groups,
    fan,
    units,
    indices: {
      columns: constantOf(columns),
      units: constantOf(unitIndex),
      weights: constantOf(weights),
      columnPlaces: constantOf(columnPlaces),
      unitPlaces: constantOf(unitPlaces),
      weightPlaces: constantOf(weightPlaces),
    },
  };
});

const planTable = remembering((plan: BlockPlan): Constant => constantOf(tableOf(plan)));

const wholeIndices = remembering((plan: BlockPlan): Record<"weights" | "weightPlaces", Constant> => {
  const weights = new Int32Array(plan.inputs * plan.units).fill(plan.connections);
  const weightPlaces = new Int32Array(plan.connections);
  for (const group of plan.groups) {
    columnsOf(group).forEach((column, i) => {
      for (let u = 0; u < group.units; u++) {
        const from = group.weight + i * group.units + u;
        const to = column * plan.units + group.unit + u;
        weights[to] = from;
        weightPlaces[from] = to;
      }
    });
  }
  return { weights: constantOf(weights), weightPlaces: constantOf(weightPlaces) };
});

const columnsOf = ({ runs }: BlockPlan["groups"][number]): number[] =>
  runs.flatMap(({ start, width }) => Array.from({ length: width }, (_, i) => start + i));

function remembering<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}
