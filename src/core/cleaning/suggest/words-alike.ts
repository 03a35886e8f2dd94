/** Whether two texts are one word misspelled, or two words that look alike. */

/** Beginnings, endings and whole words that turn a word into another one, each beside the one it is taken for. */
const OPPOSITES: readonly (readonly [string, string])[] = (
  "hypo hyper,inter intra,ante anti,anterior arterior,pre pro,peri para,sub supra,macro micro,ab ad,af ef,e a,em im," +
  "endo exo,ecto endo,brady tachy,oligo poly,mono multi,ortho para,in im,un in,ileum ilium,ileal ilial,medial median," +
  "peroneal perineal,perianal perinatal,arteritis arthritis,dysphagia dysphasia,dysphonia dysphoria,prostate prostrate," +
  "ureteral urethral,ureter urethra,mucus mucous,vesicle vesical,palpation palpitation,malleus malleolus," +
  "stationary stationery,radial radical,tibial tibiale,carpal carpel,tarsal tarsus,causal casual,cyst cist,colon color," +
  "atrial arterial,venous venus,vagitis vaginitis,sinistra dextra,lacrimal lachrymal,metatarsal metacarpal,humeral femoral," +
  "lymphoma lipoma,myeloma melanoma,adenoma adenosis,prednisone prednisolone,hydroxyzine hydralazine,clonidine quinidine," +
  "cefuroxime cefotaxime,cefotaxime ceftriaxone,cefazolin cefalotin,amantadine rimantadine,sulfadiazine sulfasalazine," +
  "chlorpromazine chlorpropamide,tolazamide tolbutamide,lamivudine zidovudine,daunorubicin doxorubicin," +
  "epinephrine ephedrine,fluoxetine paroxetine,vinblastine vincristine,vinorelbine vinblastine,trimeprazine trimipramine," +
  "carbimazole carbamazepine,nifedipine nimodipine,nicardipine nifedipine,felodipine nifedipine,amlodipine felodipine," +
  "lisinopril fosinopril,enalapril ramipril,benazepril lisinopril,metoprolol bisoprolol,propranolol propanol," +
  "oxycodone hydrocodone,oxycodone oxycontin,codeine cocaine,theophylline aminophylline,estradiol estriol," +
  "austria australia,iran iraq,niger nigeria,slovenia slovakia,mali malawi,guinea guyana,zambia gambia,latvia lativa," +
  "linke links,rechte rechts,stable unstable,typical atypical,normal abnormal"
)
  .split(",")
  .map((pair) => pair.split(" ") as [string, string]);

/** Endings of words that differ by what was done or who it was. */
const ENDINGS: readonly (readonly [string, string])[] = (
  "otomy ostomy,ectomy otomy,ectomy ostomy,tomy stomy,o a,os as,ado ada,us a,um us,itis osis,al us,ol one,ine ide,ate ite," +
  "er in,er or,ed er,in ine,amine amide,azole azine,emia uria,aemia uria,plegia paresis,phagia phasia"
)
  .split(",")
  .map((pair) => pair.split(" ") as [string, string]);

const ROMAN = /^[ivx]+$/;
const LEAST_LENGTH = 5;

/** Characters to insert, delete, replace or swap with their neighbour, up to `most` (optimal string alignment). */
export function editsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + same,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (before[j - 2] as number) + 1);
      row.push(edits);
      least = Math.min(least, edits);
    }
    if (least > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length] as number;
}

/**
 * Whether `a` is probably a misspelling of `b` (both folded): one word of them differs, by one letter, or by two in a long
 * one, behind the same first letter. Never where digits, numerals, short words or a negation differ, nor where the two are
 * known to be different words.
 */
export function misspells(a: string, b: string): boolean {
  if (a === b || a.replace(/\D/g, "") !== b.replace(/\D/g, "")) return false;
  const [ours, theirs] = [a.split(" "), b.split(" ")];
  if (ours.length !== theirs.length) return spacedOtherwise(a, b);
  const odd = ours.flatMap((word, i) => (word === theirs[i] ? [] : [[word, theirs[i] as string] as const]));
  return odd.length === 1 && odd.every(([own, other]) => isTypo(own, other));
}

/** "in patient" and "inpatient" are one; "no pain" and "nopain" too, but a word more is no space. */
const spacedOtherwise = (a: string, b: string): boolean =>
  a.length >= 2 * LEAST_LENGTH && a.replaceAll(" ", "") === b.replaceAll(" ", "");

function isTypo(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < LEAST_LENGTH || a[0] !== b[0] || /\d/.test(a + b)) return false;
  if (ROMAN.test(a) || ROMAN.test(b) || areOpposite(a, b) || areOpposite(b, a)) return false;
  return editsBetween(a, b, 2) <= (shorter >= 12 ? 2 : 1);
}

function areOpposite(a: string, b: string): boolean {
  const beside = ([x, y]: readonly [string, string]): boolean =>
    (a.startsWith(x) && b.startsWith(y) && a.slice(x.length) === b.slice(y.length)) ||
    (x.length > 2 && a.includes(x) && a.replace(x, y) === b);
  const ending = ([x, y]: readonly [string, string]): boolean =>
    (a.endsWith(x) && b.endsWith(y) && a.slice(0, -x.length) === b.slice(0, -y.length)) ||
    (a.endsWith(y) && b.endsWith(x) && a.slice(0, -y.length) === b.slice(0, -x.length));
  return OPPOSITES.some(beside) || ENDINGS.some(ending);
}
