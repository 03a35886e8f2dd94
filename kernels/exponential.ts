/** Elementary functions in single precision (Cephes: S. L. Moshier, expf and logf). No table, so no data segment. */

/** exp of four numbers, relative error below 2e-7; 0 below -87, not a number stays so. At most 88. */
export function exp4(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(-87));
  const held = f32x4.min(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(held, f32x4.splat(1.44269504)));
  let r = f32x4.sub(held, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, power), tiny);
}

/** exp of one number. */
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** Natural logarithm of four positive normal numbers, relative error below 2e-7 (absolute near 1). */
export function log4(x: v128): v128 {
  const bits = x;
  // mantissa in [sqrt(1/2), sqrt(2)), so that the series stays short
  const shifted = i32x4.sub(bits, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const f = f32x4.sub(m, f32x4.splat(1));
  const z = f32x4.mul(f, f);
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-1.151461031e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.167699874e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, f), z);
  y = f32x4.add(y, f32x4.mul(e, f32x4.splat(-2.1219444e-4)));
  y = f32x4.sub(y, f32x4.mul(z, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(f, y), f32x4.mul(e, f32x4.splat(0.693359375)));
}

export function log1(x: f32): f32 {
  return f32x4.extract_lane(log4(f32x4.splat(x)), 0);
}

export function sum4(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** The largest of `count` numbers, at least one. */
export function largest(x: usize, count: i32): f32 {
  let most = load<f32>(x);
  let i = 0;
  if (count >= 4) {
    let best = v128.load(x);
    for (i = 4; i + 4 <= count; i += 4) best = f32x4.max(best, v128.load(x + ((<usize>i) << 2)));
    most = max(
      max(f32x4.extract_lane(best, 0), f32x4.extract_lane(best, 1)),
      max(f32x4.extract_lane(best, 2), f32x4.extract_lane(best, 3)),
    );
  }
  for (; i < count; i++) most = max(most, load<f32>(x + ((<usize>i) << 2)));
  return most;
}

/** y = exp((x - shift) * scale); gives the sum. */
export function expSum(x: usize, y: usize, count: i32, shift: f32, scale: f32): f32 {
  const by = f32x4.splat(shift);
  const times = f32x4.splat(scale);
  let sums = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const e = exp4(f32x4.mul(f32x4.sub(v128.load(x + ((<usize>i) << 2)), by), times));
    v128.store(y + ((<usize>i) << 2), e);
    sums = f32x4.add(sums, e);
  }
  let sum = sum4(sums);
  if (i < count) {
    // The last one to three as a whole vector: what is not theirs does not enter.
    let rest = f32x4.splat(-1e30);
    rest = f32x4.replace_lane(rest, 0, load<f32>(x + ((<usize>i) << 2)) - shift);
    if (i + 1 < count) rest = f32x4.replace_lane(rest, 1, load<f32>(x + ((<usize>i) << 2), 4) - shift);
    if (i + 2 < count) rest = f32x4.replace_lane(rest, 2, load<f32>(x + ((<usize>i) << 2), 8) - shift);
    const e = exp4(f32x4.mul(rest, times));
    store<f32>(y + ((<usize>i) << 2), f32x4.extract_lane(e, 0));
    if (i + 1 < count) store<f32>(y + ((<usize>i) << 2), f32x4.extract_lane(e, 1), 4);
    if (i + 2 < count) store<f32>(y + ((<usize>i) << 2), f32x4.extract_lane(e, 2), 8);
    sum += sum4(e);
  }
  return sum;
}

/** x times `factor`, in place. */
export function scale(x: usize, count: i32, factor: f32): void {
  const by = f32x4.splat(factor);
  let i = 0;
  for (; i + 4 <= count; i += 4)
    v128.store(x + ((<usize>i) << 2), f32x4.mul(v128.load(x + ((<usize>i) << 2)), by));
  for (; i < count; i++) store<f32>(x + ((<usize>i) << 2), load<f32>(x + ((<usize>i) << 2)) * factor);
}

/** Sum of products of two arrays. */
export function inner(x: usize, y: usize, count: i32): f32 {
  let sums = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4)
    sums = f32x4.add(sums, f32x4.mul(v128.load(x + ((<usize>i) << 2)), v128.load(y + ((<usize>i) << 2))));
  let sum = sum4(sums);
  for (; i < count; i++) sum += load<f32>(x + ((<usize>i) << 2)) * load<f32>(y + ((<usize>i) << 2));
  return sum;
}
