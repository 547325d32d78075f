import { hdf5Loader } from "#platform/hdf5";
import { memoryLimit } from "./memory-limit.ts";

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
let readCounter;
let [readsOfCall, mostReads] = [0, Infinity];
/** Called for each read of the file: a ring in it would have it read for ever. */
function countRead() {
  if (readCounter !== undefined) Atomics.add(readCounter, 0, 1);
  return ++readsOfCall <= mostReads;
}
${memoryLimit}
${hdf5Loader()}
${operations}
let operationsOfFile;
async function start() {
  // The time of writing goes into the file: the same content must give the same bytes.
  Date.now = () => 0;
  operationsOfFile = makeOperations(await loadHdf5());
}
const started = start();
async function receive({ id, operation, args, mostReads: most, mostBytes, reads }) {
  if (id === undefined) return void (readCounter = reads);
  try {
    await started;
    refused.length = 0;
    [readsOfCall, mostReads] = [0, most];
    [mostHeap, refusedHeap] = [mostBytes, 0];
    const { value, transfer } = operationsOfFile[operation](args);
    // HDF5 may go on as if there were nothing where it had no room.
    if (refusedHeap > 0) throw new Error("no room");
    port.postMessage({ id, value }, transfer ?? []);
  } catch (error) {
    const message = readsOfCall > mostReads ? "more than " + Math.floor(mostReads) + " reads of the file by one call"
      : error instanceof Error ? error.message : String(error);
    // After a trap its memory is in no known state.
    const wantedBytes = refusedHeap;
    const fatal = operationsOfFile === undefined || error instanceof WebAssembly.RuntimeError;
    port.postMessage({ id, error: { message, fatal, wantedBytes, started: operationsOfFile !== undefined, refused: [...refused] } });
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
  const kinds = new Map([[Module.H5G_GROUP, "group"], [Module.H5G_DATASET, "dataset"], [Module.H5G_TYPE, "type"],
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
  function textReader(most) {
    let length = 0;
    return (at) => {
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
  }
  const texts = (bytes, most) => ({ value: Array.from(new Uint32Array(bytes.buffer), textReader(most)) });
  const extent = (counts) => counts.map(BigInt);
  /**
   * Runs with HDF5's errors as status alone: h5wasm asks that an enumeration's byte order be turned, which HDF5 refuses,
   * and then reads it as it is.
   */
  function tolerant(isTolerant, run) {
    if (!isTolerant) return run();
    Module.deactivate_throwing_error_handler();
    try {
      return run();
    } finally {
      Module.activate_throwing_error_handler();
    }
  }
  /** Read or write a slab; a single value has no axes to select on. */
  function slab(run, path, { offset, count }, at) {
    const box = count.length === 0 ? [null, null, null] : [extent(count), extent(offset), count.map(() => 1n)];
    return run(file.file_id, path, ...box, at);
  }
  /** Paths by the references that point to them. */
  let places = new Map();
  let indexed = new Set();
  function index(group, recursive) {
    if (indexed.has(group)) return;
    indexed.add(group);
    const names = Module.get_names(file.file_id, group, recursive);
    for (const name of names) {
      const path = group === "/" ? "/" + name : group + "/" + name;
      try {
        const key = Array.from(Module.create_object_reference(file.file_id, path)).join();
        if (!places.has(key)) places.set(key, path);
      } catch (error) {
        // What a link points to may be missing.
        if (error instanceof WebAssembly.RuntimeError || readsOfCall > mostReads) throw error;
      }
    }
  }
  /** Where MATLAB keeps what its cells point to. */
  function indexMatlab() {
    if (kinds.get(Module.get_type(file.file_id, "/#refs#")) === "group") index("/#refs#", false);
  }
  function indexAll() {
    places.set(Array.from(Module.create_object_reference(file.file_id, "/")).join(), "/");
    index("/", true);
  }
  /** Small values that will be asked for: their bytes, if they are no text of any length and lie in this file. */
  const mostAhead = 4096;
  function ahead(path, type, filters) {
    const nBytes = type.total_size * type.size;
    const plain = [0, 1, 3].includes(type.type) && !type.vlen;
    if (!plain || type.shape === null || type.virtual_sources || filters.length > 0 || !(nBytes <= mostAhead)) return undefined;
    if (type.chunks?.reduce((product, length) => product * length, type.size) > 2 ** 16) return undefined;
    const box = { offset: type.shape.map(() => 0), count: type.shape };
    return nBytes === 0 ? undefined : filled(nBytes, (at) => slab(Module.get_dataset_data, path, box, at), (bytes) => bytes.buffer);
  }
  function attributesAhead(path, attributes) {
    return attributes.map(({ name, type }) => {
      const nBytes = type.total_size * type.size;
      const plain = [0, 1, 3].includes(type.type) && !type.vlen && type.shape !== null && nBytes > 0 && nBytes <= 64;
      return plain ? filled(nBytes, (at) => Module.get_attribute_data(file.file_id, path, name, at), (bytes) => bytes.buffer) : undefined;
    });
  }
  const operations = {
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
      places = new Map();
      indexed = new Set();
      const bytes = takeFile(place);
      return bytes === undefined ? {} : asBytes(bytes);
    },
    describe({ path }) {
      const id = file.file_id;
      const kind = kinds.get(Module.get_type(id, path)) ?? "nothing";
      if (kind === "externalLink") return { value: { kind, link: Module.get_external_link(id, path) } };
      if (kind !== "group" && kind !== "dataset" && kind !== "type") return { value: { kind } };
      const names = Module.get_attribute_names(id, path);
      const attributes = names.map((name) => ({ name, type: Module.get_attribute_metadata(id, path, name) }));
      if (kind === "type") return { value: { kind, attributes, type: Module.get_datatype_metadata(id, path) } };
      if (kind === "group") return { value: { kind, attributes, keys: Module.get_names(id, path, false) } };
      const type = Module.get_dataset_metadata(id, path);
      // Only chunks pass through filters.
      const filters = type.chunks === null ? [] : Module.get_dataset_filters(id, path);
      return { value: { kind, attributes, filters, type } };
    },
    /** What is at these places, with small values and attributes; those that fail are told when they are asked for. */
    describeAhead({ paths }) {
      const found = paths.map((path) => {
        try {
          const { value } = operations.describe({ path });
          // It will be asked for alone, and then it is told.
          if (refusedHeap > 0) return void (refusedHeap = 0);
          if (value.kind !== "group" && value.kind !== "dataset") return undefined;
          const values = attributesAhead(path, value.attributes);
          return { value, values, bytes: value.kind === "dataset" ? ahead(path, value.type, value.filters) : undefined };
        } catch (error) {
          if (error instanceof WebAssembly.RuntimeError || readsOfCall > mostReads) throw error;
          return undefined;
        }
      });
      return { value: found };
    },
    read({ path, nBytes, into, asStored, ...box }) {
      const get = (at) => tolerant(asStored, () => slab(Module.get_dataset_data, path, box, at));
      if (into === undefined) return filled(nBytes, get, asBytes);
      const at = allocate(nBytes);
      try {
        checked(get(BigInt(at)));
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
    readFields({ path, nBytes, size, offsets, most, ...box }) {
      const read = textReader(most);
      return filled(nBytes, (at) => slab(Module.get_dataset_data, path, box, at),
        (bytes) => {
          const view = new DataView(bytes.buffer);
          const column = (offset) => Array.from({ length: nBytes / size }, (_, i) => read(view.getUint32(i * size + offset, true)));
          return { value: { bytes: bytes.buffer, texts: offsets.map(column) }, transfer: [bytes.buffer] };
        },
        (at) => {
          if (offsets.length === 0) return;
          if (box.count.length === 0) Module.reclaim_vlen_memory(file.file_id, path, "", at);
          else Module.reclaim_vlen_memory_count(file.file_id, path, "", at, extent(box.count));
        });
    },
    readAttribute({ path, name, nBytes, asStored }) {
      const get = (at) => tolerant(asStored, () => Module.get_attribute_data(file.file_id, path, name, at));
      return filled(nBytes, get, asBytes);
    },
    readAttributeTexts({ path, name, nBytes, most }) {
      return filled(nBytes, (at) => Module.get_attribute_data(file.file_id, path, name, at),
        (bytes) => texts(bytes, most),
        (at) => Module.reclaim_vlen_memory(file.file_id, path, name, at));
    },
    /** Names of what references point to. HDF5 itself looks through the file for each of them. */
    nameOf({ references, size }) {
      const wanted = [];
      for (let at = 0; at < references.length; at += size) wanted.push(references.slice(at, at + size).join());
      for (const index of [indexMatlab, indexAll])
        if (wanted.some((key) => !places.has(key))) index();
      return { value: wanted.map((key) => places.get(key) ?? null) };
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
  return operations;
}
`;
