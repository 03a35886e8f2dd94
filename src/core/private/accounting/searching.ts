/** `value` where it is a cost, from 0 to Infinity; RangeError otherwise. */
export function checkedCost(value: number, name: string): number {
  if (!(value >= 0)) throw new RangeError(`${name} is ${value}, and has to be 0 or more.`);
  return value;
}

/** `delta` where it is a probability; RangeError otherwise. */
export function checkedDelta(delta: number): number {
  if (!(delta >= 0 && delta <= 1)) throw new RangeError(`delta is ${delta}, and has to be from 0 to 1.`);
  return delta;
}

/**
 * The least x in [low, high] at which `holds`, which is false below some x and true from there on, to the last places and
 * never below it; `high` where it holds nowhere. 0 < low < high. Halves the ratio of the two.
 */
export function bisectedLogs(low: number, high: number, holds: (x: number) => boolean): number {
  let [below, above] = [low, high];
  for (let i = 0; i < 120; i++) {
    const middle = above / below > 4 ? Math.sqrt(below) * Math.sqrt(above) : below + (above - below) / 2;
    if (middle <= below || middle >= above) break;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
