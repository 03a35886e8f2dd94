import { openDevice, type DeviceFacts, type DeviceName, type DeviceOptions } from "../nn/device.ts";
import { synthesizers } from "../synthesizers/registry.ts";
import type { SynthesizerInfo } from "../synthesizers/synthesizer.ts";

/** What can be fitted, without the code that does it: it can cross to a page. */
export function listSynthesizers(): SynthesizerInfo[] {
  return synthesizers.map(
    ({ id, name, summary, reference, params, warning, continues, needs, guarantee }) => ({
      id,
      name,
      summary,
      reference,
      params,
      ...(warning === undefined ? {} : { warning }),
      ...(continues === undefined ? {} : { continues }),
      ...(needs === undefined ? {} : { needs }),
      ...(guarantee === undefined ? {} : { guarantee }),
    }),
  );
}

const NAMES: readonly DeviceName[] = ["webgpu", "wasm", "webgl", "cpu"];

/**
 * What `auto` opens here, then every device that opens when it is asked for by name. Each is really opened, so that
 * nothing more has to be fetched for it later.
 */
export async function listDevices(options: DeviceOptions): Promise<DeviceFacts[]> {
  const named: DeviceFacts[] = [];
  for (const name of NAMES) {
    const opened = await openDevice(name, options);
    if (opened.got === name) named.push(opened);
  }
  return [await openDevice("auto", options), ...named];
}
