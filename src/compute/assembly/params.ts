/** Parameter `k` as an integer or an address: all parameters are float64, which holds both exactly. */
// @ts-ignore: decorator
@inline
export function int(params: usize, k: i32): i32 {
  return <i32>(<u32>load<f64>(params + (<usize>k << 3)));
}

// @ts-ignore: decorator
@inline
export function address(params: usize, k: i32): usize {
  return <usize>load<f64>(params + (<usize>k << 3));
}

// @ts-ignore: decorator
@inline
export function number(params: usize, k: i32): f64 {
  return load<f64>(params + (<usize>k << 3));
}
