import { hdf5Loader } from "#platform/hdf5";

/**
 * What the HDF5 worker runs. It is text, not a file, for the reasons given in compute/worker-script.ts.
 *
 * A request is `{id, operation, args}`, the answer `{id, value}` or `{id, error}`. All judgement (kinds, sizes, what
 * is refused) is on the other side; here are only the calls of HDF5, whose own error handler always throws: without
 * it a failed read gives uninitialised memory as data.
 */
export function workerScript(): string {
  return `"use strict";
const inNode = typeof require === "function" && typeof process === "object";
const port = inNode ? require("node:worker_threads").parentPort : self;
${hdf5Loader()}
${operations}
let operationsOfFile;
async function start() {
  // The time of writing goes into the file: the same content must give the same bytes.
  Date.now = () => 0;
  operationsOfFile = makeOperations(await loadHdf5());
}
const started = start();
async function receive({ id, operation, args }) {
  try {
    await started;
    refused.length = 0;
    const { value, transfer } = operationsOfFile[operation](args);
    port.postMessage({ id, value }, transfer ?? []);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // After a trap its memory is in no known state.
    const fatal = operationsOfFile === undefined || error instanceof WebAssembly.RuntimeError;
    port.postMessage({ id, error: { message, fatal, refused: [...refused] } });
  }
}
if (inNode) port.on("message", receive);
else self.onmessage = (event) => receive(event.data);
`;
}

const operations = `
const place = "/file.h5";
function makeOperations(hdf5) {
  const { Module } = hdf5;
  Module.activate_throwing_error_handler();
  let file;
  const kinds = new Map([[Module.H5G_GROUP, "group"], [Module.H5G_DATASET, "dataset"], [Module.H5G_TYPE, "datatype"],
    [Module.H5G_LINK, "brokenLink"], [Module.H5G_UDLINK, "externalLink"]]);
  const checked = (status) => {
    if (status < 0) throw new Error("HDF5 gave status " + status);
  };
  function allocate(nBytes) {
    const at = Module._malloc(Math.max(1, nBytes));
    if (at === 0) throw new Error("no memory for " + nBytes + " bytes");
    return at;
  }
  /** Bytes that \`fill\` writes to a place in memory, and what \`use\` makes of them before HDF5 takes its part back. */
  function filled(nBytes, fill, use, after) {
    const at = allocate(nBytes);
    try {
      Module.HEAPU8.fill(0, at, at + nBytes);
      checked(fill(BigInt(at)));
      const result = use(Module.HEAPU8.slice(at, at + nBytes));
      after?.(BigInt(at));
      return result;
    } finally {
      Module._free(at);
    }
  }
  const asBytes = (bytes) => ({ value: bytes.buffer, transfer: [bytes.buffer] });
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  function texts(bytes, most) {
    let length = 0;
    const read = (at) => {
      if (at === 0) return "";
      const end = Module.HEAPU8.indexOf(0, at);
      length += end - at;
      if (length > most) throw new Error("text of more than " + most + " bytes");
      try {
        return decoder.decode(Module.HEAPU8.subarray(at, end));
      } catch {
        throw new Error("text that is not UTF-8");
      }
    };
    return { value: Array.from(new Uint32Array(bytes.buffer), read) };
  }
  const extent = (counts) => counts.map(BigInt);
  /** Read or write a slab; a single value has no axes to select on. */
  function slab(run, path, { offset, count }, at) {
    const box = count.length === 0 ? [null, null, null] : [extent(count), extent(offset), count.map(() => 1n)];
    return run(file.file_id, path, ...box, at);
  }
  return {
    ready: () => ({}),
    open(args) {
      putFile(place, args);
      file = new hdf5.File(place, args.write ? "w" : "r");
      if (file.file_id < 0) throw new Error("not an HDF5 file");
      return {};
    },
    close() {
      if (file !== undefined) checked(file.close());
      file = undefined;
      const bytes = takeFile(place);
      return bytes === undefined ? {} : asBytes(bytes);
    },
    describe({ path }) {
      const id = file.file_id;
      const kind = kinds.get(Module.get_type(id, path)) ?? "nothing";
      if (kind === "externalLink") return { value: { kind, link: Module.get_external_link(id, path) } };
      if (kind !== "group" && kind !== "dataset") return { value: { kind } };
      const names = Module.get_attribute_names(id, path);
      const attributes = names.map((name) => ({ name, type: Module.get_attribute_metadata(id, path, name) }));
      if (kind === "group") return { value: { kind, attributes, keys: Module.get_names(id, path, false) } };
      const filters = Module.get_dataset_filters(id, path);
      return { value: { kind, attributes, filters, type: Module.get_dataset_metadata(id, path) } };
    },
    read({ path, nBytes, into, ...box }) {
      if (into === undefined)
        return filled(nBytes, (at) => slab(Module.get_dataset_data, path, box, at), asBytes);
      const at = allocate(nBytes);
      try {
        checked(slab(Module.get_dataset_data, path, box, BigInt(at)));
        new Uint8Array(into).set(Module.HEAPU8.subarray(at, at + nBytes));
      } finally {
        Module._free(at);
      }
      return {};
    },
    readTexts({ path, nBytes, most, ...box }) {
      return filled(nBytes, (at) => slab(Module.get_dataset_data, path, box, at),
        (bytes) => texts(bytes, most),
        (at) => box.count.length === 0
          ? Module.reclaim_vlen_memory(file.file_id, path, "", at)
          : Module.reclaim_vlen_memory_count(file.file_id, path, "", at, extent(box.count)));
    },
    readAttribute({ path, name, nBytes }) {
      return filled(nBytes, (at) => Module.get_attribute_data(file.file_id, path, name, at), asBytes);
    },
    readAttributeTexts({ path, name, nBytes, most }) {
      return filled(nBytes, (at) => Module.get_attribute_data(file.file_id, path, name, at),
        (bytes) => texts(bytes, most),
        (at) => Module.reclaim_vlen_memory(file.file_id, path, name, at));
    },
    nameOf({ references, size }) {
      const names = [];
      for (let at = 0; at < references.length; at += size) {
        names.push(Module.get_referenced_name(file.file_id, references.slice(at, at + size), true));
      }
      return { value: names };
    },
    createGroup({ path }) {
      checked(Module.create_group(file.file_id, path, false));
      return {};
    },
    createDataset({ path, data, shape, dtype, gzip }) {
      const chunks = gzip === undefined ? undefined : shape;
      const compression = gzip === undefined ? undefined : { compression: "gzip", compression_opts: gzip };
      file.create_dataset({ name: path.slice(1), data, shape, dtype, chunks, ...compression });
      return {};
    },
    /** A data set whose values come later, slab by slab: HDF5 makes it, then finds that there is nothing to write. */
    createEmpty({ path, shape, dtype }) {
      const type = hdf5.dtype_to_metadata(dtype);
      const sides = extent(shape);
      Module.deactivate_throwing_error_handler();
      Module.create_dataset(file.file_id, path, 0n, { ...type, shape: sides, maxshape: sides, chunks: null });
      Module.activate_throwing_error_handler();
      return {};
    },
    writeSlab({ path, offset, count, data }) {
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      const at = allocate(bytes.length);
      try {
        Module.HEAPU8.set(bytes, at);
        checked(slab(Module.set_dataset_data, path, { offset, count }, BigInt(at)));
      } finally {
        Module._free(at);
      }
      return {};
    },
    createAttribute({ path, name, data, dtype }) {
      const target = path === "/" ? file : file.get(path);
      target.create_attribute(name, data, undefined, dtype);
      return {};
    },
  };
}
`;
