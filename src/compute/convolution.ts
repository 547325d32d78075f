/** A complex wavelet, of odd length, its middle in the middle. */
export interface Wavelet {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Rows convolved with wavelets, at some samples. */
export interface Convolution {
  /** nRows × nTimes, C order. */
  readonly data: Float64Array;
  readonly nRows: number;
  readonly nTimes: number;
  /** None longer than twice a row. */
  readonly wavelets: readonly Wavelet[];
  /** Which samples of the convolution are wanted. */
  readonly samples: Int32Array;
  /** `power`: squared real and imaginary parts added. */
  readonly parts: "power" | "complex";
}

/** Some rows convolved: rows × wavelets × samples, C order. Valid until the call returns. */
export interface ConvolvedRows {
  readonly firstRow: number;
  readonly nRows: number;
  /** Power, or real parts. */
  readonly values: Float64Array;
  /** Imaginary parts; empty beside power. */
  readonly imaginary: Float64Array;
}

/** Takes some rows, in order. */
export type TakeConvolved = (rows: ConvolvedRows) => void;
