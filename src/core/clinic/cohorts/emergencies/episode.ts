import type { Rng } from "../../../math/rng.ts";
import type { Shift } from "./shift.ts";

/** Where an emergency stands. */
export type Phase = "worsening" | "treated" | "recovered";

/** What was given during one hour. */
export interface Given {
  readonly antibiotics?: boolean;
  readonly fluids?: boolean;
  readonly insulin?: boolean;
  readonly calcium?: boolean;
  readonly endoscopy?: boolean;
  /** units of red cells */
  readonly redCells?: number;
}

/** Who falls ill, and how it will go. */
export interface Onset {
  /** how bad, standard normal among patients with this emergency */
  readonly severity: number;
  /** hours of illness behind them when first seen; 0: it begins now */
  readonly hours: number;
  /** hours until treatment begins, from when they are first seen */
  readonly treatedAfter: number;
  /** whether treatment will not save them */
  readonly dies: boolean;
  /** g/L, before anything happened */
  readonly usualHaemoglobin: number;
}

/** What those at the bedside see at this hour, and act by. */
export interface Seen {
  /** g/L */
  readonly haemoglobin: number;
  /** mmol/L */
  readonly potassium: number;
  /** mmol/L */
  readonly glucose: number;
}

/** An emergency of one patient, hour after hour: begins as the patient is first seen. */
export interface Episode {
  readonly phase: Phase;
  /** what was given in the hour that has gone by */
  readonly given: Given;
  readonly shift: () => Shift;
  /** an hour goes by */
  readonly next: (seen: Seen, rng: Rng) => void;
}

/** A kind of emergency. Its beginning hangs on `Onset` alone, so that the first hour can be made again. */
export interface Emergency {
  readonly begin: (onset: Onset) => Episode;
}

/** What is left of 1 after an hour of a decay with time constant `hours`. */
export const leftAfterHour = (hours: number): number => Math.exp(-1 / hours);
