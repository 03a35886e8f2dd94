/**
 * Which device computes: WebGPU on a real adapter, then WASM SIMD, then WebGL, then plain JavaScript. Sampling always
 * runs on the steady device (WASM, or cpu where there is none), so that one model and seed give the same rows
 * whatever GPU stands beside it.
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { FaultError } from "../fault.ts";
import { startKernels } from "./kernels/run-kernel.ts";
import { registerWasmKernels } from "./kernels/wasm-kernels.ts";
import { registerGradients } from "./gradients.ts";

/** Version of TensorFlow.js in use. */
export const tensorflowVersion: string = tf.version_core;

export type DeviceName = "webgpu" | "wasm" | "webgl" | "cpu";
export type DeviceChoice = "auto" | DeviceName;

export interface DeviceFacts {
  readonly asked: DeviceChoice;
  readonly got: DeviceName;
  /** Adapter name, "SIMD", "no SIMD", "" */
  readonly detail: string;
  /** Why not what was asked for, or why this one. */
  readonly reason: string;
}

export interface DeviceOptions {
  /** Folder (ending in "/") or file map of tfjs's three .wasm files. */
  readonly wasmPaths: string | Record<string, string>;
}

const order: readonly DeviceName[] = ["webgpu", "wasm", "webgl", "cpu"];
const names: Readonly<Record<DeviceName, string>> = {
  webgpu: "WebGPU",
  wasm: "WASM",
  webgl: "WebGL",
  cpu: "plain JavaScript",
};

let current: DeviceFacts | undefined;
let steady: "wasm" | "cpu" = "cpu";
let options: DeviceOptions | undefined;
let lost: { device: DeviceName; reason: string } | undefined;

/**
 * Opens the device asked for, or the next that works, and says which and why. `auto` takes software WebGPU adapters
 * for none; asking for "webgpu" by name takes any adapter. Throws FaultError `device-unavailable` if nothing works.
 */
export async function openDevice(asked: DeviceChoice, given: DeviceOptions): Promise<DeviceFacts> {
  prepare(given);
  const tried: string[] = [];
  const wanted = asked === "auto" ? order : [asked, ...order.filter((name) => name !== asked)];
  for (const name of wanted) {
    const opened = await open(name, name === asked);
    if ("detail" in opened) {
      await openSteady(name);
      lost = undefined;
      current = { asked, got: name, detail: opened.detail, reason: reasonFor(asked, name, tried) };
      return current;
    }
    tried.push(`${names[name]}: ${opened.refused}`);
  }
  throw new FaultError({ code: "device-unavailable", asked, reason: tried.join(" ") });
}

/** The device in use, or undefined before `openDevice`. */
export function currentDevice(): DeviceFacts | undefined {
  return current;
}

/** Tensors alive on all devices. */
export function tensorCount(): number {
  return tf.memory().numTensors;
}

export const deviceLabel = (name: DeviceName): string => names[name];

/** Why the device in use is gone, or undefined while it works. */
export function deviceLoss(): string | undefined {
  if (!lost && current?.got === "webgl" && webglContext()?.isContextLost() === true)
    lost = { device: "webgl", reason: "WebGL context lost" };
  return lost && lost.device === current?.got ? lost.reason : undefined;
}

/**
 * Whether a failure just caught comes from a lost device. A GPU refuses to read its buffers before it says that it is
 * gone, so this waits for its word, three seconds at most.
 */
export async function lossBehindFailure(): Promise<string | undefined> {
  const backend: object = tf.backend();
  if (deviceLoss() === undefined && current?.got === "webgpu" && hasDevice(backend)) {
    const patience = new Promise<void>((resolve) => {
      setTimeout(resolve, 3000);
    });
    await Promise.race([backend.device.lost, patience]);
  }
  return deviceLoss();
}

/** Makes the device in use count as lost; a GPU context is really destroyed. For tests of the recovery. */
export function loseDevice(reason = "lost on purpose"): void {
  if (!current) return;
  const backend: object = tf.backend();
  if (current.got === "webgpu" && hasDevice(backend)) backend.device.destroy();
  if (current.got === "webgl") webglContext()?.getExtension("WEBGL_lose_context")?.loseContext();
  lost = { device: current.got, reason };
}

/** Leaves the lost device for good and opens the next that works: WASM, WebGL, plain JavaScript. */
export async function openNextDevice(): Promise<DeviceFacts> {
  if (!current || !options) throw new FaultError({ code: "device-unavailable", asked: "auto", reason: "" });
  const from = current;
  const rest = (["wasm", "webgl", "cpu"] as const).filter((name) => name !== from.got);
  for (const name of rest) {
    const opened = await open(name, false);
    if (!("detail" in opened)) continue;
    retire(from.got);
    await openSteady(name);
    lost = undefined;
    current = {
      asked: from.asked,
      got: name,
      detail: opened.detail,
      reason: `The ${names[from.got]} device was lost.`,
    };
    return current;
  }
  throw new FaultError({ code: "device-unavailable", asked: from.asked, reason: "No other device works." });
}

