/** Sums of two columns' complete pairs about fixed centres, from which r follows; sums of groups add and subtract. */
export class MomentSums {
  n = 0;
  x = 0;
  y = 0;
  xx = 0;
  yy = 0;
  xy = 0;

  static of(x: Float64Array, y: Float64Array): MomentSums {
    return MomentSums.sum(MomentSums.byGroup(x, y, new Uint8Array(x.length), 1));
  }

  /** One set of sums per group of rows, all about the same centres and in the same units. */
  static byGroup(x: Float64Array, y: Float64Array, groups: Uint8Array, count: number): MomentSums[] {
    const [centreX, scaleX] = centreAndScale(x);
    const [centreY, scaleY] = centreAndScale(y);
    const sums = Array.from({ length: count }, () => new MomentSums());
    for (let row = 0; row < x.length; row++) {
      const a = ((x[row] as number) - centreX) / scaleX;
      const b = ((y[row] as number) - centreY) / scaleY;
      if (a !== a || b !== b) continue;
      const own = sums[groups[row] as number] as MomentSums;
      own.n += 1;
      own.x += a;
      own.y += b;
      own.xx += a * a;
      own.yy += b * b;
      own.xy += a * b;
    }
    return sums;
  }

  static sum(parts: readonly MomentSums[]): MomentSums {
    const total = new MomentSums();
    for (const part of parts) total.add(part, 1);
    return total;
  }

  without(part: MomentSums): MomentSums {
    const rest = MomentSums.sum([this]);
    rest.add(part, -1);
    return rest;
  }

  private add(other: MomentSums, sign: 1 | -1): void {
    this.n += sign * other.n;
    this.x += sign * other.x;
    this.y += sign * other.y;
    this.xx += sign * other.xx;
    this.yy += sign * other.yy;
    this.xy += sign * other.xy;
  }

  /** Pearson's r; NaN when fewer than 3 pairs or either side is constant. */
  correlation(): number {
    if (this.n < 3) return NaN;
    const varX = this.xx - (this.x * this.x) / this.n;
    const varY = this.yy - (this.y * this.y) / this.n;
    if (!(varX > 1e-12 * this.n) || !(varY > 1e-12 * this.n)) return NaN;
    const r = (this.xy - (this.x * this.y) / this.n) / Math.sqrt(varX * varY);
    return Math.max(-1, Math.min(1, r));
  }
}

/** Mean and greatest distance from it; 0 and 1 for an empty column. */
function centreAndScale(values: Float64Array): [number, number] {
  let n = 0;
  let centre = 0;
  for (const value of values) if (value === value) centre += (value - centre) / ++n;
  let scale = 0;
  for (const value of values) if (value === value) scale = Math.max(scale, Math.abs(value - centre));
  return [centre, scale > 0 ? scale : 1];
}
