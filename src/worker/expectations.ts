import {
  createEstimator,
  findSynthesizer,
  listSynthesizers,
  measurePace,
  resolveParams,
  shapeOf,
  type Estimate,
  type Estimator,
  type FitPlan,
  type Table,
} from "../core/lab/lab.ts";
import type { Params } from "../core/synthesizers/synthesizer.ts";
import type { DeviceChoice, DeviceFacts } from "./protocol.ts";

/** What runs are expected to take on this machine. Its pace is measured once, when first asked. */
export class Expectations {
  /** what `auto` opens here, then every device by name */
  devices: readonly DeviceFacts[] = [];
  private estimator: Promise<Estimator> | undefined;

  /** Of every synthesizer with the settings given for it; those that cannot be estimated are left out. */
  async all(
    table: Table,
    device: DeviceChoice,
    share: number,
    params: Readonly<Record<string, Params>>,
  ): Promise<Record<string, Estimate>> {
    const estimator = await this.ready();
    const shape = shapeOf(table, share);
    const got = this.devices.find((facts) => facts.asked === device)?.got ?? "wasm";
    const of: Record<string, Estimate> = {};
    for (const { id } of listSynthesizers()) {
      const estimate = attempt(() => {
        const settings = resolveParams(findSynthesizer(id), params[id] ?? {});
        return estimator.expect({ synthesizer: id, params: settings, shape, device: got });
      });
      if (estimate !== undefined) of[id] = estimate;
    }
    return of;
  }

  /** A fit ran to its own end. */
  async learn(plan: FitPlan, seconds: number): Promise<void> {
    const estimator = await this.ready();
    attempt(() => estimator.learn(plan, seconds));
  }

  /** Seconds that measuring takes once a run has been trained: until the first report, and in all. */
  async measuring(table: Table, share: number): Promise<{ first: number; all: number }> {
    return (await this.ready()).expectMeasuring(shapeOf(table, share));
  }

  async learnMeasuring(table: Table, share: number, seconds: number): Promise<void> {
    (await this.ready()).learnMeasuring(shapeOf(table, share), seconds);
  }

  private ready(): Promise<Estimator> {
    this.estimator ??= measurePace().then((pace) => createEstimator(pace));
    return this.estimator;
  }
}

/** Settings that do not fit, or a figure that cannot be had, leave a run without an estimate and nothing else. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
