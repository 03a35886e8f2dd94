const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 (ISO 3309) as in zip, gzip, PNG and Parquet, of bytes that come one after another. */
export class Crc32 {
  private state = 0xffffffff;

  add(bytes: Uint8Array): void {
    let c = this.state;
    for (let i = 0; i < bytes.length; i++)
      c = (table[(c ^ (bytes[i] as number)) & 0xff] as number) ^ (c >>> 8);
    this.state = c;
  }

  /** of all bytes so far, as an unsigned number */
  get value(): number {
    return (this.state ^ 0xffffffff) >>> 0;
  }
}

export function crc32(bytes: Uint8Array): number {
  const crc = new Crc32();
  crc.add(bytes);
  return crc.value;
}
