/** Settings that are not data, kept in this browser's local storage; whatever cannot be read is the default. */
import { defaultSettings, type TrainSettings } from "./lab-state.ts";
import type { DeviceChoice, TrainRequest } from "../../worker/protocol.ts";
import type { Params } from "../../core/synthesizers/synthesizer.ts";

const key = "semblance.settings";
const keysKey = "semblance.letter-keys";
const devices: readonly DeviceChoice[] = ["auto", "webgpu", "wasm", "webgl", "cpu"];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const wholeWithin = (value: unknown, low: number, high: number): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= low && value <= high;

export const LEAST_EPSILON = 0.01;
export const MOST_EPSILON = 100;
export const MOST_DELTA = 0.1;
export const MOST_ROWS_PER_PATIENT = 1000;

export const largestSeed = 2 ** 31 - 1;

function readParams(value: unknown): Record<string, Params> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, given]) => {
      if (!isRecord(given)) return [];
      const kept = Object.entries(given).filter(
        (entry): entry is [string, number | string | boolean] =>
          ["number", "string", "boolean"].includes(typeof entry[1]) && entry[0] !== "__proto__",
      );
      return [[id, Object.fromEntries(kept)]];
    }),
  );
}

const within = (value: unknown, low: number, high: number): value is number =>
  typeof value === "number" && value >= low && value <= high;

type GuaranteeSettings = Pick<TrainSettings, "epsilon" | "delta" | "privateSynthesizer" | "rowsPerPatient">;

function guaranteeSettings(given: Record<string, unknown>): GuaranteeSettings {
  const { epsilon, delta, privateSynthesizer, rowsPerPatient } = given;
  return {
    epsilon: within(epsilon, LEAST_EPSILON, MOST_EPSILON) ? epsilon : null,
    delta: within(delta, 0, MOST_DELTA) ? delta : defaultSettings.delta,
    privateSynthesizer:
      typeof privateSynthesizer === "string" ? privateSynthesizer : defaultSettings.privateSynthesizer,
    rowsPerPatient: wholeWithin(rowsPerPatient, 1, MOST_ROWS_PER_PATIENT)
      ? rowsPerPatient
      : defaultSettings.rowsPerPatient,
  };
}

/** Settings from their stored text, each part checked by itself. */
export function parseSettings(text: string | null): TrainSettings {
  let given: unknown;
  try {
    given = JSON.parse(text ?? "{}");
  } catch {
    return defaultSettings;
  }
  if (!isRecord(given)) return defaultSettings;
  const holdout = isRecord(given["holdout"]) ? given["holdout"] : {};
  const { share, seed } = holdout;
  const device = devices.find((d) => d === given["device"]);
  return {
    synthesizer:
      typeof given["synthesizer"] === "string" ? given["synthesizer"] : defaultSettings.synthesizer,
    params: readParams(given["params"]),
    seed: wholeWithin(given["seed"], 0, largestSeed) ? given["seed"] : defaultSettings.seed,
    device: device ?? defaultSettings.device,
    holdout: {
      share:
        typeof share === "number" && share >= 0.05 && share <= 0.5 ? share : defaultSettings.holdout.share,
      seed: wholeWithin(seed, 0, largestSeed) ? seed : defaultSettings.holdout.seed,
    },
    stopWhenNearer: given["stopWhenNearer"] === true,
    ...guaranteeSettings(given),
  };
}

/** What a run was started with, as it was written down; undefined where that cannot be read. */
export function parseRequest(value: unknown): TrainRequest | undefined {
  if (!isRecord(value)) return undefined;
  const { synthesizer, params, from } = value;
  if (typeof synthesizer !== "string") return undefined;
  const read = parseSettings(JSON.stringify({ ...value, params: { [synthesizer]: params } }));
  return {
    synthesizer,
    params: read.params[synthesizer] ?? {},
    seed: read.seed,
    device: read.device,
    holdout: read.holdout,
    ...(typeof from === "string" && { from }),
    ...(read.stopWhenNearer && { stopWhenNearer: true }),
  };
}

/** Storage can be switched off by the person or the browser; the page works without it. */
function attempt<T>(act: (storage: Storage) => T, otherwise: T): T {
  try {
    return act(localStorage);
  } catch {
    return otherwise;
  }
}

export const loadSettings = (): TrainSettings => parseSettings(attempt((s) => s.getItem(key), null));

export function keepSettings(settings: TrainSettings): void {
  attempt((s) => s.setItem(key, JSON.stringify(settings)), undefined);
}

export const letterKeysOn = (): boolean => attempt((s) => s.getItem(keysKey), null) !== "off";

export function setLetterKeys(on: boolean): void {
  attempt((s) => (on ? s.removeItem(keysKey) : s.setItem(keysKey, "off")), undefined);
}

const themeKey = "semblance.theme";

export type Theme = "light" | "dark";

/** The theme that was chosen; undefined until then. */
export function keptTheme(): Theme | undefined {
  const kept = attempt((s) => s.getItem(themeKey), null);
  return kept === "light" || kept === "dark" ? kept : undefined;
}

export function keepTheme(theme: Theme): void {
  attempt((s) => s.setItem(themeKey, theme), undefined);
}

const keepRunsKey = "semblance.keep-runs";

/** Whether the person wants finished runs kept in this browser; undefined until they have said. */
export function keepRunsChoice(): boolean | undefined {
  const said = attempt((s) => s.getItem(keepRunsKey), null);
  return said === null ? undefined : said === "yes";
}

export function setKeepRunsChoice(on: boolean | undefined): void {
  attempt(
    (s) => (on === undefined ? s.removeItem(keepRunsKey) : s.setItem(keepRunsKey, on ? "yes" : "no")),
    undefined,
  );
}

const riskKey = "semblance.risk-threshold";

/** The convention of the European Medicines Agency and Health Canada for released clinical data. */
export const usualRiskThreshold = 0.09;

/** A threshold from its stored text: a share above 0 and below 1, else the usual one. */
export function parseRiskThreshold(text: string | null): number {
  const value = Number(text ?? Number.NaN);
  return value > 0 && value < 1 ? value : usualRiskThreshold;
}

/** The risk that the person accepts at most. */
export const riskThreshold = (): number => parseRiskThreshold(attempt((s) => s.getItem(riskKey), null));

export function keepRiskThreshold(value: number): void {
  attempt((s) => s.setItem(riskKey, String(value)), undefined);
}

const ownNames = (storage: Storage): string[] =>
  Object.keys(storage).filter((name) => name.startsWith("semblance."));

/** Whether the page keeps any setting of its own. */
export const keepsSettings = (): boolean =>
  attempt((s) => ownNames(s).some((name) => !name.startsWith("semblance.under-way.")), false);

/** Everything the page itself has kept: settings, keys, theme. What other pages of this origin keep is not touched. */
export function forgetSettings(): void {
  const forget = (storage: Storage): void => {
    for (const name of ownNames(storage)) storage.removeItem(name);
  };
  attempt(forget, undefined);
  attempt(() => forget(sessionStorage), undefined);
}
