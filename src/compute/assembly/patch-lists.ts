// Which voxels a patch has that the one before had not, and the other way round. Each voxel has a byte that says which
// patch of the block had it last; patches of a block are numbered from 2, for 0 is none and 1 stands before the first.

/** Clear the bytes of all voxels that the patches of a block have; returns where the byte of voxel 0 would be. */
export function clearMarks(starts: usize, lists: usize, nPatches: i32, marks: usize): usize {
  let low: u32 = u32.MAX_VALUE;
  let high: u32 = 0;
  for (let k = 0; k < nPatches; k++) {
    const from = load<u32>(starts + (<usize>k << 2));
    const to = load<u32>(starts + (<usize>k << 2), 4);
    for (let at = from; at < to; at++) {
      const voxel = load<u32>(lists + (<usize>at << 2));
      low = min(low, voxel);
      high = max(high, voxel);
    }
  }
  if (low > high) return marks;
  memory.fill(marks, 0, <usize>(high - low) + 1);
  return marks - <usize>low;
}

/**
 * Write the voxels that patch `number` has and the one before had not; returns how many. −1 when a voxel comes twice:
 * then the next patch is not made from this one.
 */
export function cameIn(list: usize, count: i32, number: i32, marks: usize, out: usize): i32 {
  let came: usize = 0;
  let twice = 0;
  for (let k: usize = 0; k < <usize>count; k++) {
    const voxel = load<u32>(list + (k << 2));
    const mark = <i32>load<u8>(marks + <usize>voxel);
    store<u8>(marks + <usize>voxel, <u8>number);
    store<u32>(out + (came << 2), voxel);
    came += <usize>(mark != number - 1);
    twice |= i32(mark == number);
  }
  return twice != 0 ? -1 : <i32>came;
}

/** Write the voxels of the patch before that patch `number` has not; returns how many. */
export function wentOut(before: usize, count: i32, number: i32, marks: usize, out: usize): i32 {
  let went: usize = 0;
  for (let k: usize = 0; k < <usize>count; k++) {
    const voxel = load<u32>(before + (k << 2));
    store<u32>(out + (went << 2), voxel);
    went += <usize>(<i32>load<u8>(marks + <usize>voxel) != number);
  }
  return <i32>went;
}
