import { nameChannel } from "../../../src/io/fif/index.ts";
import type { FifChannel } from "../../../src/io/fif/index.ts";

/** The chips of the helmet over the back of the head, left and right; each holds two gradiometers and a magnetometer. */
const leftChips = "164 171 172 173 174 191 192 193 194 204 211 214".split(" ");
const rightChips = "203 212 213 231 232 233 234 243 251 252 253 254".split(" ");

interface Codes {
  readonly kind: number;
  readonly unitCode: number;
  readonly coilType: number;
  readonly coordFrame: number;
}

const grad: Codes = { kind: 1, unitCode: 201, coilType: 3012, coordFrame: 1 };
const mag: Codes = { kind: 1, unitCode: 112, coilType: 3024, coordFrame: 1 };
const eog: Codes = { kind: 202, unitCode: 107, coilType: 0, coordFrame: 4 };
const ecg: Codes = { kind: 402, unitCode: 107, coilType: 0, coordFrame: 4 };
const stim: Codes = { kind: 3, unitCode: 107, coilType: 0, coordFrame: 0 };

/**
 * The channels of the demo recording, a documented part of the real 312: 72 MEG sensors over the back of the head
 * (48 gradiometers, 24 magnetometers), 2 EOG, 1 ECG and 3 trigger channels. Positions are schematic.
 */
export function demoChannels(): FifChannel[] {
  const chips = [
    ...leftChips.map((chip, at) => [chip, at, -1] as const),
    ...rightChips.map((chip, at) => [chip, at, 1] as const),
  ];
  const meg = chips.flatMap(([chip, at, side]) =>
    (["1", "2", "3"] as const).map((coil) => ({
      name: `MEG${chip}${coil}`,
      codes: coil === "1" ? mag : grad,
      loc: chipPosition(at, side),
    })),
  );
  const others = [
    ...["EOG061", "EOG062"].map((name) => ({ name, codes: eog })),
    { name: "ECG063", codes: ecg },
    ...["STI101", "STI201", "STI301"].map((name) => ({ name, codes: stim })),
  ].map((channel) => ({ ...channel, loc: new Float64Array(12) }));
  return [...meg, ...others].map(({ name, codes, loc }, at) =>
    nameChannel({
      name,
      scanNumber: at + 1,
      logicalNumber: at + 1,
      unitMul: 0,
      cal: 1,
      range: 1,
      loc,
      ...codes,
    }),
  );
}

/** A place on the back of a helmet of 11 cm radius; rows of four chips, 3 cm apart. */
function chipPosition(at: number, side: -1 | 1): Float64Array {
  const radius = 0.11;
  const across = side * (0.18 + 0.28 * (at % 4));
  const up = 0.35 - 0.3 * Math.floor(at / 4);
  const loc = new Float64Array(12);
  loc.set([
    radius * Math.sin(across) * Math.cos(up),
    -radius * Math.cos(across) * Math.cos(up),
    radius * Math.sin(up),
  ]);
  loc.set([1, 0, 0, 0, 0, 1, 0, 1, 0], 3);
  return loc;
}

/** SD of the noise of one epoch, in T, T/m or V. */
export function noiseSd({ type }: FifChannel): number {
  const sds: Partial<Record<FifChannel["type"], number>> = {
    grad: 6e-12,
    mag: 2e-13,
    eog: 4e-5,
    ecg: 2e-4,
  };
  return sds[type] ?? 0;
}
