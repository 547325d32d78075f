import { byteString, lengthed } from "./wire-bytes.ts";

/**
 * The bytes of a model that gives more of its tensors. Protobuf joins a message that occurs twice, so a second graph of
 * nothing but outputs is put behind the first; the runtime infers their types and shapes.
 *
 * @param tensors - names of tensors of the graph that are no outputs yet.
 */
export function withOutputs(model: Uint8Array, tensors: readonly string[]): Uint8Array {
  if (tensors.length === 0) return model;
  const outputs = tensors.map((name) => lengthed(12, [lengthed(1, [byteString(name)])]));
  const added = lengthed(7, outputs);
  const bytes = new Uint8Array(model.length + added.length);
  bytes.set(model);
  bytes.set(added, model.length);
  return bytes;
}
