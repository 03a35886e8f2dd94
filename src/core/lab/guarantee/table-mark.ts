import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Ledger } from "../../private/accounting/ledger.ts";

type Mark = Ledger["mark"];

const SALT_BYTES = 16;

/**
 * What a ledger knows its table by: a hash of the table's own digest (`SourceFacts.sha256`) with a salt, so that ledgers of
 * one table cannot be told to be so without it. `salt`: 32 hexadecimal digits, drawn unless given.
 */
export function tableMark(digest: string, salt = drawn()): Mark {
  return { salt, sha256: bytesToHex(sha256(new TextEncoder().encode(`${salt} ${digest}`))) };
}

/** Whether `mark` is of the table whose digest this is. */
export const isMarked = (mark: Mark, digest: string): boolean =>
  tableMark(digest, mark.salt).sha256 === mark.sha256;

const drawn = (): string => bytesToHex(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
