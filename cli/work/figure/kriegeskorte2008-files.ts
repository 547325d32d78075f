import { existsSync } from "node:fs";
import { join } from "node:path";
import { FileFormatError, MissingFile } from "../../../src/core/errors.ts";
import { asMatrix, readMat, type MatStruct, type MatValue } from "../../../src/io/index.ts";
import type { PixelImage } from "../../../src/plot/index.ts";
import { meanRdm, Rdm } from "../../../src/rdm/index.ts";
import { fromSquare } from "./fmri-rdms.ts";

const N = 92;

/** What the files of Kriegeskorte 2008 hold; items are the images in the order of the files, which have no names. */
export interface Kriegeskorte2008 {
  /** Human IT of each of four people, mean of two sessions. */
  readonly people: readonly Rdm[];
  readonly models: readonly Rdm[];
  /** Monkey IT and human IT as in figure 1. */
  readonly monkey: Rdm;
  readonly human: Rdm;
  readonly images: readonly PixelImage[];
  readonly categories: readonly string[];
}

/** Read the three `.mat` files. Throws `MissingFile`, `FileFormatError`. */
export async function readKriegeskorte2008(folder: string): Promise<Kriegeskorte2008> {
  const home = [folder, join(folder, "kriegeskorte92")].find((place) =>
    existsSync(join(place, "92_brainRDMs.mat")),
  );
  if (home === undefined)
    throw new MissingFile(
      join(folder, "92_brainRDMs.mat"),
      "pass the folder of the .mat files, or fetch them: tsrsa data fetch kriegeskorte92",
    );
  const brain = await structs(join(home, "92_brainRDMs.mat"), "RDMs");
  const models = await structs(join(home, "92_modelRDMs.mat"), "Models");
  const supplement = join(home, "Kriegeskorte_Neuron2008_supplementalData.mat");
  const figure1 = await structs(supplement, "RDMs_mIT_hIT_fig1");
  const stimuli = await structs(supplement, "stimuli_92objs");
  const [monkey, human] = figure1.map((one, i) => vectorRdm(one, ["monkey IT", "human IT"][i]));
  return {
    people: perPerson(brain.map((one) => squareRdm(one, "correlation"))),
    models: models.map((one) => squareRdm(one, undefined)),
    monkey,
    human,
    images: stimuli.map((one, i) => imageOf(field(one, "image"), i)),
    categories: stimuli.map((one) => textOf(field(one, "category"))),
  };
}

type Struct = MatStruct["data"][number];

async function structs(path: string, variable: string): Promise<MatStruct["data"]> {
  const value = (await readMat(path, { variables: [variable] })).get(variable);
  if (value?.kind === "struct") return value.data;
  throw new FileFormatError(path, variable, "a struct array", value?.kind ?? "nothing");
}

function field(struct: Struct, name: string): MatValue {
  const value = struct.get(name);
  if (value !== undefined) return value;
  throw new FileFormatError(
    "Kriegeskorte 2008",
    name,
    "a field of that name",
    [...struct.keys()].join(", "),
  );
}

function textOf(value: MatValue): string {
  if (value.kind === "string") return value.data.join(" ");
  throw new FileFormatError("Kriegeskorte 2008", "name", "text", value.kind);
}

function numbersOf(value: MatValue, size: number) {
  const found = value.kind === "number" ? asMatrix(value) : undefined;
  if (found?.data.length === size) return found.data;
  throw new FileFormatError("Kriegeskorte 2008", "RDM", `${size} numbers`, value.kind);
}

function squareRdm(struct: Struct, metric: string | undefined): Rdm {
  const square = numbersOf(field(struct, "RDM"), N * N);
  return fromSquare(square, N, { name: textOf(field(struct, "name")), metric });
}

/** MATLAB's `pdist` goes through pairs in scipy's order. */
function vectorRdm(struct: Struct, name: string): Rdm {
  const condensed = numbersOf(field(struct, "RDM"), (N * (N - 1)) / 2);
  const { items } = fromSquare(new Float64Array(N * N), N, { name });
  return new Rdm(condensed, { items, name, metric: "correlation" });
}

/** `hIT | BE | Session: 1` and `hIT | BE | Session: 2` are one person. */
function perPerson(sessions: readonly Rdm[]): Rdm[] {
  const people = new Map<string, Rdm[]>();
  for (const rdm of sessions) {
    const person = (rdm.name ?? "").split("|")[1]?.trim() ?? "";
    people.set(person, [...(people.get(person) ?? []), rdm]);
  }
  return [...people.values()].map((own) => meanRdm(own));
}

function imageOf(value: MatValue, at: number): PixelImage {
  if (value.kind !== "number" || value.shape.length !== 3 || value.shape[2] !== 3)
    throw new FileFormatError(
      "Kriegeskorte 2008",
      `image ${at + 1}`,
      "height × width × 3",
      value.kind,
    );
  const [height, width] = value.shape;
  return { width, height, channels: 3, data: Uint8Array.from(asMatrix(value).data) };
}
