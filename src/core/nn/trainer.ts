import * as tf from "@tensorflow/tfjs-core";
import { FaultError } from "../fault.ts";
import type { Rng } from "../math/rng.ts";
import type { Network, Parameter, State } from "./block.ts";
import { deviceLabel, deviceLoss, currentDevice, lossBehindFailure, openNextDevice } from "./device.ts";
import { cutBuffer, joinBuffer } from "./kernels/wasm-kernels.ts";
import { applyUpdate, decayMask, updateFor } from "./optimizer.ts";
import type { Buffers, MovingAverage, Optimizer } from "./optimizer.ts";
import { createPass } from "./pass.ts";
import type { Pass } from "./pass.ts";
import { uploadArray, uploadInputs } from "./upload.ts";
import type { Constant, Inputs, NamedArray, Tensor, Weights } from "./tensor.ts";

/** Networks and free parameters that one optimizer trains together. */
export interface Group {
  readonly networks: readonly Network[];
  readonly parameters?: readonly Parameter[];
  readonly optimizer: Optimizer;
  readonly average?: MovingAverage;
}

/** Scalars; `loss` is minimised, every entry is reported. */
export type Losses = { readonly loss: Tensor } & Readonly<Record<string, Tensor>>;
/** Built from nn's functions; must be synchronous and draw no random numbers of its own. */
export type LossFunction = (inputs: Readonly<Record<string, Tensor>>, pass: Pass) => Losses;

export interface TrainerOptions {
  /** Initial weights and dropout draw from it. */
  readonly rng: Rng;
  readonly groups: Readonly<Record<string, Group>>;
  /** Arrays to go on from, by name; what it does not hold, or holds in another size, starts anew. */
  readonly start?: Weights;
  /** Least milliseconds between two copies of everything to the CPU; 2,000 unless said. */
  readonly checkpointEvery?: number;
  /** Told in words when a device was lost and training went on elsewhere. */
  readonly onNotice?: (notice: string) => void;
}

export interface Trainer {
  /** Steps taken by all groups together that still count (a lost device takes some back). */
  readonly steps: number;
  /** One optimizer step of `group` on `inputs`. */
  step(group: string, inputs: Inputs, loss: LossFunction): Promise<void>;
  /** Mean of every loss since the last call, `loss` under its group's name. FaultError `training-diverged` if not finite. */
  losses(): Promise<Record<string, number>>;
  /** Losses without training, in evaluate mode, with the moving averages unless `average` is false. */
  evaluate(inputs: Inputs, loss: LossFunction, average?: boolean): Promise<Record<string, number>>;
  /** Forward pass in evaluate mode with the moving averages; row-major numbers. */
  forward(
    inputs: Inputs,
    run: (inputs: Readonly<Record<string, Tensor>>, pass: Pass) => Tensor,
  ): Promise<Float32Array>;
  /** Batch-norm statistics anew from the moving-average weights: the mean over `batches`. */
  refreshStatistics(
    batches: readonly Inputs[],
    run: (inputs: Readonly<Record<string, Tensor>>, pass: Pass) => Tensor,
  ): Promise<void>;
  /** Weights and states on the CPU: the moving averages where a group keeps them, unless `average` is false. */
  weights(average?: boolean): Promise<Weights>;
  dispose(): void;
}

/** Everything that a trainer is, on the CPU. */
interface Checkpoint {
  readonly steps: number;
  readonly groups: ReadonlyMap<string, { step: number; arrays: Record<BufferName, Float32Array> }>;
  readonly states: ReadonlyMap<State, Float32Array>;
}

const bufferNames = ["weights", "first", "second", "average"] as const;
type BufferName = (typeof bufferNames)[number];

interface GroupRun {
  readonly name: string;
  readonly group: Group;
  readonly parameters: readonly Parameter[];
  readonly decays: Float32Array;
  step: number;
  buffers: Buffers | undefined;
}

export function createTrainer(options: TrainerOptions): Trainer {
  return new DeviceTrainer(options);
}

class DeviceTrainer implements Trainer {
  steps = 0;
  private readonly rng: Rng;
  private readonly runs = new Map<string, GroupRun>();
  private readonly states = new Map<State, Tensor>();
  private readonly constants = new Map<Constant, Tensor>();
  private readonly totals = new Map<string, { sum: Tensor; count: number }>();
  private readonly checkpointEvery: number;
  private readonly onNotice: (notice: string) => void;
  private checkpoint: Checkpoint;
  private checkpointAt = performance.now();
  private backend = "";
  private disposed = false;

