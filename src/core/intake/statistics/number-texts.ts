/** Places at first and at most for numbers and their texts; half of them stay free, so that a look-up is short. */
const LEAST_BITS = 6;
const MOST_BITS = 14;
const SPREAD = 0x9e3779b1;

/**
 * Writes each number once, while there are not too many different ones. A table of its own, since a Map would make an
 * object of every number that is looked up.
 */
export class NumberTexts {
  private bits = LEAST_BITS;
  private keys = new Float64Array(1 << LEAST_BITS).fill(NaN);
  private texts = new Array<string>(1 << LEAST_BITS);
  private many = 0;
  private readonly number = new Float64Array(1);
  private readonly halves = new Int32Array(this.number.buffer);
  private readonly write: (value: number) => string;

  constructor(write: (value: number) => string) {
    this.write = write;
  }

  /** The text of `value`, which is a number. */
  of(value: number): string {
    const at = this.placeOf(value);
    if (this.keys[at] === value) return this.texts[at] as string;
    const text = this.write(value);
    if (2 * this.many < this.keys.length) this.keep(at, value, text);
    else if (this.bits < MOST_BITS) {
      this.grow();
      this.keep(this.placeOf(value), value, text);
    }
    return text;
  }

  /** Where `value` stands, or would stand. */
  private placeOf(value: number): number {
    this.number[0] = value;
    const mixed = Math.imul((this.halves[0] as number) ^ Math.imul(this.halves[1] as number, 31), SPREAD);
    const last = this.keys.length - 1;
    let at = mixed >>> (32 - this.bits);
    for (;;) {
      const key = this.keys[at] as number;
      if (key === value || key !== key) return at;
      at = (at + 1) & last;
    }
  }

  private keep(at: number, value: number, text: string): void {
    this.keys[at] = value;
    this.texts[at] = text;
    this.many++;
  }

  private grow(): void {
    const { keys, texts } = this;
    this.bits += 2;
    this.many = 0;
    this.keys = new Float64Array(1 << this.bits).fill(NaN);
    this.texts = new Array<string>(1 << this.bits);
    keys.forEach((key, i) => {
      if (key === key) this.keep(this.placeOf(key), key, texts[i] as string);
    });
  }
}
