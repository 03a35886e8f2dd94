import { FaultError } from "../../../fault.ts";
import type { FileBytes } from "../../file.ts";
import { ByteCursor } from "../byte-cursor.ts";

export const SAS = "a SAS data set";

/** What the header says of the rest of the file (Shotwell and Cummins, “SAS7BDAT Database Binary Format”). */
export interface SasHeader {
  /** Bytes of an integer: 4, or 8 in files of 64 bits. */
  readonly integer: 4 | 8;
  readonly littleEndian: boolean;
  readonly encoding: number;
  readonly name: Uint8Array;
  readonly headerLength: number;
  readonly pageLength: number;
}

const MAGIC = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc2, 0xea, 0x81, 0x60, 0xb3, 0x14, 0x11, 0xcf, 0xbd, 0x92, 8, 0, 9,
  0xc7,
];
const CATALOG = 0x63;
const SHIFTED = 0x33;
const MOST_PAGE = 1 << 24;

/** Reads the header. Throws FaultError `file-damaged`, `file-refused`. */
export async function readSasHeader(file: FileBytes): Promise<SasHeader> {
  const cursor = new ByteCursor(file, SAS);
  try {
    await cursor.need(288, "its header");
    const { bytes, view } = cursor;
    if (bytes[15] === CATALOG && bytes[12] === 0xc2) {
      throw new FaultError({
        code: "file-refused",
        file: file.name,
        format: SAS,
        reason: "It is a catalog of formats, which holds no table.",
        remedy: "Open the .sas7bdat file that it belongs to.",
      });
    }
    if (!MAGIC.every((byte, i) => bytes[i] === byte))
      throw cursor.damaged("It does not begin as a SAS data set does.");
    const integer = bytes[32] === SHIFTED ? 8 : 4;
    const shift = bytes[35] === SHIFTED ? 4 : 0;
    const littleEndian = bytes[37] === 1;
    const headerLength = view.getUint32(196 + shift, littleEndian);
    const pageLength = view.getUint32(200 + shift, littleEndian);
    if (headerLength < 288 || headerLength > MOST_PAGE || pageLength < 256 || pageLength > MOST_PAGE) {
      throw cursor.damaged(`Its header says that its pages have ${pageLength} bytes.`);
    }
    return {
      integer,
      littleEndian,
      encoding: bytes[70] as number,
      name: bytes.slice(92, 156),
      headerLength,
      pageLength,
    };
  } finally {
    await cursor.close();
  }
}

/** Kinds of page, by the bits that tell them. */
const KIND = 0x0f00;
const DATA = 0x0100;
const MIX = 0x0200;
const AMENDED = 0x0400;
const DELETED = 0x0080;
/** The index of a compressed file, and pages that were given up. */
const COMPRESSED = 0x9000;

const POINTERS = 8;

export interface SubheaderPlace {
  readonly at: number;
  readonly length: number;
  readonly compression: number;
  readonly type: number;
}

/** One page: pieces of description or packed rows, and rows of fixed length. */
export class SasPage {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly subheaders: readonly SubheaderPlace[];
  /** Whether it has rows of fixed length, and how many. */
  readonly rows: number;
  private readonly deleted: boolean;
  private readonly header: SasHeader;
  private readonly rowsAt: number;

  /** `number` counts from 1. Throws FaultError `file-damaged`. */
  constructor(bytes: Uint8Array, header: SasHeader, number: number, cursor: ByteCursor) {
    this.bytes = bytes;
    this.header = header;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const { integer, littleEndian } = header;
    const start = integer === 8 ? 32 : 16;
    const type = this.view.getUint16(start, littleEndian);
    const blocks = this.view.getUint16(start + 2, littleEndian);
    const many = this.view.getUint16(start + 4, littleEndian);
    const kind = (type & COMPRESSED) === COMPRESSED ? COMPRESSED : type & KIND;
    const described = kind === 0 || kind === MIX || kind === AMENDED;
    const size = 3 * integer;
    const pointers = described ? many : 0;
    if (start + POINTERS + pointers * size > bytes.length) {
      throw cursor.damaged(`Page ${number} says that it has ${many} parts, for which it has no room.`);
    }
    this.subheaders = Array.from({ length: pointers }, (_, i) => {
      const at = start + POINTERS + i * size;
      const place = {
        at: this.integer(at),
        length: this.integer(at + integer),
        compression: bytes[at + 2 * integer] as number,
        type: bytes[at + 2 * integer + 1] as number,
      };
      if (place.length > 0 && place.at + place.length > bytes.length) {
        throw cursor.damaged(`Part ${i + 1} of page ${number} lies outside of it.`);
      }
      return place;
    });
    const begin = start + POINTERS + (kind === MIX ? many * size : 0);
    this.rowsAt = begin + (begin % 8);
    this.rows = kind === DATA ? blocks : kind === MIX ? Math.max(0, blocks - many) : 0;
    this.deleted = (type & DELETED) !== 0 && this.rows > 0;
  }

  integer(at: number): number {
    if (this.header.integer === 4) return this.view.getUint32(at, this.header.littleEndian);
    return Number(this.view.getBigUint64(at, this.header.littleEndian));
  }

  row(i: number, length: number): Uint8Array {
    const at = this.rowsAt + i * length;
    return this.bytes.subarray(at, at + length);
  }

  /** Whether the rows that it says to have fit into it. */
  fits(length: number): boolean {
    return this.rowsAt + this.rows * length <= this.bytes.length;
  }

  /** Whether row `i` was deleted, by the bits that stand behind the rows. */
  isDeleted(i: number, length: number): boolean {
    if (!this.deleted) return false;
    const { integer, littleEndian } = this.header;
    const pointer = this.view.getUint32(integer === 8 ? 24 : 12, littleEndian);
    const at = this.rowsAt + this.rows * length + pointer + (i >> 3);
    return (((this.bytes[at] ?? 0) >> (7 - (i & 7))) & 1) === 1;
  }
}

/** The pages of a file one after another. Throws FaultError `file-damaged`. */
export async function* sasPages(
  file: FileBytes,
  header: SasHeader,
): AsyncGenerator<{ page: SasPage; cursor: ByteCursor }, undefined> {
  const cursor = new ByteCursor(file, SAS);
  try {
    await cursor.skip(header.headerLength, "its header");
    for (let number = 1; ; number++) {
      await cursor.reach(header.pageLength);
      if (cursor.left === 0) return undefined;
      await cursor.need(header.pageLength, `page ${number}`);
      yield { page: new SasPage(cursor.take(header.pageLength), header, number, cursor), cursor };
    }
  } finally {
    await cursor.close();
  }
}