  constructor({
    rng,
    groups,
    start: known = [],
    checkpointEvery = 2000,
    onNotice = () => undefined,
  }: TrainerOptions) {
    this.rng = rng.fork("dropout");
    this.checkpointEvery = checkpointEvery;
    this.onNotice = onNotice;
    const start = rng.fork("weights");
    const saved = new Map(known.map(({ name, data }) => [name, data]));
    const begin = (one: Parameter | State): Float32Array => {
      const fresh = one.init(start);
      const given = saved.get(one.name);
      return given?.length === fresh.length ? given.slice() : fresh;
    };
    const states = new Map<State, Float32Array>();
    const arrays = new Map<string, { step: number; arrays: Record<BufferName, Float32Array> }>();
    for (const [name, group] of Object.entries(groups)) {
      const parameters = [...group.networks.flatMap((net) => net.parameters), ...(group.parameters ?? [])];
      const weights = joinArrays(parameters.map(begin));
      const zeros = new Float32Array(weights.length);
      arrays.set(name, { step: 0, arrays: { weights, first: zeros, second: zeros, average: weights } });
      for (const state of group.networks.flatMap((net) => net.states)) states.set(state, begin(state));
      const decays = decayMask(parameters);
      this.runs.set(name, { name, group, parameters, decays, step: 0, buffers: undefined });
    }
    this.checkpoint = { steps: 0, groups: arrays, states };
  }

  async step(name: string, inputs: Inputs, loss: LossFunction): Promise<void> {
    await this.ready();
    const run = this.runs.get(name);
    if (!run) throw new RangeError(`no group ${name}`);
    try {
      this.takeStep(run, inputs, loss);
    } catch (error) {
      if ((await lossBehindFailure()) === undefined) throw error;
      return this.recover();
    }
    if (performance.now() - this.checkpointAt > this.checkpointEvery) await this.makeCheckpoint();
  }

  async losses(): Promise<Record<string, number>> {
    const entries = [...this.totals];
    this.totals.clear();
    const read: Record<string, number> = {};
    try {
      for (const [name, { sum, count }] of entries) read[name] = ((await sum.data())[0] as number) / count;
    } catch (error) {
      if ((await lossBehindFailure()) === undefined) throw error;
      return {};
    } finally {
      tf.dispose(entries.map(([, { sum }]) => sum));
    }
    if (deviceLoss() !== undefined) return {};
    if (Object.values(read).some((value) => !Number.isFinite(value))) {
      throw new FaultError({ code: "training-diverged", step: this.steps });
    }
    return read;
  }

  async evaluate(inputs: Inputs, loss: LossFunction, average = true): Promise<Record<string, number>> {
    return this.retrying(async () => {
      const results = this.inEvaluation(inputs, average, loss);
      try {
        const values: Record<string, number> = {};
        for (const [name, tensor] of Object.entries(results))
          values[name] = (await tensor.data())[0] as number;
        return values;
      } finally {
        tf.dispose(results);
      }
    });
  }

  async forward(
    inputs: Inputs,
    run: (inputs: Readonly<Record<string, Tensor>>, pass: Pass) => Tensor,
  ): Promise<Float32Array> {
    return this.retrying(async () => {
      const result = this.inEvaluation(inputs, true, run);
      try {
        return (await result.data()) as Float32Array;
      } finally {
        result.dispose();
      }
    });
  }

  async refreshStatistics(
    batches: readonly Inputs[],
    run: (inputs: Readonly<Record<string, Tensor>>, pass: Pass) => Tensor,
  ): Promise<void> {
    await this.ready();
    const sums = new Map<State, Tensor>();
    for (const inputs of batches) {
      const found = this.statesOf(inputs, run);
      for (const [state, value] of found) {
        const before = sums.get(state);
        sums.set(state, before ? tf.keep(tf.add(before, value)) : tf.keep(tf.clone(value)));
        before?.dispose();
      }
      tf.dispose([...found.values()]);
    }
    for (const [state, sum] of sums) {
      if (!state.name.endsWith("direction")) {
        this.states.get(state)?.dispose();
        this.states.set(state, tf.keep(tf.div(sum, batches.length)));
      }
      sum.dispose();
    }
  }

