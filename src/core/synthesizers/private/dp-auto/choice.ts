/** What the choice of a method with a guarantee goes by: all of it public. */
export interface GuaranteeShape {
  /** learned columns */
  readonly columns: number;
  /** whether a target is named */
  readonly target: boolean;
  readonly epsilon: number;
  /** public, and tells the order of magnitude of the patients */
  readonly delta: number;
}

export interface GuaranteedChoice {
  /** id of the method */
  readonly design: string;
  /** "13 columns and a named target: ...", for “Noisy target tables: ...” */
  readonly reason: string;
}

/**
 * By what was measured in advance on other tables (METHODS-GUARANTEE.md), never by this one: where a target is named, tables of
 * it with each column keep most of its relations at every size and epsilon that was measured; without one, the pairs of
 * columns that are worth their noise are chosen.
 */
export function chooseGuaranteed({ columns, target, epsilon }: GuaranteeShape): GuaranteedChoice {
  const shape = `${columns} ${columns === 1 ? "column" : "columns"}`;
  return target
    ? {
        design: "dp-target",
        reason: `${shape} and a named target; on the tables measured in advance it predicted the target best at ε ${epsilon}`,
      }
    : {
        design: "dp-marginals",
        reason: `${shape} and no target is named: it chooses the pairs of columns that are worth their noise`,
      };
}
