import { Unsupported } from "../../core/errors.ts";
import { Budget } from "../budget/budget.ts";
import { PickleReader } from "./pickle-reader.ts";
import {
  ArrayInMaking,
  build,
  call,
  damaged,
  finished,
  lookUp,
  type Making,
  type PickleValue,
} from "./pickle-values.ts";

/**
 * Read a pickle of plain data. It follows the instructions of Python's `pickle` that make numbers, text, lists,
 * dictionaries and numpy arrays of them, and refuses all others: nothing is imported, nothing runs.
 *
 * Throws `Unsupported` for anything that is not plain data, `FileFormatError` for a damaged pickle.
 */
export function parsePickle(bytes: Uint8Array, file: string, maxBytes?: number): PickleValue {
  const budget = new Budget(file, bytes.length, { ratio: bytesPerByte, maxBytes });
  const machine = new Machine(new PickleReader(bytes, file), file, budget);
  return machine.run();
}

/** Memory for each byte of a pickle: a list of small numbers takes two bytes a value, and eight as a list. */
const bytesPerByte = 5;

const mostIntegerBytes = 2048;

/** What things take in memory, which lists and maps take twice while they grow. */
const [slotBytes, textBytes, listBytes, memoBytes, mapBytes] = [40, 24, 72, 100, 280];

/** Where a group of values begins. */
const MARK = Symbol("mark");
type Slot = Making | typeof MARK;

class Machine {
  readonly #stack: Slot[] = [];
  readonly #memo = new Map<number, Making>();
  readonly #reader: PickleReader;
  readonly #file: string;
  readonly budget: Budget;
  #deepest = 0;

  constructor(reader: PickleReader, file: string, budget: Budget) {
    this.#reader = reader;
    this.#file = file;
    this.budget = budget;
  }

