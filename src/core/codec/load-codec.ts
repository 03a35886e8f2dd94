import type { Codec, CodecState } from "./codec.ts";
import { asOneOf } from "./damaged.ts";
import { loadQuantileNormalCodec } from "./quantile-normal.ts";
import { loadTokenCodec } from "./token.ts";

const loaders = { "quantile-normal": loadQuantileNormalCodec, token: loadTokenCodec } as const;

/** A codec from what its `save` gave; throws FaultError `model-damaged`. */
export function loadCodec(state: CodecState): Codec {
  return loaders[asOneOf(state.codec, ["quantile-normal", "token"], "codec")](state);
}
