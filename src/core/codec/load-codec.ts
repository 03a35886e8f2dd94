import type { Codec, CodecState } from "./codec.ts";
import { asOneOf } from "./saved-state.ts";
import { loadModeSpecificCodec } from "./mode-specific.ts";
import { loadQuantileNormalCodec } from "./quantile-normal.ts";
import type { TableCode } from "./columns/table-code.ts";
import { loadTokenCodec } from "./token.ts";

const loaders = {
  "quantile-normal": loadQuantileNormalCodec,
  token: loadTokenCodec,
  "mode-specific": loadModeSpecificCodec,
} as const;

/** A codec from what its `save` gave; throws FaultError `model-damaged`. */
export function loadCodec(state: CodecState): Codec & { readonly code: TableCode } {
  return loaders[asOneOf(state.codec, ["quantile-normal", "token", "mode-specific"], "codec")](state);
}
