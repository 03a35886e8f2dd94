import type { LinesPicture, StudyFigure, StudyFound, StudyLine, StudyTable } from "../../report/study.ts";
import { methodName } from "../fields.ts";
import { beyondNoise } from "../reducing/figures.ts";
import { NOTABLE } from "../reducing/judged.ts";
import { fixed } from "../../words/numbers.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import type { CellDone } from "../study.ts";
import { ablationFound } from "./ablation-found.ts";
import { figureWords, gapOf, readingOf, shareWords, type Reading, type Told } from "./read-cells.ts";
import type { Test } from "./score-mix.ts";
import { trustFound } from "./trust-factors.ts";

/** Pure: what the cells done so far say. */
export function foundOf(told: Told, done: readonly CellDone[]): StudyFound {
  const read = readingOf(told, done);
  const [first = INDEPENDENT, ...others] = told.methods;
  const found = lossesOf(told, read, first);
  const trust = trustFound(told, read, (method) => lossesOf(told, read, method).harmless);
  const ablation = ablationFound(told, read, first);
  const more = [
    ...sentencesOf(told, read, first),
    ...others.map(
      (method) => `${methodName(method)}: ${lossSentence(told, lossesOf(told, read, method), method)}`,
    ),
    ...(ablation?.say ?? []),
  ];
  return {
    say: {
      bold: lossSentence(told, found, first),
      ...(found.known.length > 0 && { rest: restOf(told, read, found, first) }),
    },
    more,
    pictures: picturesOf(told, read, first),
    tables: [lossTable(told, read, first), ...trust.tables, ...(ablation?.tables ?? [])],
    notes: [...notesOf(told), ...trust.notes, ...(ablation?.notes ?? [])],
  };
}

/** What a model learned from each mix loses against one learned from real rows alone. */
interface Losses {
  /** shares at which it is known, ascending; 0 is none of them */
  readonly known: readonly { readonly share: number; readonly loss: StudyFigure }[];
  /** the greatest share up to which nothing is lost beyond noise; 0 where it is lost at the first */
  readonly harmless: number | undefined;
  /** the first share at which it is */
  readonly harmful: number | undefined;
}

function lossesOf({ shares }: Told, read: Reading, method: string, who = "all"): Losses {
  const at = (share: number) => ({ measure: "real", method, at: share, who });
  const known = shares.flatMap((share) => {
    const loss = share === 0 ? undefined : read.difference(at(0), at(share));
    return loss === undefined ? [] : [{ share, loss }];
  });
  const lost = known.findIndex(({ loss }) => beyondNoise(loss) > 0);
  const harmless = lost < 0 ? known.at(-1)?.share : lost === 0 ? 0 : known[lost - 1]?.share;
  return { known, harmless, harmful: known[lost]?.share };
}

function lossSentence({ target }: Told, { known, harmless, harmful }: Losses, method: string): string {
  const name = methodName(method);
  const model = `a model of ${target}`;
  const last = known.at(-1)?.share;
  if (harmless === undefined || last === undefined) return "Nothing has been compared yet.";
  if (harmful === undefined && (known.at(-1)?.loss.interval?.high ?? Infinity) > NOTABLE)
    return `Whether ${last === 1 ? `synthetic rows of ${name} alone cost` : `a share of up to ${shareWords(last)} synthetic rows of ${name} costs`} ${model} anything on real patients cannot be told: a loss above ${NOTABLE} is within noise.`;
  if (harmful === undefined)
    return last === 1
      ? `Even synthetic rows of ${name} alone cost ${model} nothing beyond noise on real patients.`
      : `Up to a share of ${shareWords(last)} synthetic rows of ${name}, ${model} loses nothing beyond noise on real patients.`;
  if (harmless === 0)
    return `At a share of ${shareWords(harmful)} synthetic rows of ${name}, the smallest tried, ${model} already loses beyond noise on real patients.`;
  return `Up to a share of ${shareWords(harmless)} synthetic rows of ${name}, ${model} loses nothing beyond noise on real patients; at ${shareWords(harmful)} it does.`;
}

