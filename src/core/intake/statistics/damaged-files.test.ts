import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FaultError } from "../../fault.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import type { FileBytes, OpenedFile } from "../file.ts";
import { bytesFile } from "../fixtures/bytes-file.ts";
import { sheetCells } from "../fixtures/sheet-cells.ts";
import { openXpt } from "./sas/open-xpt.ts";
import { openSas7bdat } from "./sas/open-sas7bdat.ts";
import { made7bdat } from "./sas/fixtures/made-7bdat.ts";
import { openSav } from "./sav/open-sav.ts";
import { openDta } from "./stata/open-dta.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/statistics/${name}`, import.meta.url)));

type Open = (file: FileBytes) => Promise<OpenedFile>;
const readers: readonly (readonly [string, Open, () => Uint8Array])[] = [
  ["table.sav", openSav, () => fixture("table.sav")],
  ["packed.sav", openSav, () => fixture("packed.sav")],
  ["table.zsav", openSav, () => fixture("table.zsav")],
  ["table5.xpt", openXpt, () => fixture("table5.xpt")],
  ["table8.xpt", openXpt, () => fixture("table8.xpt")],
  ["stata13.dta", openDta, () => fixture("stata13.dta")],
  ["stata15.dta", openDta, () => fixture("stata15.dta")],
  ["runs.sas7bdat", openSas7bdat, () => made7bdat({ packing: "runs" })],
  ["wide.sas7bdat", openSas7bdat, () => made7bdat({ integer: 8, littleEndian: false })],
];

/** The fault that reading ends in; undefined: it was read. Anything that is no fault is thrown. */
async function faultCode(open: Open, name: string, bytes: Uint8Array): Promise<string | undefined> {
  try {
    const opened = await open(bytesFile(name, bytes, 1 << 16));
    for (const { name: sheet } of opened.sheets.slice(0, 3)) await sheetCells(opened, { sheet });
    return undefined;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return error.fault.code;
  }
}

const HOSTILE = [0, 1, 0x7f, 0x80, 0xff];

/** Some bytes of `bytes` changed, left out or put in twice. */
function mutated(bytes: Uint8Array, rng: Rng): Uint8Array {
  const copy = bytes.slice();
  const at = rng.integer(bytes.length);
  const length = 1 + rng.integer(16);
  switch (rng.integer(4)) {
    case 0:
      return copy.subarray(0, at);
    case 1:
      copy[at] = rng.integer(256);
      return copy;
    case 2:
      copy.fill(HOSTILE[rng.integer(HOSTILE.length)] as number, at, at + length);
      return copy;
    default:
      copy.copyWithin(at, at + length);
      return copy;
  }
}

describe("a damaged file of a statistics program", () => {
  it.each(readers)("%s, cut off anywhere, is refused", async (name, open, bytes) => {
    const whole = bytes();
    for (let at = 0; at < whole.length - 100; at += 911) {
      expect(await faultCode(open, name, whole.subarray(0, at)), `cut at ${at}`).toMatch(
        /^file-(damaged|refused)$/,
      );
    }
  });

  it.each(readers)(
    "%s, changed anywhere, is read or refused in words, and soon",
    async (name, open, bytes) => {
      const rng = createRng(17).fork(name);
      const whole = bytes();
      let faults = 0;
      for (let i = 0; i < MUTATIONS; i++) {
        const start = performance.now();
        const code = await faultCode(open, name, mutated(whole, rng));
        if (code !== undefined) {
          expect(code).toMatch(/^(file-(damaged|refused)|no-sheet)$/);
          faults++;
        }
        expect(performance.now() - start).toBeLessThan(5000);
      }
      expect(faults).toBeGreaterThan(MUTATIONS / 10);
    },
  );
});

const MUTATIONS = Number(process.env["MUTATIONS"] ?? 60);