  run(): PickleValue {
    for (;;) {
      const code = this.#reader.u1();
      if (code === 0x2e) break;
      const act = ACTIONS[code];
      if (act === undefined) throw this.#unknown(code);
      act(this, this.#reader, this.#file);
    }
    const value = finished(this.pop(), this.#file);
    if (this.#stack.length > 0) throw damaged(this.#file, "values left over at its end");
    if (!this.#reader.done) throw damaged(this.#file, "other bytes behind its end");
    return value;
  }

  push(value: Slot): void {
    this.#stack.push(value);
    if (typeof value === "object" && value !== null) this.#takeObject(value);
    else if (typeof value === "string") this.budget.take(textBytes + value.length, "texts");
    if (this.#stack.length <= this.#deepest) return;
    this.#deepest = this.#stack.length;
    this.budget.take(slotBytes, "values not yet in a list");
  }

  /** Values that were made before come back by reference. */
  #pushAgain(value: Making): void {
    this.#stack.push(value);
  }

  #takeObject(value: object): void {
    if (value instanceof Map) this.budget.take(mapBytes, "dictionaries");
    else if (Array.isArray(value)) this.budget.take(listBytes + 8 * value.length, "lists");
    else this.budget.take(listBytes, "arrays");
  }

  pop(): Making {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw damaged(this.#file, "a value too few");
    return value;
  }

  top(): Making {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw damaged(this.#file, "a value too few");
    return value;
  }

  popMany(count: number): Making[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  popToMark(): Making[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw damaged(this.#file, "a group without a beginning");
    return this.#stack.splice(at).slice(1) as Making[];
  }

  remember(key = this.#memo.size): void {
    this.#memo.set(key, this.top());
    this.budget.take(memoBytes, "values to refer to");
  }

  recall(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined) throw damaged(this.#file, `a reference to nothing (${key})`);
    this.#pushAgain(value);
    this.budget.take(1, "references");
  }

  append(values: readonly Making[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw damaged(this.#file, "an item for something that is no list");
    this.budget.takeObjects(values.length, "lists", 8);
    for (const value of values) (list as PickleValue[]).push(this.value(value));
  }

  setItems(values: readonly Making[]): void {
    const map = this.top();
    if (!(map instanceof Map) || values.length % 2 !== 0)
      throw damaged(this.#file, "an entry for something that is no dictionary");
    this.budget.takeObjects(values.length / 2, "dictionaries", memoBytes);
    for (let i = 0; i < values.length; i += 2)
      (map as Map<PickleValue, PickleValue>).set(this.value(values[i]), this.value(values[i + 1]));
  }

  value(made: Making): PickleValue {
    return finished(made, this.#file);
  }

  #unknown(code: number): Unsupported {
    const name = `0x${code.toString(16).padStart(2, "0")}`;
    return new Unsupported(
      `${this.#file} is a pickle with the instruction ${name}, which plain data do not need; it is not read`,
      "save plain arrays, numbers, text, lists or dictionaries of them with numpy.save",
    );
  }
}

type Action = (machine: Machine, reader: PickleReader, file: string) => void;

/** An instruction that pushes what `make` reads. */
function pushes(make: (reader: PickleReader, file: string) => Making): Action {
  return (machine, reader, file) => machine.push(make(reader, file));
}

/** Tuples are lists here; those that describe an array or dtype may hold values in the making. */
function tuple(count?: number): Action {
  return (machine) => {
    const values = count === undefined ? machine.popToMark() : machine.popMany(count);
    machine.push(values as PickleValue[]);
  };
}

const ACTIONS: Readonly<Record<number, Action>> = {
  // Protocol and frame say nothing about the value.
  0x80: (_, reader) => void reader.u1(),
  0x95: (_, reader) => void reader.u8(),
  0x28: (machine) => machine.push(MARK),
  0x30: (machine) => void machine.pop(),
  0x31: (machine) => void machine.popToMark(),
  0x32: (machine) => machine.push(machine.top()),
  0x4e: pushes(() => null),
  0x88: pushes(() => true),
  0x89: pushes(() => false),
  0x4b: pushes((reader) => reader.u1()),
  0x4d: pushes((reader) => reader.u2()),
  0x4a: pushes((reader) => reader.i4()),
  0x47: pushes((reader) => reader.f8()),
  0x8a: pushes((reader) => integer(reader.bytes(reader.u1()))),
  0x8b: pushes((reader, file) => integer(longBytes(reader, file))),
  0x49: pushes((reader, file) => integerOrTruth(reader.line(), file)),
  0x4c: pushes((reader, file) => wholeNumber(reader.line().replace(/L$/, ""), file)),
  0x46: pushes((reader, file) => float(reader.line(), file)),
  0x58: pushes((reader) => reader.text(reader.u4())),
  0x8c: pushes((reader) => reader.text(reader.u1())),
  0x8d: pushes((reader) => reader.text(reader.u8())),
  0x42: pushes((reader) => reader.bytes(reader.u4())),
  0x43: pushes((reader) => reader.bytes(reader.u1())),
  0x8e: pushes((reader) => reader.bytes(reader.u8())),
  0x96: pushes((reader) => reader.bytes(reader.u8())),
  0x56: pushes((reader) => reader.escapedLine()),
  0x54: pushes((reader) => reader.bytes(reader.u4())),
  0x55: pushes((reader) => reader.bytes(reader.u1())),
  0x5d: pushes(() => []),
  0x29: pushes(() => []),
  0x7d: pushes(() => new Map()),
  0x6c: (machine) => machine.push(machine.popToMark().map((made) => machine.value(made))),
  0x74: tuple(),
  0x85: tuple(1),
  0x86: tuple(2),
  0x87: tuple(3),
  0x61: (machine) => machine.append(machine.popMany(1)),
  0x65: (machine) => machine.append(machine.popToMark()),
  0x73: (machine) => machine.setItems(machine.popMany(2)),
  0x75: (machine) => machine.setItems(machine.popToMark()),
  0x64: (machine) => {
    const values = machine.popToMark();
    machine.push(new Map());
    machine.setItems(values);
  },
  0x67: (machine, reader, file) => machine.recall(place(reader.line(), file)),
  0x70: (machine, reader, file) => machine.remember(place(reader.line(), file)),
  0x68: (machine, reader) => machine.recall(reader.u1()),
  0x6a: (machine, reader) => machine.recall(reader.u4()),
  0x71: (machine, reader) => machine.remember(reader.u1()),
  0x72: (machine, reader) => machine.remember(reader.u4()),
  0x94: (machine) => machine.remember(),
  0x63: pushes((reader, file) => lookUp(reader.line(), reader.line(), file)),
  0x93: (machine, _, file) => {
    const [module, name] = machine.popMany(2);
    if (typeof module !== "string" || typeof name !== "string")
      throw damaged(file, "a name that is no text");
    machine.push(lookUp(module, name, file));
  },
  0x52: (machine, _, file) => {
    const [named, args] = machine.popMany(2);
    if (!Array.isArray(args)) throw damaged(file, "a call without arguments");
    machine.push(call(named, args as Making[], file, machine.budget));
  },
  0x62: (machine, _, file) => {
    const state = machine.pop();
    const target = machine.pop();
    build(target, state, file, machine.budget);
    machine.push(target instanceof ArrayInMaking ? machine.value(target) : target);
  },
};

/** The number of a value to refer to, in the digits of protocol 0. */
function place(digits: string, file: string): number {
  if (/^\d{1,9}$/.test(digits)) return Number(digits);
  throw damaged(file, `${JSON.stringify(digits.slice(0, 20))} where a reference should be`);
}

/** The bytes of a long integer; they are added up one by one, which for millions of them would not end. */
function longBytes(reader: PickleReader, file: string): Uint8Array {
  const bytes = reader.bytes(reader.u4());
  if (bytes.length <= mostIntegerBytes) return bytes;
  throw damaged(file, `an integer of ${bytes.length} bytes`);
}

/** Little-endian, two's complement. */
function integer(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
  if (bytes.length > 0 && bytes[bytes.length - 1] > 127) value -= 1n << BigInt(8 * bytes.length);
  return exact(value);
}

/** A number where one can hold it. */
function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Protocol 0 writes truth as two digits. */
function integerOrTruth(text: string, file: string): number | bigint | boolean {
  return text === "00" || text === "01" ? text === "01" : wholeNumber(text, file);
}

function wholeNumber(text: string, file: string): number | bigint {
  if (/^[-+]?\d{1,4096}$/.test(text)) return exact(BigInt(text.replace("+", "")));
  throw damaged(file, `${JSON.stringify(text.slice(0, 20))} where an integer should be`);
}

function float(text: string, file: string): number {
  const named: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, "-inf": -Infinity };
  if (Object.hasOwn(named, text)) return named[text];
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text);
  throw damaged(file, `${JSON.stringify(text.slice(0, 20))} where a number should be`);
}
