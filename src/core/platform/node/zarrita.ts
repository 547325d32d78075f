/** A name that the compiler does not look up: types of what is used are in `io/zarr`. */
const zarrita: string = "zarrita";

/** The package zarrita, which reads arrays in the Zarr format; loaded when the first is opened. */
export async function loadZarrita(): Promise<unknown> {
  return import(zarrita);
}