function restOf({ unit }: Told, read: Reading, { known, harmful }: Losses, method: string): string {
  const real = read.figure({ measure: "real", method, at: 0 });
  const said = known.filter(({ share }) => share === harmful || share === known.at(-1)?.share);
  const losses = said.map(
    ({ share, loss }, i) =>
      `${i === 0 ? "Loss in " + unit + " at" : "at"} ${shareWords(share)}: ${figureWords(loss, i === 0)}`,
  );
  return `${losses.join("; ")}.${real ? ` Real rows alone reach ${figureWords(real, false)}.` : ""}`;
}

function sentencesOf(told: Told, read: Reading, method: string): string[] {
  return [
    firstLost(told, read, method),
    otherTest(told, read, method),
    addedSentence(told, read, method),
    besideSentence(told, read, method),
  ].flatMap((sentence) => (sentence === undefined ? [] : [sentence]));
}

/**
 * For whom something is lost first: whether small subgroups lose more than large ones or less. Small ones have wide intervals, so
 * that a loss is seen in them later though it is as great: only the difference of the two losses says who loses first.
 */
function firstLost(told: Told, read: Reading, method: string): string | undefined {
  if (told.subgroups === undefined) return undefined;
  const [small, large] = ["small", "large"].map((who) => lossesOf(told, read, method, who));
  const places = (small?.known ?? []).flatMap(({ share, loss }) => {
    const other = large?.known.find((one) => one.share === share)?.loss;
    const gap = gapOf(read, method, share);
    return other && gap ? [{ share, small: loss, large: other, gap }] : [];
  });
  const last = places.at(-1);
  if (!small || !large || last === undefined)
    return "Small or large subgroups have too few held-out patients with the outcome to say for whom something is lost first.";
  const words = (at: typeof last): string =>
    `at a share of ${shareWords(at.share)} patients in small subgroups lose ${figureWords(at.small)} and those in large ones ${figureWords(at.large, false)}, a difference of ${figureWords(at.gap, false)}`;
  const apart = places.find(({ gap }) => beyondNoise(gap) !== 0);
  if (apart !== undefined)
    return `Patients in ${beyondNoise(apart.gap) > 0 ? "small" : "large"} subgroups lose first: ${words(apart)}.`;
  if (small.harmful === undefined && large.harmful === undefined)
    return `Neither small nor large subgroups lose beyond noise at any share: ${words(last)}.`;
  const seen = places.find(({ share }) => share === Math.min(small.harmful ?? 1, large.harmful ?? 1));
  return `Nobody can be said to lose first: ${words(seen ?? last)}, which is within noise.`;
}

/** What held-out synthetic rows say of the same models. */
function otherTest({ shares, unit }: Told, read: Reading, method: string): string | undefined {
  const at = shares.at(-1) ?? 1;
  const place = (measure: Test) => ({ measure, method, at });
  const gap = read.difference(place("synthetic"), place("real"));
  const [real, made] = [read.figure(place("real")), read.figure(place("synthetic"))];
  if (gap === undefined || real === undefined || made === undefined) return undefined;
  const both = `${made.value.toFixed(3)} where real ones say ${real.value.toFixed(3)} ${unit}, a difference of ${figureWords(gap)}`;
  const model = at === 1 ? "a model of synthetic rows alone" : `a model at a share of ${shareWords(at)}`;
  const sign = beyondNoise(gap);
  if (sign === 0)
    return `Held-out synthetic rows judge ${model} as real ones do: ${both}, which is within noise.`;
  return sign > 0
    ? `Held-out synthetic rows flatter ${model}: they say ${both}. Do not test on them in place of real patients.`
    : `Held-out synthetic rows are harder on ${model} than real ones: they say ${both}. Do not test on them in place of real patients.`;
}

