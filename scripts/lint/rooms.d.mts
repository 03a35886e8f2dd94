/** A room of ARCHITECTURE.md; see rooms.mjs. */
export interface Room {
  readonly path: string;
  readonly may: readonly string[];
  readonly types?: readonly string[];
  readonly each?: boolean;
}

export declare const rooms: readonly Room[];
