import { useMemo } from "react";
import type { GuaranteeStop } from "../../../../core/lab/guarantee/guarantee-offer.ts";
import { fixed } from "../../../../core/words/numbers.ts";
import { sureWords } from "../../../../core/words/privacy-limit.ts";
import styles from "./guarantee.module.css";

/** A coin stands at the left end, certainty at the right. */
export function SureFigure({ sure }: Pick<GuaranteeStop, "sure">) {
  if (sure === undefined)
    return (
      <div className={styles.sure} role="img" aria-label="No limit">
        <i className={styles.none} />
        <span className="s">no limit</span>
      </div>
    );
  const at = 2 * (sure - 0.5);
  const side = at > 0.75 ? styles.end : at < 0.2 ? styles.start : styles.middle;
  return (
    <div
      className={styles.sure}
      role="img"
      aria-label={sure > 0.999 ? "All but certain" : `At most ${sureWords(sure)} sure; a coin is 50%`}
    >
      <i className={styles.track} />
      <i className={styles.bar} style={{ width: `${100 * at}%` }} />
      <span className={`s ${side}`} style={{ left: `${100 * at}%` }}>
        {sureWords(sure)}
      </span>
    </div>
  );
}

type Expected = NonNullable<GuaranteeStop["expected"]>;

export interface UseScale {
  readonly low: number;
  readonly high: number;
  /** what is expected without a limit */
  readonly free: Expected | undefined;
}

/** One scale for all stops, a coin's 0.5 in it; undefined where nothing is expected in numbers. */
export function useScale(levels: readonly GuaranteeStop[]): UseScale | undefined {
  return useMemo(() => {
    const all = levels.flatMap(({ expected }) => (expected === undefined ? [] : [expected]));
    if (all.length === 0) return undefined;
    const low = Math.min(0.45, ...all.map((one) => one.low));
    const high = Math.max(0.95, ...all.map((one) => one.high));
    return { low, high, free: levels.find(({ epsilon }) => epsilon === undefined)?.expected };
  }, [levels]);
}

/** What is expected, with its interval, on the band of what is expected without a limit. */
export function UseFigure({ expected, scale }: { expected: Expected; scale: UseScale }) {
  const { low, high, free } = scale;
  const x = (value: number): string => `${((100 * (value - low)) / (high - low)).toFixed(2)}%`;
  const wide = (from: number, to: number): string => `${((100 * (to - from)) / (high - low)).toFixed(2)}%`;
  const words = `${fixed(expected.value, 2)}, likely ${fixed(expected.low, 2)} to ${fixed(expected.high, 2)}`;
  return (
    <div className={styles.use}>
      <svg role="img" aria-label={`Expected ${words}`} width="100%" height="20">
        {free !== undefined && (
          <>
            <rect
              className={styles.band}
              x={x(free.low)}
              y="3"
              width={wide(free.low, free.high)}
              height="14"
            />
            <line className={styles.real} x1={x(free.value)} x2={x(free.value)} y1="3" y2="17" />
          </>
        )}
        <line className={styles.coin} x1={x(0.5)} x2={x(0.5)} y1="0" y2="20" />
        <line className={styles.whisker} x1={x(expected.low)} x2={x(expected.high)} y1="10" y2="10" />
        <line className={styles.whisker} x1={x(expected.low)} x2={x(expected.low)} y1="6" y2="14" />
        <line className={styles.whisker} x1={x(expected.high)} x2={x(expected.high)} y1="6" y2="14" />
        <circle className={styles.dot} cx={x(expected.value)} cy="10" r="4.5" />
      </svg>
      <span className="s" aria-hidden="true">
        {words}
      </span>
    </div>
  );
}
