import { FaultError } from "../../fault.ts";
import type { FileBytes } from "../file.ts";

/** Most bytes that one record may have: more is no record, but a length that was not meant. */
const LONGEST = 1 << 26;

/** Goes through a file from its start, record by record, holding little more than the record at hand. */
export class ByteCursor {
  /** The bytes at hand, of which the next one is at `at`. */
  bytes: Uint8Array = new Uint8Array(0);
  view = new DataView(this.bytes.buffer);
  at = 0;
  littleEndian = true;
  private start = 0;
  private ended = false;
  private readonly pieces: AsyncIterator<Uint8Array>;
  private readonly file: string;
  private readonly format: string;

  /** `format`: as a person calls it, for faults. */
  constructor(file: Pick<FileBytes, "name" | "pieces">, format: string) {
    this.pieces = file.pieces()[Symbol.asyncIterator]();
    this.file = file.name;
    this.format = format;
  }

  /** Bytes from the start of the file to the next one. */
  get offset(): number {
    return this.start + this.at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  damaged(reason: string): FaultError {
    return new FaultError({ code: "file-damaged", file: this.file, format: this.format, reason });
  }

  /** Gets `count` bytes to hand, or as many as the file has left. */
  async reach(count: number): Promise<void> {
    if (count > LONGEST)
      throw this.damaged(`At byte ${this.offset} something says that it is ${count} bytes long.`);
    if (this.left >= count || this.ended) return;
    const parts = [this.bytes.subarray(this.at)];
    let length = this.left;
    while (length < count && !this.ended) {
      const next = await this.pieces.next();
      if (next.done === true) this.ended = true;
      else {
        parts.push(next.value);
        length += next.value.length;
      }
    }
    const joined = parts.length === 1 ? (parts[0] as Uint8Array) : new Uint8Array(length);
    if (parts.length > 1) {
      let to = 0;
      for (const part of parts) {
        joined.set(part, to);
        to += part.length;
      }
    }
    this.start += this.at;
    this.at = 0;
    this.bytes = joined;
    this.view = new DataView(joined.buffer, joined.byteOffset, joined.length);
  }

  /** Gets `count` bytes to hand; throws `file-damaged` where the file ends before them. `what` ends “in the middle of …”. */
  async need(count: number, what: string): Promise<void> {
    await this.reach(count);
    if (this.left < count)
      throw this.damaged(`It ends at byte ${this.start + this.bytes.length}, in the middle of ${what}.`);
  }

  /** Whether nothing is left. */
  async atEnd(): Promise<boolean> {
    await this.reach(1);
    return this.left === 0;
  }

  async skip(count: number, what: string): Promise<void> {
    let rest = count;
    while (rest > 0) {
      const step = Math.min(rest, 1 << 20);
      await this.need(step, what);
      this.at += step;
      rest -= step;
    }
  }

  /** The next `count` bytes, which are at hand; a view that lasts until more are asked for. */
  take(count: number): Uint8Array {
    const taken = this.bytes.subarray(this.at, this.at + count);
    this.at += count;
    return taken;
  }

  int32(): number {
    this.at += 4;
    return this.view.getInt32(this.at - 4, this.littleEndian);
  }

  uint16(): number {
    this.at += 2;
    return this.view.getUint16(this.at - 2, this.littleEndian);
  }

  uint8(): number {
    return this.bytes[this.at++] as number;
  }

  float64(): number {
    this.at += 8;
    return this.view.getFloat64(this.at - 8, this.littleEndian);
  }

  /** An unsigned integer of 8 bytes; beyond 2^53 it is not exact, and no length that is meant. */
  uint64(): number {
    this.at += 8;
    return Number(this.view.getBigUint64(this.at - 8, this.littleEndian));
  }

  /** Ends the reading of the file. */
  async close(): Promise<void> {
    await this.pieces.return?.(undefined);
  }
}
