/**
 * The part of the HDF5 worker's script that differs between platforms: see the twin for Node. A browser gives the
 * whole file as bytes, into a file system in memory where there is no other file.
 */
export function hdf5Loader(): string {
  return loader.replace("ADDRESS", () => JSON.stringify(import.meta.resolve("h5wasm")));
}

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
