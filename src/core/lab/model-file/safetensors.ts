import { FaultError } from "../../fault.ts";
import type { SavedTensor } from "../../synthesizers/synthesizer.ts";

/**
 * The safetensors layout (huggingface/safetensors): 8 bytes header length, little endian; a JSON header
 * `{ name: { dtype: "F32", shape, data_offsets: [begin, end] } }`; the numbers, row-major, little endian, without gaps.
 */
export function writeSafetensors(tensors: readonly SavedTensor[]): Uint8Array {
  let offset = 0;
  const entries = tensors.map(({ name, shape, data }) => {
    const begin = offset;
    offset += data.length * 4;
    return [name, { dtype: "F32", shape, data_offsets: [begin, offset] }] as const;
  });
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const aligned = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + aligned + offset).fill(0x20, 8, 8 + aligned);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(aligned), true);
  bytes.set(json, 8);
  let at = 8 + aligned;
  for (const { data } of tensors) {
    for (let i = 0; i < data.length; i++, at += 4) view.setFloat32(at, data[i] as number, true);
  }
  return bytes;
}

function damaged(reason: string): FaultError {
  return new FaultError({ code: "model-damaged", reason: `Weights: ${reason}` });
}

/** Everything is checked against the length of `bytes` before it is allocated. Throws FaultError `model-damaged`. */
export function readSafetensors(bytes: Uint8Array): SavedTensor[] {
  if (bytes.length < 8) throw damaged("the header is missing.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(bytes.length - 8)) throw damaged("the header is longer than the file.");
  const start = 8 + Number(length);
  const header = parseHeader(bytes.subarray(8, start));
  let expected = 0;
  const tensors = header.map(({ name, shape, begin, end }) => {
    if (begin !== expected) throw damaged(`“${name}” does not follow the tensor before it.`);
    const size = shape.reduce((product, n) => product * n, 1);
    if (end - begin !== size * 4) throw damaged(`“${name}” has not as many numbers as its shape says.`);
    if (start + end > bytes.length) throw damaged(`“${name}” is cut off.`);
    expected = end;
    const data = new Float32Array(size);
    for (let i = 0; i < size; i++) data[i] = view.getFloat32(start + begin + i * 4, true);
    return { name, shape, data };
  });
  if (start + expected !== bytes.length) throw damaged("there are bytes that belong to no tensor.");
  return tensors;
}

interface HeaderEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function parseHeader(bytes: Uint8Array): HeaderEntry[] {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw damaged("the header is not JSON.");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw damaged("the header is not an object.");
  return Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]: [string, unknown]) => headerEntry(name, entry))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function headerEntry(name: string, entry: unknown): HeaderEntry {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = (entry ?? {}) as {
    dtype?: unknown;
    shape?: unknown;
    data_offsets?: unknown;
  };
  if (dtype !== "F32") throw damaged(`“${name}” is not in 32-bit floating point.`);
  if (!Array.isArray(shape) || shape.length > 8 || !shape.every(isCount))
    throw damaged(`“${name}” has no proper shape.`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw damaged(`“${name}” has no proper place.`);
  }
  const [begin, end] = offsets as [number, number];
  if (end < begin) throw damaged(`“${name}” has no proper place.`);
  return { name, shape: shape as number[], begin, end };
}
