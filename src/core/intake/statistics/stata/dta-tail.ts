import type { FileBytes } from "../../file.ts";
import { ByteCursor } from "../byte-cursor.ts";
import { slicesFrom } from "../slices.ts";
import type { StoredText } from "../stored-text.ts";
import { DTA, ended, type DtaHeader } from "./dta-header.ts";

/** Sets of value labels by name: code -> label, a kind of missing as “.a”. */
export type LabelSets = ReadonlyMap<string, ReadonlyMap<number | string, string>>;

const MISSING = 2_147_483_621;

/** The value labels behind the rows. Throws FaultError `file-damaged`. */
export async function readLabelSets(
  file: FileBytes,
  header: DtaHeader,
  text: StoredText,
): Promise<LabelSets> {
  const { version, littleEndian, labelsAt } = header;
  const sets = new Map<string, Map<number | string, string>>();
  const cursor = new ByteCursor(slicesFrom(file, labelsAt), DTA);
  cursor.littleEndian = littleEndian;
  const tagged = version >= 117;
  const width = version >= 118 ? 129 : 33;
  try {
    for (;;) {
      if (!tagged && (await cursor.atEnd())) return sets;
      if (tagged && !(await opens(cursor, "<lbl>"))) return sets;
      await cursor.need(4 + width + 3 + 8, "its value labels");
      cursor.at += 4;
      const name = text.decode(ended(cursor.take(width)));
      cursor.at += 3;
      const many = cursor.int32();
      const length = cursor.int32();
      if (many < 0 || length < 0) throw cursor.damaged("The number of its value labels cannot be.");
      await cursor.need(8 * many + length, "its value labels");
      const offsets = Array.from({ length: many }, () => cursor.int32());
      const codes = Array.from({ length: many }, () => cursor.int32());
      const texts = cursor.take(length);
      const labels = new Map<number | string, string>();
      codes.forEach((code, i) => {
        const from = offsets[i] as number;
        if (from < 0 || from >= length) throw cursor.damaged("A value label stands outside of its set.");
        const key = code > MISSING ? `.${String.fromCharCode(96 + code - MISSING)}` : code;
        labels.set(key, text.decode(ended(texts.subarray(from))));
      });
      sets.set(name, labels);
      if (tagged && !(await opens(cursor, "</lbl>")))
        throw cursor.damaged("Its value labels do not end where they should.");
    }
  } finally {
    await cursor.close();
  }
}

/** Goes over `tag` where it stands. */
async function opens(cursor: ByteCursor, tag: string): Promise<boolean> {
  await cursor.need(tag.length, "its value labels");
  for (let i = 0; i < tag.length; i++) if (cursor.bytes[cursor.at + i] !== tag.charCodeAt(i)) return false;
  cursor.at += tag.length;
  return true;
}

/** Most characters of all long texts together that are held. */
const MOST_TEXT = 1 << 28;
const BINARY = 129;

/** The texts of strL columns by “v,o”, which their cells have. Throws FaultError `file-damaged`. */
export async function readTexts(
  file: FileBytes,
  header: DtaHeader,
  text: StoredText,
): Promise<ReadonlyMap<string, string>> {
  const { version, littleEndian, textsAt } = header;
  const found = new Map<string, string>();
  if (textsAt === undefined) return found;
  const cursor = new ByteCursor(slicesFrom(file, textsAt), DTA);
  cursor.littleEndian = littleEndian;
  let held = 0;
  try {
    for (;;) {
      await cursor.need(3, "its long texts");
      if (String.fromCharCode(...cursor.take(3)) !== "GSO") return found;
      await cursor.need(version === 117 ? 13 : 17, "its long texts");
      const v = cursor.int32();
      const o = version === 117 ? cursor.int32() >>> 0 : cursor.uint64();
      const type = cursor.uint8();
      const length = cursor.int32() >>> 0;
      await cursor.need(length, "its long texts");
      const bytes = cursor.take(length);
      held += length;
      if (held > MOST_TEXT)
        throw cursor.damaged("Its long texts are longer than a table of patients has them.");
      found.set(`${v},${o}`, type === BINARY ? "" : text.decode(ended(bytes)));
    }
  } finally {
    await cursor.close();
  }
}
