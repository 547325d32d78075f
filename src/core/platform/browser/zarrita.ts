import { Unsupported } from "../../errors.ts";

/** A page does not carry the package. */
export async function loadZarrita(): Promise<unknown> {
  throw new Unsupported("Zarr in a page", "read it in Node, and give the page an .npy file");
}
