/** What the choice of a method with a guarantee goes by: all of it public. */
export interface GuaranteeShape {
  /** learned columns */
  readonly columns: number;
  /** whether a target is named */
  readonly target: boolean;
  readonly epsilon: number;
  /** it tells the order of magnitude of the patients, and nothing else here does */
  readonly delta: number;
}

export interface GuaranteedChoice {
  /** id of the method */
  readonly design: string;
  /** "13 columns, about 500 patients by δ and ε 1: ...", for “Noisy target tables: ...” */
  readonly reason: string;
}

/** Patients times epsilon over columns, from which marginals are ahead of target tables. */
const ENOUGH_FOR_MARGINALS = 150;

/**
 * By what was measured in advance on other tables (METHODS-GUARANTEE.md), never by this one. Where a target is named and
 * there is little to go on for each column, tables of it with each column keep more of its relations. From about 150 patients times
 * epsilon for each column on, chosen pairs keep about as much of them, and on most tables the rows are told from real ones less easily. Without a
 * target, pairs are chosen too. The network is left to a person: it is ahead in resemblance on some large tables, behind on others.
 */
export function chooseGuaranteed({ columns, target, epsilon, delta }: GuaranteeShape): GuaranteedChoice {
  const patients = patientsBy(delta);
  const shape = `${columns} ${columns === 1 ? "column" : "columns"}`;
  if (!target)
    return {
      design: "dp-marginals",
      reason: `${shape} and no target is named: it chooses the pairs of columns that are worth their noise`,
    };
  const all = `${shape} and a named target, about ${patients.toLocaleString("en-US")} patients by δ, ε ${epsilon}`;
  return (patients * epsilon) / columns < ENOUGH_FOR_MARGINALS
    ? {
        design: "dp-target",
        reason: `${all}; on tables with as little to go on that were measured in advance it predicted the target best`,
      }
    : {
        design: "dp-marginals",
        reason: `${all}; on tables with as much to go on that were measured in advance it predicted the target about as well as target tables, and on most of them its rows looked more real`,
      };
}

/** How many would be offered this delta, 1/(n√n), to one digit. */
function patientsBy(delta: number): number {
  const exact = delta ** (-2 / 3);
  const power = 10 ** Math.floor(Math.log10(exact));
  return Math.round(exact / power) * power;
}
