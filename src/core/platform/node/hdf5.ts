import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The part of the HDF5 worker's script that differs between platforms. It defines `loadHdf5()`, `putFile(path, file)`
 * and `refused` (files that were asked for and not given).
 *
 * HDF5 sees no disk at all: only the one file it is to read or write, and scratch files in memory. A file that names
 * another (by external link, external storage or a virtual data set), or a filter to load, finds nothing.
 */
export function hdf5Loader(): string {
  return loader.replace("ADDRESS", () => JSON.stringify(hdf5Address()));
}

/** Where the package is. A worker made from text cannot resolve it itself. */
function hdf5Address(): string {
  const entry = "node_modules/h5wasm/dist/node/hdf5_hl.js";
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = join(folder, entry);
    if (existsSync(found)) return pathToFileURL(found).href;
    if (folder === dirname(folder)) return import.meta.resolve("h5wasm/node");
  }
}

/** Whether HDF5 can open a file of the disk itself, or must be given its bytes. */
export const hdf5OpensByName: boolean = true;

/** What to do when HDF5 does not start. */
export const hdf5Advice: string = "install the packages of tsrsa anew: npm install";

const loader = `
const fs = require("node:fs");
const real = { ...fs };
const files = new Map();
const handles = new Map();
let nextHandle = 1e6;
const refused = [];

function putFile(path, { name, bytes, write, remote }) {
  if (remote !== undefined) files.set(path, { remote, size: remote.size });
  else if (bytes !== undefined) files.set(path, { bytes, size: bytes.length });
  else if (name === undefined) files.set(path, { bytes: new Uint8Array(0), size: 0 });
  else files.set(path, { fd: real.openSync(name, write ? "w+" : "r") });
}
function takeFile(path) {
  const file = files.get(path);
  files.delete(path);
  if (file === undefined || file.remote !== undefined) return undefined;
  if (file.fd === undefined) return file.bytes.slice(0, file.size);
  real.closeSync(file.fd);
}
function fail(code, path) {
  // HDF5 looks for plugins of its own accord.
  if (path !== undefined && !/\\/plugin$/.test(path)) refused.push(String(path));
  throw Object.assign(new Error(code), { code });
}
function statsOf(file) {
  const size = file.fd === undefined ? file.size : real.fstatSync(file.fd).size;
  const time = new Date(0);
  const stats = { dev: 1, ino: 1, mode: 0o100644, nlink: 1, uid: 0, gid: 0, rdev: 0, size, blksize: 4096 };
  const is = (value) => () => value;
  return Object.assign(stats, { blocks: Math.ceil(size / 512), atime: time, mtime: time, ctime: time,
    atimeMs: 0, mtimeMs: 0, ctimeMs: 0, isFile: is(true), isDirectory: is(false), isSymbolicLink: is(false) });
}
function fileAt(path) {
  return files.get(path) ?? fail("ENOENT", path);
}
function grow(file, size) {
  if (size <= file.bytes.length) return;
  const bytes = new Uint8Array(Math.max(size, 2 * file.bytes.length, 65536));
  bytes.set(file.bytes.subarray(0, file.size));
  file.bytes = bytes;
}
// HDF5 waits here, and the thread that started this one fetches.
function readRemote({ remote, size }, buffer, offset, length, position) {
  const { state, window } = remote;
  const all = Math.max(0, Math.min(length, size - position));
  for (let done = 0; done < all;) {
    const n = Math.min(all - done, window.length);
    Atomics.store(state, 0, 0);
    port.postMessage({ part: { offset: position + done, length: n } });
    Atomics.wait(state, 0, 0);
    if (Atomics.load(state, 0) !== 1) fail("EIO");
    new Uint8Array(buffer.buffer, buffer.byteOffset + offset + done, n).set(window.subarray(0, n));
    done += n;
  }
  return all;
}
const disk = {
  openSync(path) {
    // What HDF5 says of an error goes through a scratch file.
    if (!files.has(path) && /^\\/tmp\\/tmpfile_\\w+$/.test(path)) putFile(path, {});
    handles.set(nextHandle, fileAt(path));
    return nextHandle++;
  },
  statSync: (path) => statsOf(fileAt(path)),
  lstatSync: (path) => statsOf(fileAt(path)),
  fstatSync: (fd) => statsOf(handles.get(fd) ?? fail("EBADF")),
  closeSync: (fd) => void handles.delete(fd),
  unlinkSync: (path) => void files.delete(path),
  readSync(fd, buffer, offset, length, position) {
    const file = handles.get(fd) ?? fail("EBADF");
    if (!countRead()) fail("EIO");
    if (file.fd !== undefined) return real.readSync(file.fd, buffer, offset, length, position);
    if (file.remote !== undefined) return readRemote(file, buffer, offset, length, position);
    const part = file.bytes.subarray(position, Math.min(position + length, file.size));
    new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length).set(part);
    return part.length;
  },
  writeSync(fd, buffer, offset, length, position) {
    if (fd === 1 || fd === 2) return length;
    const file = handles.get(fd) ?? fail("EBADF");
    if (file.fd !== undefined) return real.writeSync(file.fd, buffer, offset, length, position);
    grow(file, position + length);
    file.bytes.set(new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length), position);
    file.size = Math.max(file.size, position + length);
    return length;
  },
  ftruncateSync(fd, size) {
    const file = handles.get(fd) ?? fail("EBADF");
    if (file.fd !== undefined) return real.ftruncateSync(file.fd, size);
    grow(file, size);
    file.bytes.fill(0, Math.min(size, file.size));
    file.size = size;
  },
};
async function loadHdf5() {
  for (const name of Object.keys(process.env)) delete process.env[name];
  console.error = console.warn = console.log = () => {};
  const hdf5 = await import(ADDRESS);
  await hdf5.ready;
  for (const name of Object.keys(fs)) {
    if (name.endsWith("Sync")) fs[name] = disk[name] ?? ((path) => fail("EACCES", path));
  }
  return hdf5;
}
`;
