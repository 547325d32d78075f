import type { Matrix } from "../core/matrix.ts";
import type { RdmMeta } from "../rdm/rdm.ts";
import { preparationWords, type FullPreparation } from "./prepare/preparation.ts";
import { shapeText, type NetworkLayer } from "./network.ts";

/** The patterns that images have in a layer. */
export interface LayerPatterns {
  readonly layer: NetworkLayer;
  /** Images × features, in the images' order. */
  readonly patterns: Matrix<Float32Array>;
  /** What the layer is for one image, as it ran. */
  readonly shape: readonly number[];
  /** What was done to it, in words. */
  readonly reduction: string;
  /** What an RDM of the layer says of itself. */
  readonly meta: RdmMeta;
}

/** What a run of a network is traced to. */
export interface ActivationRecord {
  readonly network: string;
  readonly sha256: string;
  readonly runtime: string;
  readonly preparation: FullPreparation | undefined;
  readonly nImages: number;
  /** Images that were not computed but found in the cache. */
  readonly nCached: number;
}

/** What an RDM of a layer says of itself. */
export function layerMeta(
  { name, tensor, op, index }: NetworkLayer,
  shape: readonly number[],
  reduction: string,
  record: Omit<ActivationRecord, "nImages" | "nCached">,
): RdmMeta {
  return {
    model: record.network,
    sha256: record.sha256,
    layer: name,
    layerIndex: index,
    tensor,
    op,
    shape: shapeText(shape),
    reduction,
    preparation: record.preparation?.name ?? "given",
    ...(record.preparation === undefined ? {} : { prepared: preparationWords(record.preparation) }),
    runtime: record.runtime,
  };
}

/** What a reader of the RDMs should know; absent where there is nothing. */
export function noteOf(notes: readonly string[]): { note?: string } {
  return notes.length === 0 ? {} : { note: notes.join(" ") };
}