/** Runs `work`, which must be synchronous, on the steady device and goes back to the one in use. */
export function onSteadyDevice<T>(work: () => T): T {
  const before = tf.getBackend();
  if (before === steady) return work();
  void tf.setBackend(steady);
  try {
    return work();
  } finally {
    void tf.setBackend(before);
  }
}

function prepare(given: DeviceOptions): void {
  registerGradients();
  registerWasmKernels();
  tf.env().set("PROD", true);
  if (options) return;
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPaths(given.wasmPaths);
  options = given;
}

type Opened = { readonly detail: string } | { readonly refused: string };

async function open(name: DeviceName, byName: boolean): Promise<Opened> {
  try {
    if (name === "webgpu") return await openWebGpu(byName);
    if (name === "webgl") return await openWebGl();
    const ready = await tf.setBackend(name);
    if (!ready || tf.getBackend() !== name) return { refused: "it did not start." };
    if (name === "cpu") return { detail: "" };
    await startKernels();
    return { detail: (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) === true ? "SIMD" : "no SIMD" };
  } catch (error) {
    return { refused: `${error instanceof Error ? error.message : "it did not start"}.` };
  }
}

interface Adapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: {
    vendor?: string;
    architecture?: string;
    description?: string;
    isFallbackAdapter?: boolean;
  };
}
interface Gpu {
  requestAdapter(options: { powerPreference: string }): Promise<Adapter | null>;
}

async function openWebGpu(software: boolean): Promise<Opened> {
  const { navigator } = globalThis as { navigator?: { gpu?: Gpu } };
  if (!navigator?.gpu) return { refused: "there is none here." };
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) return { refused: "no adapter." };
  const { info } = adapter;
  const words = [info?.vendor, info?.architecture, info?.description].filter(Boolean).join(" ");
  const isSoftware =
    adapter.isFallbackAdapter === true ||
    info?.isFallbackAdapter === true ||
    /swiftshader|llvmpipe|software|warp/i.test(words);
  if (isSoftware && !software) return { refused: `only a software adapter (${words || "unnamed"}).` };
  await import("@tensorflow/tfjs-backend-webgpu");
  reviveFactory("webgpu");
  const ready = await tf.setBackend("webgpu");
  if (!ready || tf.getBackend() !== "webgpu") return { refused: "it did not start." };
  watchWebGpu();
  return { detail: words || "unnamed adapter" };
}

async function openWebGl(): Promise<Opened> {
  if (!("OffscreenCanvas" in globalThis) && !("document" in globalThis))
    return { refused: "there is none here." };
  await import("@tensorflow/tfjs-backend-webgl");
  reviveFactory("webgl");
  const ready = await tf.setBackend("webgl");
  return ready && tf.getBackend() === "webgl" ? { detail: "" } : { refused: "it did not start." };
}

/** WASM beside whatever was opened, for sampling; then back. */
async function openSteady(opened: DeviceName): Promise<void> {
  if (steady !== "wasm" && "detail" in (await open("wasm", false))) steady = "wasm";
  await tf.setBackend(opened);
}

function reasonFor(asked: DeviceChoice, got: DeviceName, tried: readonly string[]): string {
  if (asked === got) return "As asked for.";
  if (tried.length > 0) return tried.join(" ");
  return `${names[got]} is the fastest here.`;
}

const hasDevice = (
  backend: object,
): backend is { device: { lost: Promise<{ message: string }>; destroy(): void } } => "device" in backend;

function watchWebGpu(): void {
  const backend: object = tf.backend();
  if (!hasDevice(backend)) return;
  void backend.device.lost.then(({ message }) => {
    if (current?.got === "webgpu" && (tf.findBackend("webgpu") as object) === backend) {
      lost = { device: "webgpu", reason: message || "the GPU went away" };
    }
  });
}

interface WebGlContext {
  isContextLost(): boolean;
  getExtension(name: "WEBGL_lose_context"): { loseContext(): void } | null;
}

function webglContext(): WebGlContext | undefined {
  const backend = tf.findBackend("webgl") as { gpgpu?: { gl?: WebGlContext } } | null;
  return backend?.gpgpu?.gl;
}

const factories = new Map<
  string,
  () => ReturnType<typeof tf.backend> | Promise<ReturnType<typeof tf.backend>>
>();

/** A backend that was removed after a loss is registered again, so that a later run may try it anew. */
function reviveFactory(name: "webgpu" | "webgl"): void {
  const factory = tf.findBackendFactory(name);
  if (factory) factories.set(name, factory);
  const known = factories.get(name);
  if (!factory && known) tf.registerBackend(name, known);
}

function retire(name: DeviceName): void {
  if (name !== "webgpu" && name !== "webgl") return;
  try {
    tf.removeBackend(name);
  } catch {
    // A lost context may refuse to be disposed of; it is out of use either way.
  }
}