  async weights(average = true): Promise<Weights> {
    return this.retrying(async () => {
      const arrays: NamedArray[] = [];
      for (const { group, parameters, buffers } of this.runs.values()) {
        const flat = average && group.average ? buffers?.average : buffers?.weights;
        if (!flat) continue;
        const values = (await flat.data()) as Float32Array;
        let at = 0;
        for (const { name, shape, size } of parameters) {
          arrays.push({ name, shape, data: values.slice(at, at + size) });
          at += size;
        }
      }
      for (const [{ name, shape }, tensor] of this.states) {
        arrays.push({ name, shape, data: (await tensor.data()).slice() as Float32Array });
      }
      return arrays;
    });
  }

  dispose(): void {
    this.disposed = true;
    this.release();
  }

  /** The loss's value and gradient, the update of the group's buffers, the networks' new states. */
  private takeStep(run: GroupRun, inputs: Inputs, loss: LossFunction): void {
    const { buffers } = run;
    if (!buffers) throw new Error("the trainer is not on a device");
    const reports = new Map<string, Tensor>();
    const states = new Map<State, Tensor>();
    tf.tidy(() => {
      const given = uploadInputs(inputs);
      const own = cutBuffer(buffers.weights, run.parameters);
      const lookUp = this.parameterSource(
        false,
        new Map(run.parameters.map((p, i) => [p, own[i] as Tensor])),
      );
      const forward = (): tf.Scalar => {
        const pass = createPass({
          mode: "train",
          rng: this.rng,
          parameter: lookUp,
          ...this.stateAccess(states),
        });
        const losses = loss(given, pass);
        for (const [part, tensor] of Object.entries(losses)) {
          reports.set(part === "loss" ? run.name : part, tf.keep(tf.clone(tensor)));
        }
        return losses.loss as tf.Scalar;
      };
      const { grads } = tf.engine().gradients(forward, own);
      const flat = joinBuffer(own.map((tensor, i) => grads[i] ?? tf.zerosLike(tensor)));
      applyUpdate(buffers, flat, updateFor(run.group.optimizer, run.group.average, run.step));
    });
    for (const [state, value] of states) this.replaceState(state, value);
    for (const [part, tensor] of reports) this.addToTotal(part, tensor);
    run.step++;
    this.steps++;
  }

  private inEvaluation<T extends tf.TensorContainer>(
    inputs: Inputs,
    average: boolean,
    work: (inputs: Readonly<Record<string, Tensor>>, pass: Pass) => T,
  ): T {
    return tf.tidy(() => {
      const parameter = this.parameterSource(average, new Map());
      const source = { mode: "evaluate" as const, parameter, ...this.stateAccess(new Map()) };
      return work(uploadInputs(inputs), createPass(source));
    });
  }

  /** The batch statistics that one pass over `inputs` finds; the caller frees them. */
  private statesOf(
    inputs: Inputs,
    run: (inputs: Readonly<Record<string, Tensor>>, pass: Pass) => Tensor,
  ): Map<State, Tensor> {
    const states = new Map<State, Tensor>();
    tf.tidy(() => {
      const parameter = this.parameterSource(true, new Map());
      const source = { mode: "statistics" as const, parameter, ...this.stateAccess(states) };
      run(uploadInputs(inputs), createPass(source));
    });
    return states;
  }

  /** Looks parameters up in `known`, cutting further groups' buffers as they are asked for. */
  private parameterSource(average: boolean, known: Map<Parameter, Tensor>): (parameter: Parameter) => Tensor {
    return (parameter) => {
      const found = known.get(parameter);
      if (found) return found;
      const run = [...this.runs.values()].find(({ parameters }) => parameters.includes(parameter));
      if (!run?.buffers) throw new RangeError(`unknown parameter ${parameter.name}`);
      const flat = average && run.group.average ? run.buffers.average : run.buffers.weights;
      const pieces = cutBuffer(flat, run.parameters);
      run.parameters.forEach((p, i) => known.set(p, pieces[i] as Tensor));
      return known.get(parameter) as Tensor;
    };
  }

  private stateAccess(changed: Map<State, Tensor>): {
    state(state: State): Tensor;
    setState(state: State, value: Tensor): void;
    constant(constant: Constant): Tensor;
  } {
    return {
      state: (state) => changed.get(state) ?? (this.states.get(state) as Tensor),
      setState: (state, value) => {
        changed.get(state)?.dispose();
        changed.set(state, tf.keep(tf.clone(value)));
      },
      constant: (constant) => this.constantOf(constant),
    };
  }

  private constantOf(constant: Constant): Tensor {
    const known = this.constants.get(constant);
    if (known) return known;
    const made = tf.keep(uploadArray(constant.data, constant.shape));
    this.constants.set(constant, made);
    return made;
  }

