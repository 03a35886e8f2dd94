/**
 * What is kept, as ciphertext: AES-256-GCM in chunks, numbered and the last one marked in their nonces (the STREAM
 * construction of Hoang et al. 2015), so that none can be left out, moved or cut off. Each file has a key of its own at its
 * head; what it is sealed with is derived (HKDF-SHA-256, with a fresh salt at each writing) from that key and from the one
 * key of everything kept, so that overwriting either makes it noise.
 */

/** Bytes of a key; at the head of each sealed file stands its own. */
export const KEY_BYTES = 32;
const SALT_BYTES = 16;
const HEAD_BYTES = KEY_BYTES + SALT_BYTES;
const CHUNK = 1 << 20;
const TAG_BYTES = 16;

export const randomBytes = (count: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(count));

/** `pieces` sealed as the file `name`. */
export async function* seal(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  key: Uint8Array,
  name: string,
): AsyncGenerator<Uint8Array> {
  const head = randomBytes(HEAD_BYTES);
  const cipher = await deriveKey(key, head, name);
  yield head;
  const chunk = new Uint8Array(CHUNK);
  let [filled, number] = [0, 0];
  const sealed = async (last: boolean): Promise<Uint8Array> => {
    const iv = nonce(number++, last);
    const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, cipher, chunk.subarray(0, filled));
    filled = 0;
    return new Uint8Array(bytes);
  };
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      if (filled === CHUNK) yield await sealed(false);
      const part = piece.subarray(at, at + CHUNK - filled);
      chunk.set(part, filled);
      filled += part.length;
      at += part.length;
    }
  }
  yield await sealed(true);
}

/** What `seal` was given. Rejects when anything of the file was changed or is missing. */
export async function* unseal(file: Blob, key: Uint8Array, name: string): AsyncGenerator<Uint8Array> {
  const head = await bytesOf(file.slice(0, HEAD_BYTES));
  if (head.length < HEAD_BYTES) throw new RangeError("The kept file is too short.");
  const cipher = await deriveKey(key, head, name);
  let number = 0;
  for (let at = HEAD_BYTES; ;) {
    const end = Math.min(file.size, at + CHUNK + TAG_BYTES);
    const iv = nonce(number++, end === file.size);
    const sealed = await bytesOf(file.slice(at, end));
    yield new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, cipher, sealed));
    if (end === file.size) return;
    at = end;
  }
}

/** The bytes from `from` up to `to` of what `seal` was given, by the chunks that they lie in alone. */
export async function unsealSlice(
  file: Blob,
  key: Uint8Array,
  name: string,
  [from, to]: readonly [number, number],
): Promise<Uint8Array> {
  const head = await bytesOf(file.slice(0, HEAD_BYTES));
  if (head.length < HEAD_BYTES) throw new RangeError("The kept file is too short.");
  const cipher = await deriveKey(key, head, name);
  const end = Math.min(to, openSize(file.size));
  const found = new Uint8Array(Math.max(0, end - from));
  for (let number = Math.floor(from / CHUNK); number * CHUNK < end; number++) {
    const at = HEAD_BYTES + number * (CHUNK + TAG_BYTES);
    const next = Math.min(file.size, at + CHUNK + TAG_BYTES);
    const iv = nonce(number, next === file.size);
    const sealed = await bytesOf(file.slice(at, next));
    const open = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, cipher, sealed));
    const start = number * CHUNK;
    const own = open.subarray(Math.max(0, from - start), Math.min(open.length, end - start));
    found.set(own, Math.max(0, start - from));
  }
  return found;
}

/** Bytes of what is sealed in a file of `size` bytes. */
export function openSize(size: number): number {
  const sealed = Math.max(0, size - HEAD_BYTES);
  return Math.max(0, sealed - TAG_BYTES * Math.ceil(sealed / (CHUNK + TAG_BYTES)));
}

const bytesOf = async (part: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await part.arrayBuffer());

async function deriveKey(key: Uint8Array, head: Uint8Array<ArrayBuffer>, name: string): Promise<CryptoKey> {
  const both = new Uint8Array([...key, ...head.subarray(0, KEY_BYTES)]);
  const from = await crypto.subtle.importKey("raw", both, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(`semblance ${name}`);
  const how = { name: "HKDF", hash: "SHA-256", salt: head.subarray(KEY_BYTES), info };
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function nonce(number: number, last: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, number);
  view.setUint8(11, last ? 1 : 0);
  return bytes;
}
