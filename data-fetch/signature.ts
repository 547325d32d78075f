import { open } from "node:fs/promises";

/** What a file of a kind begins with, or a test of its first 520 bytes. */
type Beginning = (bytes: Buffer) => boolean;

const hdf5 = Buffer.from("\x89HDF\r\n\x1a\n", "latin1");
const gzip = startsWith("\x1f\x8b");
const jpeg = startsWith("\xff\xd8\xff");
const tiff: Beginning = (bytes) => startsWith("II*\0")(bytes) || startsWith("MM\0*")(bytes);
/** The kinds whose content nobody can mistake, by the ending of the name. */
const kinds: Readonly<Record<string, readonly [string, Beginning]>> = {
  gz: ["gzip", gzip],
  tgz: ["gzip", gzip],
  zip: ["zip", startsWith("PK")],
  npz: ["zip", startsWith("PK")],
  npy: ["NumPy", startsWith("\x93NUMPY")],
  h5: ["HDF5", isHdf5],
  hdf5: ["HDF5", isHdf5],
  mat: ["MATLAB", (bytes) => startsWith("MATLAB")(bytes) || isHdf5(bytes) || isMatlab4(bytes)],
  nii: ["NIfTI", (bytes) => [348, 540].some((size) => isInteger(bytes, size))],
  // The first tag of a FIF file is the file's identity, number 100.
  fif: ["FIF", (bytes) => bytes.length >= 4 && bytes.readInt32BE(0) === 100],
  png: ["PNG", startsWith("\x89PNG\r\n\x1a\n")],
  jpg: ["JPEG", jpeg],
  jpeg: ["JPEG", jpeg],
  tif: ["TIFF", tiff],
  tiff: ["TIFF", tiff],
  bmp: ["BMP", startsWith("BM")],
  json: ["JSON", (bytes) => /^\uFEFF?\s*[[{]/.test(bytes.toString("utf8"))],
  // A field of the model's message, 1 to 14 or 20, 25.
  onnx: ["ONNX", (bytes) => [8, 18, 26, 34, 40, 50, 58, 66, 114, 162, 202].includes(bytes[0])],
};

/** Why the content of a file cannot be what its name says; undefined when nothing speaks against it. */
export async function wrongContent(path: string): Promise<string | undefined> {
  const bytes = await firstBytes(path);
  if (bytes.length === 0) return "it is empty";
  const kind = kinds[/\.([a-z0-9]+)$/i.exec(path)?.[1].toLowerCase() ?? ""];
  return kind === undefined || kind[1](bytes) ? undefined : `its content is not ${kind[0]}`;
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(520), 0, 520, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function startsWith(text: string): Beginning {
  const expected = Buffer.from(text, "latin1");
  return (bytes) => bytes.subarray(0, expected.length).equals(expected);
}

/** The library of HDF5 looks for its mark at byte 0 and 512 (and on: then nobody puts it here). */
function isHdf5(bytes: Buffer): boolean {
  return [0, 512].some((at) => bytes.subarray(at, at + hdf5.length).equals(hdf5));
}

/** Its first number says the kind of a matrix in four decimal digits. */
function isMatlab4(bytes: Buffer): boolean {
  if (bytes.length < 20) return false;
  return [bytes.readInt32LE(0), bytes.readInt32BE(0)].some((kind) => kind >= 0 && kind <= 4052);
}

function isInteger(bytes: Buffer, value: number): boolean {
  if (bytes.length < 4) return false;
  return bytes.readInt32LE(0) === value || bytes.readInt32BE(0) === value;
}
