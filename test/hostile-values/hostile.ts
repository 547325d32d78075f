/** Values nobody means, by a name for the message. Each is made anew, so that one call cannot spoil the next. */
export const hostile: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  "empty text": () => "",
  text: () => "text",
  "text of digits": () => "12",
  BigInt: () => 10n,
  "BigInt array": () => new BigInt64Array([1n, 2n, 3n, 4n]),
  symbol: () => Symbol("hostile"),
  NaN: () => NaN,
  Infinity: () => Infinity,
  "-1": () => -1,
  "1.5": () => 1.5,
  "1e300": () => 1e300,
  "an object": () => ({}),
  "an object of another kind": () => ({ alpha: 2 }),
  "an object without prototype": () => Object.create(null) as unknown,
  "an empty list": () => [],
  "a list of an empty list": () => [[]],
  "ragged rows": () => [[1, 2, 3], [1], [2, 3, 4], [1, 2, 3]],
  "a sparse list": () => sparse(4),
  "a list that claims 2^32-1": () => sparse(2 ** 32 - 1),
  "lists 3 deep": () => [
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  ],
  "a list of texts of digits": () => ["1", "2", "3", "4"],
  "a list of nulls": () => [null, null, null, null],
  "a list of undefined": () => [undefined, undefined, undefined, undefined],
  "a list of symbols": () => [Symbol("a"), Symbol("b")],
  "a list of objects": () => [{}, {}, {}, {}],
  "a set": () => new Set([1, 2, 3, 4]),
  "a map": () => new Map([["a", 1]]),
  "a date": () => new Date(0),
  "a function": () => () => undefined,
  "an instance": () => new Stranger(),
  "a promise": () => Promise.resolve([1, 2, 3, 4]),
  "a getter that throws": () => ({
    get data(): unknown {
      throw new OwnFault();
    },
    get length(): number {
      throw new OwnFault();
    },
    shape: [2, 2],
  }),
  "a typed array of another length": () => Float64Array.of(1, 2, 3, 4, 5, 6, 7),
  "an array buffer": () => new ArrayBuffer(8),
  "a matrix whose shape lies": () => ({ data: new Float64Array(7), shape: [2, 3] }),
  "a matrix of negative shape": () => ({ data: new Float64Array(4), shape: [-2, -2] }),
  "a matrix of fractional shape": () => ({ data: new Float64Array(3), shape: [1.5, 2] }),
  "a matrix of huge shape": () => ({ data: new Float64Array(4), shape: [2 ** 40, 2 ** 40] }),
  "a matrix of BigInts": () => ({ data: new BigInt64Array(4), shape: [2, 2] }),
  "a matrix without data": () => ({ data: null, shape: [2, 2] }),
  "a list-like of 2^32-1": () => ({ length: 2 ** 32 - 1, 0: 1 }),
};

class Stranger {
  readonly name = 3;
}

/** What a getter of the user's own throws; it may come through as it is. */
export class OwnFault extends Error {}

function sparse(length: number): number[] {
  const list: number[] = [];
  list.length = length;
  list[0] = 1;
  return list;
}
