/** Arrays of chunk after chunk: memory is asked for once, not for each. */
export class Shelf {
  #free: Float64Array[] = [];
  #taken: Float64Array[] = [];

  /** Zeros. */
  take(count: number): Float64Array {
    const kept = this.#free.pop();
    const values = kept?.length === count ? kept.fill(0) : new Float64Array(count);
    this.#taken.push(values);
    return values;
  }

  /** What was taken so far is read no more. */
  putBack(): void {
    this.#free.push(...this.#taken);
    this.#taken = [];
  }
}

/**
 * Simulated patients, or their visits: fields of numbers by name, place i of each the same row; NaN = missing. A field holds
 * what is true until the cohort's recording makes of it what a device showed and somebody wrote down.
 */
export class Rows {
  readonly count: number;
  /** number of the first patient among all of the simulation, from 0 */
  readonly first: number;
  /** fields that are written already, at the patient's first row: devices do not measure them again */
  settled: ReadonlySet<string> = new Set();
  readonly #fields = new Map<string, Float64Array>();

  readonly #shelf: Shelf | undefined;

  /** @param shelf where fields come from, to be used again for the next rows */
  constructor(count: number, first: number, shelf?: Shelf) {
    this.count = count;
    this.first = first;
    this.#shelf = shelf;
  }

  /** A new field of zeros, to be filled. */
  add(name: string): Float64Array {
    const values = this.#shelf?.take(this.count) ?? new Float64Array(this.count);
    this.#fields.set(name, values);
    return values;
  }

  set(name: string, values: Float64Array): void {
    if (values.length !== this.count)
      throw new Error(`${name} has ${values.length} values for ${this.count} rows.`);
    this.#fields.set(name, values);
  }

  /** Throws Error where no stage before has made it. */
  get(name: string): Float64Array {
    const values = this.#fields.get(name);
    if (values === undefined) throw new Error(`No stage has made ${name} yet.`);
    return values;
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  get names(): string[] {
    return [...this.#fields.keys()];
  }
}