function addedSentence({ added, unit }: Told, read: Reading, method: string): string | undefined {
  const gains = added.flatMap((times) => {
    const gain = read.difference(
      { measure: "real", method, series: "added", at: times },
      { measure: "real", method, at: 0 },
    );
    return gain ? [{ times, gain, sign: beyondNoise(gain) }] : [];
  });
  if (gains.length === 0) return undefined;
  const said = ({ times, gain }: (typeof gains)[number], named: boolean): string =>
    `${figureWords(gain, named)} with ${times} for each real one`;
  const gaining = gains.filter(({ sign }) => sign > 0);
  const losing = gains.filter(({ sign }) => sign < 0);
  const all = gains.map((one, i) => said(one, i === 0)).join(", ");
  if (gaining.length > 0 && losing.length === 0)
    return `Synthetic rows added to all real ones help beyond noise: ${unit} changes by ${gaining.map((one, i) => said(one, i === 0)).join(", ")}.`;
  if (losing.length > 0 && gaining.length === 0)
    return `Synthetic rows added to all real ones harm beyond noise: ${unit} changes by ${all}.`;
  return gaining.length > 0
    ? `Synthetic rows added to all real ones help at some numbers and harm at others: ${unit} changes by ${all}.`
    : `Synthetic rows added to all real ones change nothing beyond noise: ${unit} changes by ${all}.`;
}

/** What the synthetic rows of a mix add to its real rows: a loss may be nothing but the real rows that are missing. */
function besideSentence({ shares, unit }: Told, read: Reading, method: string): string | undefined {
  const at = shares.findLast((share) => share < 1);
  if (at === undefined || at === 0) return undefined;
  const alone = { measure: "real", method: REAL, series: "alone" as const, at };
  const gain = read.difference({ measure: "real", method, at }, alone);
  const [mixed, few] = [read.figure({ measure: "real", method, at }), read.figure(alone)];
  if (gain === undefined || mixed === undefined || few === undefined) return undefined;
  const both = `${fixed(few.value, 3)} by themselves and ${fixed(mixed.value, 3)} in the mix, a difference of ${figureWords(gain)}`;
  const sign = beyondNoise(gain);
  const found =
    sign > 0
      ? "the synthetic rows help the real ones beside them"
      : sign < 0
        ? "the synthetic rows harm the real ones beside them"
        : "the synthetic rows neither help nor harm the real ones beside them beyond noise";
  return `At a share of ${shareWords(at)} ${found}: the ${shareWords(1 - at)} of real rows reach ${unit} ${both}.`;
}

