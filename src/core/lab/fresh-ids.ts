import { createRng } from "../math/rng.ts";
import { placesOf, type Place } from "../table/identifiers/id-form.ts";
import type { IdForm } from "../table/table.ts";

/** Numbers below this are exact with all that is done to them here. */
const LARGEST = 2 ** 48;
/** Rounds of the shuffle. */
const ROUNDS = 6;

/** A scrambled 32 bit number (the finaliser of MurmurHash3). */
function scramble(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A shuffle of the whole numbers below `size`, without a list of them: a Feistel network over the next even count of bits,
 * walked until the number is below `size` (Black & Rogaway 2002).
 */
function shuffleOf(size: number, keys: readonly number[]): (n: number) => number {
  const half = Math.max(1, Math.ceil(Math.log2(Math.max(2, size)) / 2));
  const base = 2 ** half;
  const once = (n: number): number => {
    let [left, right] = [Math.floor(n / base), n % base];
    for (const key of keys) {
      const mixed = (left ^ (scramble(right ^ key) % base)) >>> 0;
      [left, right] = [right, mixed];
    }
    return left * base + right;
  };
  return (n) => {
    let at = once(n);
    while (at >= size) at = once(at);
    return at;
  };
}

/** Ids of one form: the one of each number, all different. */
class Form {
  /** Numbers that have an id of their own. */
  readonly size: number;
  private readonly places: readonly Place[];
  /** Places whose characters the number decides; those before are drawn by it. */
  private readonly decided: number;
  private readonly shuffle: (n: number) => number;
  private readonly key: number;

  constructor(form: IdForm, seed: number, wholeNumber: boolean) {
    const places = placesOf(form);
    if (wholeNumber && places[0] === "0123456789") places[0] = "123456789";
    let [size, decided] = [1, places.length];
    while (decided > 0 && size * (places[decided - 1] as string).length <= LARGEST) {
      size *= (places[--decided] as string).length;
    }
    const rng = createRng(seed).fork(`fresh ids ${form}`);
    const draw = (): number => rng.integer(2 ** 31);
    this.size = size;
    this.places = places;
    this.decided = decided;
    this.key = draw();
    this.shuffle = shuffleOf(size, Array.from({ length: ROUNDS }, draw));
  }

  idOf(n: number): string {
    let rest = this.shuffle(n);
    let id = "";
    for (let place = this.places.length - 1; place >= 0; place--) {
      const signs = this.places[place] as string;
      if (place >= this.decided) {
        id = (signs[rest % signs.length] as string) + id;
        rest = Math.floor(rest / signs.length);
      } else id = (signs[scramble(n ^ scramble(this.key + place)) % signs.length] as string) + id;
    }
    return id;
  }
}

/**
 * Made-up ids, one after another: the same ones for the same form and seed, all different, none of `real`. Half of a form's
 * ids are given out, the other half takes the place of those that are real; then they get one digit more.
 */
export class FreshIds {
  private readonly seed: number;
  private readonly wholeNumber: boolean;
  private readonly real: ReadonlySet<string>;
  private form: IdForm;
  private ids: Form;
  private next = 0;
  private spare = 0;

  /** `wholeNumber`: no id begins with 0. */
  constructor(
    form: IdForm,
    { seed, real, wholeNumber }: { seed: number; real: ReadonlySet<string>; wholeNumber: boolean },
  ) {
    this.seed = seed;
    this.wholeNumber = wholeNumber;
    this.real = real;
    this.form = form;
    this.ids = new Form(form, seed, wholeNumber);
  }

  take(): string {
    for (;;) {
      const given = Math.ceil(this.ids.size / 2);
      if (this.next >= given) this.lengthen();
      else {
        const id = this.ids.idOf(this.next++);
        if (!this.real.has(id)) return id;
        const other = this.takeSpare(given);
        if (other !== undefined) return other;
      }
    }
  }

  private takeSpare(given: number): string | undefined {
    while (given + this.spare < this.ids.size) {
      const id = this.ids.idOf(given + this.spare++);
      if (!this.real.has(id)) return id;
    }
    return undefined;
  }

  private lengthen(): void {
    this.form = `${this.form}9`;
    this.ids = new Form(this.form, this.seed, this.wholeNumber);
    [this.next, this.spare] = [0, 0];
  }
}
