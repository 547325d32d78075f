/**
 * The part of the HDF5 worker's script that bounds the memory of HDF5, which has none of its own below 2 GB. A file of
 * some kilobytes can have it ask for all of that, and where it gets none it may answer as if there were nothing.
 */
export const memoryLimit: string = `
/** The memory of HDF5 is one that grows; how far, the other side says with each call. */
let [mostHeap, refusedHeap] = [Infinity, 0];
const growMemory = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  const wanted = this.buffer.byteLength + 65536 * pages;
  if (wanted > mostHeap) {
    refusedHeap = wanted;
    throw new RangeError("too much memory");
  }
  // A smaller step than the one refused before is enough.
  refusedHeap = 0;
  return growMemory.call(this, pages);
};
`;