function picturesOf(told: Told, read: Reading, first: string): LinesPicture[] {
  const { unit, target, shares, added, methods } = told;
  const chance = unit === "AUROC" ? { chance: 0.5 } : { chance: 0 };
  const base = { type: "lines" as const, unit, better: "higher" as const, ...chance };
  const across = { name: "% of the rows that are synthetic", ticks: shares.map((share) => 100 * share) };
  const lineOf = (name: string, method: string, measure: Test, who = "all"): StudyLine => ({
    name,
    kind: method === INDEPENDENT ? "independent" : "synthetic",
    points: shares.flatMap((share) => {
      const figure = read.figure({ measure, method, at: share, who });
      return figure ? [{ x: 100 * share, figure }] : [];
    }),
  });
  const real = (measure: Test, ticks: readonly number[], who = "all"): StudyLine[] => {
    const figure = read.figure({ measure, method: first, at: 0, who });
    return figure ? [{ name: "All real rows", kind: "real", points: ticks.map((x) => ({ x, figure })) }] : [];
  };
  const all = [...methods, INDEPENDENT];
  const byTest = (measure: Test): StudyLine[] =>
    all.map((method) => lineOf(methodName(method), method, measure));
  const left = shares.flatMap((share) => {
    const figure = read.figure({ measure: "real", method: REAL, series: "alone", at: share });
    return figure ? [{ x: 100 * share, figure }] : [];
  });
  const fewer: StudyLine[] =
    left.length > 0 ? [{ name: "Real rows of the mix", kind: "real", points: left }] : [];
  const pictures: LinesPicture[] = [
    {
      ...base,
      title: `Predicting ${target}, tested on held-out real rows`,
      across,
      lines: [...byTest("real"), ...real("real", across.ticks), ...fewer],
    },
    {
      ...base,
      title: `Predicting ${target}, tested on held-out synthetic rows`,
      across,
      lines: byTest("synthetic"),
    },
  ];
  if (told.subgroups !== undefined)
    for (const measure of ["real", "synthetic"] as const)
      pictures.push({
        ...base,
        title: `${methodName(first)}: small and large subgroups, tested on held-out ${measure} rows`,
        across,
        lines: [
          lineOf("Large subgroups", first, measure, "large"),
          lineOf("Small subgroups", first, measure, "small"),
        ],
      });
  if (added.length > 0)
    pictures.push({
      ...base,
      title: `Predicting ${target}, synthetic rows added to all real ones`,
      across: { name: "synthetic rows for each real one", ticks: [0, ...added] },
      lines: [
        ...all.map((method): StudyLine => {
          const none = read.figure({ measure: "real", method, at: 0 });
          return {
            name: methodName(method),
            kind: method === INDEPENDENT ? "independent" : "synthetic",
            points: [
              ...(none ? [{ x: 0, figure: none }] : []),
              ...added.flatMap((times) => {
                const figure = read.figure({ measure: "real", method, series: "added", at: times });
                return figure ? [{ x: times, figure }] : [];
              }),
            ],
          };
        }),
        ...real("real", [0, ...added]),
      ],
    });
  return pictures
    .map((picture) => ({ ...picture, lines: picture.lines.filter(({ points }) => points.length > 0) }))
    .filter(({ lines }) => lines.length > 0);
}

/** What each part of the patients loses at each share. */
function lossTable(told: Told, read: Reading, method: string): StudyTable {
  const { shares, unit, subgroups } = told;
  const given = shares.filter((share) => share > 0);
  const parts = [
    { who: "all", name: "All patients" },
    ...(subgroups
      ? [
          { who: "large", name: "In large subgroups only" },
          { who: "small", name: "In a small subgroup" },
          ...subgroups.groups.map(({ name, small }) => ({
            who: name,
            name: small ? `${name} (small)` : name,
          })),
        ]
      : []),
  ];
  const losses = (method: string, who: string) =>
    given.map((share) =>
      read.difference({ measure: "real", method, at: 0, who }, { measure: "real", method, at: share, who }),
    );
  const rows = parts.flatMap(({ who, name }) => {
    const tested = read.tested({ measure: "real", method, at: 0, who });
    const alone = read.figure({ measure: "real", method, at: 0, who });
    const cells = [
      Number.isFinite(tested) ? tested.toLocaleString("en") : "too few",
      alone,
      ...losses(method, who),
    ];
    return [{ name, cells }];
  });
  return {
    title: `What is lost on held-out real patients, ${methodName(method)}`,
    note: `${unit} of a model of real rows alone less that of a model of the mix: above 0 is a loss. Mean over seeds, ± half of the 95% interval.`,
    columns: [
      { name: "Tested" },
      { name: "Real rows alone", unit },
      ...given.map((share) => ({ name: shareWords(share), over: `Loss in ${unit} at a share of`, unit })),
    ],
    rows,
  };
}

function notesOf({ subgroups, shares, rows }: Told): string[] {
  const tests = subgroups ? subgroups.groups.length * (shares.length - 1) : 0;
  return [
    `Every mix has ${rows.toLocaleString("en")} rows; the target is predicted by gradient boosting. Held-out synthetic rows are another sample of the same model and in no mix.`,
    ...(subgroups
      ? [
          ...subgroups.how,
          `The table compares up to ${tests} subgroups and shares: about one in twenty intervals leaves 0 out by chance alone.`,
        ]
      : [
          "No column is marked sensitive, or none has a small subgroup, so small and large subgroups are left out. Mark a column such as sex, race or age to have them.",
        ]),
  ];
}
