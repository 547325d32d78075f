/** Parameters follow each other as float64, and once more, from here on, as 32-bit integers. */
const INTEGERS: usize = 256;

/**
 * Parameter `k` as an integer or an address. Loaded as an integer, not converted: V8 repeats a conversion in every turn
 * of a loop that uses it, which made loops eight times slower.
 */
// @ts-ignore: decorator
@inline
export function int(params: usize, k: i32): i32 {
  return load<i32>(params + INTEGERS + (<usize>k << 2));
}

// @ts-ignore: decorator
@inline
export function address(params: usize, k: i32): usize {
  return <usize>load<u32>(params + INTEGERS + (<usize>k << 2));
}

// @ts-ignore: decorator
@inline
export function number(params: usize, k: i32): f64 {
  return load<f64>(params + (<usize>k << 3));
}
