import { niftiReader } from "#platform/nifti-reader";
import type { HeaderFields } from "./header-fields.ts";
import type { NiftiDetails } from "./types.ts";

/**
 * The describing fields of a header, read by nifti-reader-js. It gets the header alone, and only after checkHeader has
 * passed it: given extensions, or sizes that lie, it may run for ever or return half an image. Sizes, scaling and
 * affine are read by ourselves, since its affine is another than nibabel's; so are texts, since it reads on behind
 * their end.
 */
export function readDetails(header: Uint8Array, fields: HeaderFields): NiftiDetails {
  const { NIFTI1, NIFTI2 } = niftiReader();
  const reader = fields.version === 1 ? new NIFTI1() : new NIFTI2();
  reader.readHeader(new Uint8Array(header).buffer);
  return {
    intentCode: reader.intent_code,
    intentName: fields.intentName,
    intentParameters: [reader.intent_p1, reader.intent_p2, reader.intent_p3],
    dimInfo: reader.dim_info,
    sliceStart: reader.slice_start,
    sliceEnd: reader.slice_end,
    sliceCode: reader.slice_code,
    sliceDuration: reader.slice_duration,
    timeOffset: reader.toffset,
    displayMin: reader.cal_min,
    displayMax: reader.cal_max,
    auxiliaryFile: fields.auxiliaryFile,
  };
}