  private replaceState(state: State, value: Tensor): void {
    this.states.get(state)?.dispose();
    this.states.set(state, value);
  }

  private addToTotal(name: string, tensor: Tensor): void {
    const total = this.totals.get(name);
    if (!total) {
      this.totals.set(name, { sum: tensor, count: 1 });
      return;
    }
    const sum = tf.add(total.sum, tensor);
    tf.dispose([total.sum, tensor]);
    this.totals.set(name, { sum, count: total.count + 1 });
  }

  /** On the device in use: the first time, after a loss, and when another device was opened meanwhile. */
  private async ready(): Promise<void> {
    if (this.disposed) throw new FaultError({ code: "cancelled" });
    if (!currentDevice())
      throw new FaultError({ code: "device-unavailable", asked: "auto", reason: "None was opened." });
    if (deviceLoss() !== undefined) return this.recover();
    if (this.backend === tf.getBackend()) return;
    if (this.backend !== "") await this.makeCheckpoint();
    this.upload();
  }

  private async retrying<T>(work: () => Promise<T>): Promise<T> {
    await this.ready();
    try {
      const result = await work();
      if (deviceLoss() === undefined) return result;
    } catch (error) {
      if ((await lossBehindFailure()) === undefined) throw error;
    }
    await this.recover();
    return work();
  }

  private async recover(): Promise<void> {
    const reached = this.steps;
    const from = currentDevice()?.got ?? "cpu";
    this.release();
    const next = await openNextDevice();
    this.upload();
    this.onNotice(
      `The ${deviceLabel(from)} context was lost at step ${reached}; ` +
        `training goes on on ${deviceLabel(next.got)} from step ${this.steps}.`,
    );
  }

  private async makeCheckpoint(): Promise<void> {
    try {
      const made = await this.readCheckpoint();
      if (deviceLoss() === undefined && isFinite(made)) this.checkpoint = made;
    } catch (error) {
      if ((await lossBehindFailure()) === undefined) throw error;
    }
    this.checkpointAt = performance.now();
  }

  private async readCheckpoint(): Promise<Checkpoint> {
    const groups = new Map<string, { step: number; arrays: Record<BufferName, Float32Array> }>();
    const { steps } = this;
    const reads = [...this.runs.values()].map(async ({ name, step, buffers }) => {
      const read = bufferNames.map(
        async (buffer) => (await buffers?.[buffer].data())?.slice() as Float32Array,
      );
      const [weights, first, second, average] = (await Promise.all(read)) as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      groups.set(name, { step, arrays: { weights, first, second, average } });
    });
    const states = new Map<State, Float32Array>();
    const stateReads = [...this.states].map(async ([state, tensor]) => {
      states.set(state, (await tensor.data()).slice() as Float32Array);
    });
    await Promise.all([...reads, ...stateReads]);
    return { steps, groups, states };
  }

  /** The checkpoint onto the device in use. */
  private upload(): void {
    this.release();
    for (const run of this.runs.values()) {
      const saved = this.checkpoint.groups.get(run.name);
      if (!saved) continue;
      const place = (array: Float32Array): Tensor => tf.keep(uploadArray(array, [array.length]));
      const { weights, first, second, average } = saved.arrays;
      run.step = saved.step;
      run.buffers = {
        weights: place(weights),
        first: place(first),
        second: place(second),
        average: place(average),
        decays: place(run.decays),
      };
    }
    for (const [state, array] of this.checkpoint.states) {
      this.states.set(state, tf.keep(uploadArray(array, state.shape)));
    }
    this.steps = this.checkpoint.steps;
    this.backend = tf.getBackend();
    this.checkpointAt = performance.now();
  }

  private release(): void {
    const held = [...this.states.values(), ...this.constants.values()];
    for (const { sum } of this.totals.values()) held.push(sum);
    for (const run of this.runs.values()) {
      if (run.buffers) held.push(...Object.values<Tensor>({ ...run.buffers }));
      run.buffers = undefined;
    }
    this.states.clear();
    this.constants.clear();
    this.totals.clear();
    tf.dispose(held);
  }
}

function joinArrays(arrays: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(arrays.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const array of arrays) {
    joined.set(array, at);
    at += array.length;
  }
  return joined;
}

function isFinite({ groups }: Checkpoint): boolean {
  return [...groups.values()].every(({ arrays }) => arrays.weights.every((x) => Number.isFinite(x)));
}
