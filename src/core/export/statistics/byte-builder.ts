/** Bytes that grow as they are written, low byte first unless it is said otherwise. */
export class ByteBuilder {
  private bytes = new Uint8Array(1 << 16);
  private view = new DataView(this.bytes.buffer);
  private readonly littleEndian: boolean;
  length = 0;

  constructor(littleEndian = true) {
    this.littleEndian = littleEndian;
  }

  private room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const longer = new Uint8Array(Math.max(this.length, this.bytes.length * 2));
      longer.set(this.bytes);
      this.bytes = longer;
      this.view = new DataView(longer.buffer);
    }
    return at;
  }

  int16(value: number): this {
    const at = this.room(2);
    this.view.setInt16(at, value, this.littleEndian);
    return this;
  }

  int32(value: number): this {
    const at = this.room(4);
    this.view.setInt32(at, value, this.littleEndian);
    return this;
  }

  float64(value: number): this {
    const at = this.room(8);
    this.view.setFloat64(at, value, this.littleEndian);
    return this;
  }

  put(bytes: Uint8Array): this {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
    return this;
  }

  /** `bytes`, filled up with `filler` to `width`. */
  padded(bytes: Uint8Array, width: number, filler = 32): this {
    const at = this.room(width);
    this.bytes.set(bytes.subarray(0, width), at);
    this.bytes.fill(filler, at + Math.min(width, bytes.length), at + width);
    return this;
  }

  /** `text` of plain letters, filled up with blanks to `width`. */
  text(text: string, width = text.length): this {
    const at = this.room(width);
    for (let i = 0; i < width; i++) this.bytes[at + i] = i < text.length ? text.charCodeAt(i) : 32;
    return this;
  }

  fill(byte: number, count: number): this {
    const at = this.room(count);
    this.bytes.fill(byte, at, at + count);
    return this;
  }

  /** What was written since it was last taken. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}
