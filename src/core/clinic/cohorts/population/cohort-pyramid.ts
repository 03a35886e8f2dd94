import { ADULT_BANDS } from "../numbers/body/bands.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { MOTHERS } from "../numbers/pregnancy/maternity-numbers.ts";
import { CENSUS, endOf, STAYS, VISITS } from "../numbers/people/pyramid-numbers.ts";
import type { Bands } from "../numbers/people/pyramid-numbers.ts";
import type { Pyramid, PyramidBand } from "./pyramid.ts";

/** Whose ages and sexes. */
export type PyramidOf =
  "general" | "adults" | "diabetes" | "heart-failure" | "icu" | "emergency" | "maternity";

/** The pyramid of `of`, from the numbers of its source. */
export function cohortPyramid(numbers: Numbers, of: PyramidOf): Pyramid {
  const everyone = counted(numbers, "people", CENSUS);
  switch (of) {
    case "general":
      return everyone;
    case "adults":
      return everyone.filter(isAdult);
    case "maternity":
      return everyone.filter(({ from }) => isMother(from)).map((band) => mothers(numbers, band));
    case "diabetes":
      return everyone.filter(isAdult).map((band) => weighed(band, (sex) => clinicShare(numbers, sex, band)));
    case "heart-failure":
      return failing(numbers, everyone.filter(isAdult));
    case "icu":
      return counted(numbers, "stays", STAYS);
    case "emergency":
      return visiting(numbers, everyone);
  }
}

const isAdult = ({ from }: PyramidBand): boolean => from >= ADULT_BANDS[0];

const isMother = (from: number): from is (typeof MOTHERS)[number] => MOTHERS.some((first) => first === from);

/** Women by how often those of their age give birth. */
const mothers = (numbers: Numbers, band: PyramidBand): PyramidBand => ({
  ...band,
  women: band.women * numbers.of(`mothers.${band.from}`),
  men: 0,
});

function counted(numbers: Numbers, id: string, bands: Bands): PyramidBand[] {
  return bands.from.map((from, i) => ({
    from,
    to: endOf(bands, i),
    women: numbers.of(`${id}.women.${from}`),
    men: numbers.of(`${id}.men.${from}`),
  }));
}

function weighed(band: PyramidBand, by: (sex: "women" | "men") => number): PyramidBand {
  return { ...band, women: band.women * by("women"), men: band.men * by("men") };
}

function clinicShare(numbers: Numbers, sex: "women" | "men", { from }: PyramidBand): number {
  const band = [...ADULT_BANDS].reverse().find((first) => first <= from) ?? ADULT_BANDS[0];
  return numbers.of(`clinic.diabetes.${sex}.${band}`);
}

/** Ages on a normal, the share of women rising with age. */
function failing(numbers: Numbers, bands: readonly PyramidBand[]): PyramidBand[] {
  const [mean, sd] = [numbers.of("failing.mean"), numbers.of("failing.sd")];
  const [share, yearly] = [numbers.of("failing.women"), numbers.of("failing.women.year")];
  return bands.map((band) => {
    const middle = (band.from + band.to + 1) / 2;
    const distance = (middle - mean) / sd;
    const weight = Math.exp(-(distance * distance) / 2);
    const odds = (share / (1 - share)) * yearly ** (middle - mean);
    return { ...band, women: (weight * odds) / (1 + odds), men: weight / (1 + odds) };
  });
}

/** People of each year by how often those of their age come, with the share of women held. */
function visiting(numbers: Numbers, everyone: readonly PyramidBand[]): PyramidBand[] {
  const years = everyone.flatMap(({ from, to, women, men }) =>
    Array.from({ length: to - from + 1 }, (_, i) => {
      const band = VISITS.from.findLastIndex((first) => first <= from + i);
      const rate = numbers.of(`visits.${VISITS.from[band]}`) / (to - from + 1);
      return { from: from + i, to: from + i, women: women * rate, men: men * rate };
    }),
  );
  const [women, men] = [sum(years, "women"), sum(years, "men")];
  const share = numbers.of("visits.women");
  return years.map((band) => weighed(band, (sex) => (sex === "women" ? share / women : (1 - share) / men)));
}

const sum = (bands: readonly PyramidBand[], sex: "women" | "men"): number =>
  bands.reduce((total, band) => total + band[sex], 0);
