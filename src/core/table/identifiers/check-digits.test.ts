import { describe, expect, it } from "vitest";
import * as check from "./check-digits.ts";

/** Numbers that issuers or handbooks print as examples; each is refused with another last digit or letter. */
const examples: [string, (text: string) => boolean, string][] = [
  ["NHS number (NHS Data Dictionary)", check.isNhsNumber, "943 476 5919"],
  ["German health insurance number", check.isKvnr, "A123456780"],
  ["German pension insurance number", check.isRvnr, "15 070649 C 103"],
  ["German tax number", check.isSteuerId, "86095742719"],
  ["French NIR", check.isNir, "2 55 08 14 168 025 38"],
  ["Spanish DNI", check.isDni, "12345678Z"],
  ["Spanish NIE", check.isDni, "X1234567L"],
  ["codice fiscale", check.isCodiceFiscale, "RSSMRA85T10A562S"],
  ["Dutch BSN", check.isBsn, "111222333"],
  ["Swiss AHV number", check.isAhv, "756.9217.0769.85"],
  ["IBAN (ISO 13616)", check.isIban, "DE89 3704 0044 0532 0130 00"],
  ["British IBAN", check.isIban, "GB82WEST12345698765432"],
  ["payment card", check.isPaymentCard, "4111 1111 1111 1111"],
];

describe("numbers that carry their own check", () => {
  it.each(examples)("%s", (_, fits, text) => {
    expect(fits(text)).toBe(true);
    const last = text.at(-1) as string;
    const other = /\d/.test(last) ? String((Number(last) + 1) % 10) : last === "A" ? "B" : "A";
    expect(fits(text.slice(0, -1) + other)).toBe(false);
  });

  it("have their form where they have no check", () => {
    expect(check.isSsn("123-45-6789")).toBe(true);
    for (const text of ["000-45-6789", "666-45-6789", "923-45-6789", "123-00-6789", "123456789"])
      expect(check.isSsn(text), text).toBe(false);
    expect(check.isNino("AB 12 34 56 C")).toBe(true);
    expect(check.isVin("WAUZZZ8K9AA123456")).toBe(true);
    expect(check.isVin("WAUZZZ8K9AA12345O")).toBe(false);
  });
});
