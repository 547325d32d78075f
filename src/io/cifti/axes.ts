import { FileFormatError } from "../../core/errors.ts";
import { childOf, textOf } from "../gifti/elements.ts";
import { readLabelTable } from "../gifti/label-table.ts";
import type { XmlElement } from "../xml/parse-xml.ts";
import { readModels } from "./brain-models.ts";
import { integers, structureOf, verticesIn, voxelsIn, wholeAttribute } from "./fields.ts";
import type { CiftiAxis, CiftiParcel } from "./types.ts";
import { readVolume } from "./volume.ts";

type Reader = (map: XmlElement, file: string) => CiftiAxis;

const readers: Readonly<Record<string, Reader>> = {
  SCALARS: (map) => ({ kind: "scalars", names: namesOf(map) }),
  LABELS: (map, file) => ({
    kind: "labels",
    names: namesOf(map),
    tables: namedMaps(map).map((one) => readLabelTable(childOf(one, "LabelTable"), file)),
  }),
  SERIES: readSeries,
  BRAIN_MODELS: (map, file) => {
    const volume = readVolume(map, file);
    return { kind: "brain", models: readModels(map, volume, file), volume };
  },
  PARCELS: (map, file) => ({
    kind: "parcels",
    parcels: readParcels(map, file),
    volume: readVolume(map, file),
  }),
};

/** What the axis of a `MatrixIndicesMap` runs over. Throws `FileFormatError`. */
export function readAxis(map: XmlElement, file: string): CiftiAxis {
  const type = (map.attributes.get("IndicesMapToDataType") ?? "").replace(/^CIFTI_INDEX_TYPE_/, "");
  if (Object.hasOwn(readers, type)) return readers[type](map, file);
  throw new FileFormatError(
    file,
    "IndicesMapToDataType",
    Object.keys(readers).join(", "),
    type.slice(0, 40) || "none",
  );
}

/** Elements along an axis. */
export function countOf(axis: CiftiAxis): number {
  if (axis.kind === "series") return axis.count;
  if (axis.kind === "parcels") return axis.parcels.length;
  if (axis.kind === "brain") return axis.models.reduce((sum, { count }) => sum + count, 0);
  return axis.names.length;
}

function namedMaps(map: XmlElement): readonly XmlElement[] {
  return map.children.filter(({ name }) => name === "NamedMap");
}

function namesOf(map: XmlElement): string[] {
  return namedMaps(map).map((one) => textOf(childOf(one, "MapName")));
}

const units = ["second", "hertz", "meter", "radian"] as const;

function readSeries(map: XmlElement, file: string): CiftiAxis {
  const scale = 10 ** wholeAttribute(map, "SeriesExponent", file);
  const [start, step] = ["SeriesStart", "SeriesStep"].map((name) => {
    const value = Number(map.attributes.get(name) ?? NaN) * scale;
    if (Number.isFinite(value)) return value;
    throw new FileFormatError(
      file,
      name,
      "a number",
      String(map.attributes.get(name)).slice(0, 20),
    );
  });
  const told = (map.attributes.get("SeriesUnit") ?? "").toLowerCase();
  const unit = units.find((known) => known === told);
  if (unit === undefined)
    throw new FileFormatError(file, "SeriesUnit", units.join(", "), told.slice(0, 20) || "none");
  return {
    kind: "series",
    count: wholeAttribute(map, "NumberOfSeriesPoints", file),
    start,
    step,
    unit,
  };
}

function readParcels(map: XmlElement, file: string): CiftiParcel[] {
  const elements = map.children.filter(({ name }) => name === "Parcel");
  const sizes = new Map(
    map.children
      .filter(({ name }) => name === "Surface")
      .map((surface) => [
        structureOf(surface),
        wholeAttribute(surface, "SurfaceNumberOfVertices", file),
      ]),
  );
  return elements.map((element) => ({
    name: element.attributes.get("Name") ?? "",
    vertices: new Map(
      element.children
        .filter(({ name }) => name === "Vertices")
        .map((one) => {
          const structure = structureOf(one);
          return [structure, verticesIn(integers(one, file), sizes.get(structure), file)];
        }),
    ),
    voxels: voxelsIn(childOf(element, "VoxelIndicesIJK"), file),
  }));
}
