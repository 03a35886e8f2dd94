/** What the page knows of simulated cohorts before one is opened: pictures, climbs, and what a person asks for. */
import type { ListedNumber } from "../../../core/clinic/cohorts/numbers/body/listed-numbers.ts";
import type { NumbersFile } from "../../../core/clinic/cohorts/numbers/numbers-file.ts";
import type { PyramidBand } from "../../../core/clinic/cohorts/population/pyramid.ts";
import type { Level } from "../../../core/clinic/cohorts/simulating/stage.ts";
import type { Fault } from "../../../core/fault.ts";
import type { CohortPicture } from "../../../core/table/cohort-picture.ts";
import type { ClimbView, SimulatingPace } from "../../../worker/protocol.ts";

/** What a person asks of a cohort. */
export interface Wish {
  readonly patients: number;
  readonly level: Level;
  readonly hospitals: number;
  readonly units: "one" | "own";
  readonly seed: number;
  /** ages and sexes of the person's own, where they are used */
  readonly ownAges: boolean;
  /** as they were edited last */
  readonly ages?: readonly PyramidBand[];
}

type ByCohort<T> = Readonly<Record<string, T>>;

export interface StartState {
  readonly pictures: ByCohort<CohortPicture>;
  /** the cohort whose climb is open */
  readonly open: string | undefined;
  readonly climbs: ByCohort<ClimbView>;
  readonly paces: ByCohort<SimulatingPace>;
  readonly wishes: ByCohort<Wish>;
  readonly numbers: readonly ListedNumber[] | undefined;
  /** a file whose values stand in the place of published ones */
  readonly edited: { readonly name: string; readonly file: NumbersFile } | undefined;
  /** questions under way */
  readonly drawing: number | undefined;
  readonly climbing: number | undefined;
  readonly listing: number | undefined;
  /** why there is no climb, or no list of numbers */
  readonly fault: Fault | undefined;
}

export type StartEvent =
  | { type: "page-start-drawing"; job: number }
  /** `job`: its climb was asked for; without a cohort none is open */
  | { type: "page-start-open"; cohort: string | undefined; job?: number }
  | { type: "page-start-wish"; cohort: string; wish: Wish }
  | { type: "page-start-listing"; job: number }
  /** the published numbers alone are used again */
  | { type: "page-start-published" };

export const noStart: StartState = {
  pictures: {},
  open: undefined,
  climbs: {},
  paces: {},
  wishes: {},
  numbers: undefined,
  edited: undefined,
  drawing: undefined,
  climbing: undefined,
  listing: undefined,
  fault: undefined,
};
