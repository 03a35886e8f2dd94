/** Seconds of work over which the speed is averaged. */
const MEMORY = 10;
const SHOWN_FROM = 0.05;

/**
 * Estimates the seconds left of a task from its `fraction` done after `seconds` of work: the speed is a moving average,
 * so that one slow step does not make the figure jump. Undefined until 5% are done, and once nothing is left.
 */
export function createTimeLeft(): (seconds: number, fraction: number) => number | undefined {
  let lastSeconds = 0;
  let lastFraction = 0;
  let speed: number | undefined;
  return (seconds, fraction) => {
    const passed = seconds - lastSeconds;
    if (passed > 0 && fraction > lastFraction) {
      const now = (fraction - lastFraction) / passed;
      const weight = 1 - Math.exp(-passed / MEMORY);
      speed = speed === undefined ? now : speed + weight * (now - speed);
      lastSeconds = seconds;
      lastFraction = fraction;
    }
    if (speed === undefined || fraction < SHOWN_FROM || fraction >= 1) return undefined;
    return (1 - fraction) / speed;
  };
}
