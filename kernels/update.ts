/** AdamW with moving averages, in place over flat buffers. */

/** Below it a mean slope counts as none: units that are dead fade to subnormal numbers, each a hundred times slower. */
const NEGLIGIBLE: f32 = 1e-30;

/**
 * first = beta1 first + (1 - beta1) g; second = beta2 second + (1 - beta2) g^2; w -= shrink decays w + rate first /
 * (sqrt(second) root + epsilon); average += blend (w - average).
 */
export function adam(
  count: i32,
  w: usize,
  first: usize,
  second: usize,
  average: usize,
  decays: usize,
  g: usize,
  rate: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  root: f32,
  epsilon: f32,
  shrink: f32,
  blend: f32,
): void {
  const even = count & ~3;
  const b1 = f32x4.splat(beta1);
  const r1 = f32x4.splat(rest1);
  const b2 = f32x4.splat(beta2);
  const r2 = f32x4.splat(rest2);
  const least = f32x4.splat(NEGLIGIBLE);
  for (let i: usize = 0; i < (<usize>even) << 2; i += 16) {
    const slope = v128.load(g + i);
    let m = f32x4.add(f32x4.mul(v128.load(first + i), b1), f32x4.mul(slope, r1));
    let v = f32x4.add(f32x4.mul(v128.load(second + i), b2), f32x4.mul(f32x4.mul(slope, slope), r2));
    const old = v128.load(w + i);
    const kept = f32x4.sub(old, f32x4.mul(f32x4.mul(old, f32x4.splat(shrink)), v128.load(decays + i)));
    const under = f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(root)), f32x4.splat(epsilon));
    const now = f32x4.sub(kept, f32x4.div(f32x4.mul(f32x4.splat(rate), m), under));
    m = v128.andnot(m, f32x4.lt(f32x4.abs(m), least));
    v = v128.andnot(v, f32x4.lt(v, least));
    v128.store(first + i, m);
    v128.store(second + i, v);
    v128.store(w + i, now);
    const a = v128.load(average + i);
    v128.store(average + i, f32x4.add(a, f32x4.mul(f32x4.sub(now, a), f32x4.splat(blend))));
  }
  for (let k = even; k < count; k++) {
    const i = (<usize>k) << 2;
    const slope = load<f32>(g + i);
    const m = load<f32>(first + i) * beta1 + slope * rest1;
    const v = load<f32>(second + i) * beta2 + slope * slope * rest2;
    const old = load<f32>(w + i);
    const kept = old - old * shrink * load<f32>(decays + i);
    const now = kept - (rate * m) / (sqrt<f32>(v) * root + epsilon);
    store<f32>(first + i, abs<f32>(m) < NEGLIGIBLE ? 0 : m);
    store<f32>(second + i, v < NEGLIGIBLE ? 0 : v);
    store<f32>(w + i, now);
    const a = load<f32>(average + i);
    store<f32>(average + i, a + (now - a) * blend);
  }
}
