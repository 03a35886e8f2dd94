import { CELL_FORMS, isPhone } from "../../../table/identifiers/cell-forms.ts";
import { nameLook } from "../../../table/identifiers/person-names.ts";

const MONTH =
  "(?:jan(?:uary|uar|vier)?|enero|gennaio|feb(?:ruary|ruar|rero|braio)?|f[ée]v(?:rier)?|mar(?:ch|s|zo)?|m[äa]rz|mrz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|may|mai|mayo|maggio|june?|juni|junio|juin|giugno|july?|juli|julio|juillet|luglio|aug(?:ust)?|ao[ûu]t|agosto|sept?(?:ember|embre|iembre)?|settembre|o[ck]t(?:ober|obre|ubre)?|ottobre|nov(?:ember|embre|iembre)?|de[cz](?:ember)?|d[ée]c(?:embre)?|dic(?:iembre|embre)?)";

/** Days and months as people write them: 1961-03-12, 12.03.61, 03/1961, 19610312, "12 March 1961", "Mar 12, 1961". */
const DATES: readonly RegExp[] = [
  /(?<!\d)\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)/,
  /(?<!\d)\d{1,2}[-./]\d{1,2}[-./](\d{4}|\d{2})(?!\d)/,
  /^(19|20)\d\d[-./](0[1-9]|1[0-2])$/,
  /^(0?[1-9]|1[0-2])[-./](19|20)\d\d$/,
  /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/,
  /\d年\d{1,2}月/,
  new RegExp(`(?<!\\d)\\d{1,2}(?:st|nd|rd|th|\\.)?[\\s-]*(?:of |de )?(?<!\\p{L})${MONTH}(?!\\p{L})`, "iu"),
  new RegExp(`(?<!\\p{L})${MONTH}\\.?[\\s,-]*(?:\\d{1,2}|(?:19|20)\\d\\d)(?!\\d)`, "iu"),
];

/** Forms that a single text can be known by: not those that need many cells, nor plates, which codes look like. */
const FORMS = CELL_FORMS.filter(({ what, least }) => what !== "vehicle" && least < 10);

/**
 * Whether a text has the form of a day, of a name with a title or as "Last, First", of a phone number or an address, or of
 * a number that is issued to one person. However many rows share it, it may tell who somebody is. A bare name is not known
 * by its form.
 */
export function tellsSomebody(text: string): boolean {
  const bare = text.trim();
  return (
    DATES.some((one) => one.test(bare)) ||
    isPhone(bare) ||
    FORMS.some(({ fits }) => fits(bare)) ||
    isTitledName(bare)
  );
}

function isTitledName(text: string): boolean {
  const look = nameLook([text]);
  return look.titled > 0 || (look.first > 0 && text.includes(","));
}
