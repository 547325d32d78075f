import { Rdm, type RdmOptions } from "./rdm.ts";

/**
 * An RDM over dissimilarities that nobody else holds, without a copy of them: one of 4,916 items takes 97 MB.
 * Throws as the constructor of {@link Rdm}.
 */
export function ownedRdm(condensed: Float64Array, options: RdmOptions): Rdm {
  return new Rdm({ owned: condensed }, options);
}
