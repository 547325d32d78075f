/** Where the parameters of a kernel lie, and where the memory of jobs begins. */
export const PARAMS_ADDRESS = 1024;
export const ARENA_ADDRESS = 4096;

/** Where the integers among the parameters are found; see `assembly/params.ts`. */
const INTEGERS = 256;

/** Write parameters as the kernels read them: as float64, and the integers and addresses among them as 32 bits too. */
export function writeParams(buffer: ArrayBufferLike, params: readonly number[]): void {
  new Float64Array(buffer, PARAMS_ADDRESS).set(params);
  new Uint32Array(buffer, PARAMS_ADDRESS + INTEGERS).set(params);
}
