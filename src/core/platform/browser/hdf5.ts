import { Unsupported } from "../../errors.ts";

/**
 * The part of the HDF5 worker's script that differs between platforms: see the twin for Node. A browser gives the
 * whole file as bytes, into a file system in memory where there is no other file.
 */
export function hdf5Loader(): string {
  return loader.replace("ADDRESS", () => JSON.stringify(hdf5Address()));
}

/** A bundle cannot hold what a worker loads by itself: the page says where it is. Throws `Unsupported`. */
function hdf5Address(): string {
  try {
    return import.meta.resolve("h5wasm");
  } catch (cause) {
    throw Object.assign(new Unsupported("this page does not say where h5wasm is", hdf5Advice), {
      cause,
    });
  }
}

/** What to do when HDF5 does not start. */
export const hdf5Advice: string =
  'serve the folder node_modules/h5wasm/dist/esm and name its module in the page, before any other: <script type="importmap">{ "imports": { "h5wasm": "/h5wasm/hdf5_hl.js" } }</script>';

/** Whether HDF5 can open a file of the disk itself, or must be given its bytes. */
export const hdf5OpensByName: boolean = false;

const loader = `
const refused = [];
let fileSystem;
function putFile(path, { bytes }) {
  fileSystem.writeFile(path, bytes ?? new Uint8Array(0));
}
function takeFile(path) {
  const bytes = fileSystem.readFile(path);
  fileSystem.unlink(path);
  return bytes;
}
async function loadHdf5() {
  console.error = console.warn = console.log = () => {};
  const hdf5 = await import(ADDRESS);
  fileSystem = (await hdf5.ready).FS;
  return hdf5;
}
`;
