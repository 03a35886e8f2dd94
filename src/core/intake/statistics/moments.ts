import type { Moments } from "./stored-table.ts";

const SECOND = 1000;
const DAY = 86_400_000;

/** 1582-10-14, from which SPSS counts seconds. */
const GREGORIAN = Date.UTC(1582, 9, 14);
/** 1960-01-01, from which SAS counts days and seconds, and Stata days and milliseconds. */
const SIXTY = Date.UTC(1960, 0, 1);

const since = (epoch: number, unit: number) => (stored: number) => epoch + stored * unit;

/** SPSS's print formats by number (PSPP, “Data Record Format types”). */
export function spssMoments(format: number): Moments | undefined {
  const ms = since(GREGORIAN, SECOND);
  switch (format) {
    case 20: // DATE
    case 23: // ADATE
    case 24: // JDATE
    case 38: // EDATE
    case 39: // SDATE
      return { type: "date", ms };
    case 29: // QYR
      return { type: "date", ms, told: "a quarter, written as the day that is stored for it" };
    case 30: // WKYR
      return { type: "date", ms, told: "a week, written as the day that is stored for it" };
    case 28: // MOYR
      return { type: "month", ms };
    case 22: // DATETIME
    case 41: // YMDHMS
      return { type: "datetime", ms };
    case 21: // TIME
    case 25: // DTIME
    case 40: // MTIME
      return { type: "time", ms: since(0, SECOND) };
    default:
      return undefined;
  }
}

const SAS_DAYS =
  /^(DATE|DAY|DDMMYY[BCDNPS]?|MMDDYY[BCDNPS]?|YYMMDD[BCDNPS]?|JULIAN|JULDAY|WEEKDATE|WEEKDATX|WORDDATE|WORDDATX|E8601DA|B8601DA|IS8601DA|ND8601DA|NLDATE[A-Z]*|EURDF(DD|DE|DN|DWN|WDX|WKX)|MINGUO|NENGO|HDATE|HEBDATE|PDJULG|PDJULI|[A-Z]{3}DF(DD|DE|DN|DWN|WDX|WKX))$/;
const SAS_MONTHS = /^(MONYY|YYMM[CDNPS]?|MMYY[CDNPS]?|YYMON|NLDATEYM[A-Z]*|EURDFMY|[A-Z]{3}DFMY)$/;
const SAS_PERIODS = /^(YYQ[CDNPSRZ]*|YYQR[CDNPS]?|WEEK[UVW]|NLDATEYQ[A-Z]*|NLDATEYW[A-Z]*)$/;
const SAS_MOMENTS =
  /^(DATETIME|DATEAMPM|MDYAMPM|DTDATE|DTMONYY|DTWKDATX|DTYEAR|DTYYQC|E8601DT|E8601DX|E8601DZ|E8601DN|E8601LX|B8601DT|B8601DX|B8601DZ|B8601DN|B8601LX|IS8601DT|IS8601DZ|IS8601DN|NLDATM[A-Z]*|EURDFDT|[A-Z]{3}DFDT)$/;
const SAS_TIMES =
  /^(TIME|TIMEAMPM|TOD|HHMM|HOUR|MMSS|E8601TM|E8601TX|E8601TZ|E8601LZ|B8601TM|B8601TX|B8601TZ|B8601LZ|IS8601TM|IS8601TZ|NLTIME[A-Z]*|NLTIMAP)$/;

/** SAS skips 29 February of the years 4000 and 8000. */
function sasDays(days: number): number {
  return days + (days >= 745_154 ? 1 : 0) + (days >= 2_206_123 ? 1 : 0);
}

/** SAS's formats by name, without width and point. */
export function sasMoments(format: string): Moments | undefined {
  const name = format.toUpperCase();
  const days = (stored: number): number => SIXTY + Math.floor(sasDays(stored)) * DAY;
  if (SAS_MONTHS.test(name)) return { type: "month", ms: days };
  if (SAS_PERIODS.test(name))
    return { type: "date", ms: days, told: "a part of a year, written as the day that is stored for it" };
  if (SAS_DAYS.test(name)) return { type: "date", ms: days };
  if (SAS_MOMENTS.test(name)) {
    return {
      type: "datetime",
      ms: (stored) => SIXTY + (stored + (sasDays(stored / 86400) - stored / 86400) * 86400) * SECOND,
    };
  }
  if (SAS_TIMES.test(name)) return { type: "time", ms: since(0, SECOND) };
  return undefined;
}

/** Whole steps of a year since 1960 (half years, quarters, months): the first moment of each. */
const steps = (months: number) => (stored: number) => {
  const date = new Date(SIXTY);
  date.setUTCMonth(Math.floor(stored) * months);
  return date.getTime();
};

/** Stata's weeks: 52 in every year, the last one longer. */
function weeks(stored: number): number {
  const year = 1960 + Math.floor(stored / 52);
  const first = new Date(0);
  first.setUTCFullYear(year, 0, 1);
  return first.getTime() + (Math.floor(stored) - 52 * Math.floor(stored / 52)) * 7 * DAY;
}

/** A format that shows hours, minutes and seconds only. */
const CLOCK = /^%-?\d*tc[HhMSsAaPp.:\s]+$/;

/** Stata's formats: "%td", "%tcDD-Mon-CCYY_HH:MM:SS", and "%d", which older versions wrote. */
export function stataMoments(format: string): Moments | undefined {
  const match = /^%-?\d*(d|t[cCdwmqhy])/.exec(format);
  switch (match?.[1]) {
    case "d":
    case "td":
      return { type: "date", ms: since(SIXTY, DAY) };
    case "tc": {
      const moments: Moments = { type: "datetime", ms: since(SIXTY, 1) };
      return CLOCK.test(format) ? { type: "time", ms: since(0, 1), beyondDay: moments } : moments;
    }
    case "tC":
      return {
        type: "datetime",
        ms: since(SIXTY, 1),
        told: "a moment that counts leap seconds, up to half a minute late",
      };
    case "tw":
      return { type: "date", ms: weeks, told: "a week, written as its first day" };
    case "tm":
      return { type: "month", ms: steps(1) };
    case "tq":
      return { type: "date", ms: steps(3), told: "a quarter, written as its first day" };
    case "th":
      return { type: "date", ms: steps(6), told: "half a year, written as its first day" };
    default:
      return undefined;
  }
}
