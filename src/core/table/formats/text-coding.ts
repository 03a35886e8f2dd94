import type { Encoding } from "../table.ts";

/** What windows-1252 has in the 32 places where Latin-1 has control characters. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Node 20 decodes windows-1252 as Latin-1; the 32 characters in which they differ are put right. */
const fromLatin = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (char) => WINDOWS_1252.charAt(char.charCodeAt(0) - 0x80));

/** Bytes to text, piece by piece. `fatal`: throws TypeError for bytes that the encoding does not have. */
export function textDecoder(encoding: Encoding, fatal = false): (bytes: Uint8Array, last: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal });
  return (bytes, last) => {
    const text = decoder.decode(bytes, { stream: !last });
    return encoding === "windows-1252" ? fromLatin(text) : text;
  };
}

/** Text to bytes; "?" for a character that the encoding does not have. */
export function textEncoder(encoding: Encoding): (text: string) => Uint8Array {
  if (encoding === "utf-8") {
    const encoder = new TextEncoder();
    return (text) => encoder.encode(text);
  }
  if (encoding === "utf-16le" || encoding === "utf-16be")
    return (text) => encodeUtf16(text, encoding === "utf-16le");
  const known = bytesOf(encoding);
  return (text) => encodeKnown(text, known);
}

function encodeUtf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), little);
  return bytes;
}

const tables = new Map<Encoding, ReadonlyMap<string, readonly number[]>>();

/** The bytes of each character beyond ASCII, as decoding every one and two of them, a line each, tells. */
function bytesOf(encoding: Encoding): ReadonlyMap<string, readonly number[]> {
  const before = tables.get(encoding);
  if (before !== undefined) return before;
  const tried: (readonly number[])[] = [];
  for (let first = 0x80; first <= 0xff; first++) tried.push([first]);
  for (let first = 0x80; first <= 0xff; first++)
    for (let second = 0x40; second <= 0xfe; second++) tried.push([first, second]);
  const lines = textDecoder(encoding)(Uint8Array.from(tried.flatMap((bytes) => [...bytes, LINE_FEED])), true);
  const known = new Map<string, readonly number[]>();
  lines.split("\n").forEach((text, i) => {
    const [char = "", ...more] = text;
    if (more.length > 0 || char <= "\u007f" || char === "\ufffd" || known.has(char)) return;
    known.set(char, tried[i] as readonly number[]);
  });
  tables.set(encoding, known);
  return known;
}

const LINE_FEED = 10;

function encodeKnown(text: string, known: ReadonlyMap<string, readonly number[]>): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    if (char <= "\u007f") bytes.push(char.charCodeAt(0));
    else bytes.push(...(known.get(char) ?? [63]));
  }
  return Uint8Array.from(bytes);
}
