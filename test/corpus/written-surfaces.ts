// Files of surfaces and sources that our writers make, for the other readers to open.
import { join } from "node:path";
import { writeCifti } from "../../src/io/cifti/index.ts";
import { writeGifti } from "../../src/io/gifti/index.ts";
import { writeMgh } from "../../src/io/mgh/index.ts";
import { writeStc } from "../../src/io/stc/index.ts";

/** Numbers that float32 holds as they are, and one that is none. */
const values = Float64Array.of(0.5, -2, 3.25, NaN, 1e-3, 7, 0, -0.125).map(Math.fround);
const affine = [
  [-2, 0, 0, 10],
  [0, 0, 3, -20],
  [0, -4, 0, 30],
  [0, 0, 0, 1],
];
const vertices = Int32Array.of(0, 3, 5);
const tilted = { data: values.subarray(0, 6), shape: [2, 3] };

/** Writes them into a folder and lists them with their formats. */
export async function writeSurfaces(
  folder: string,
): Promise<{ id: string; format: "gifti" | "mgh" | "cifti" | "stc"; path: string }[]> {
  const at = (name: string) => join(folder, name);
  await writeGifti(at("written.func.gii"), {
    meta: new Map([["of", 'a & "b" <c>']]),
    arrays: [
      { intent: "SHAPE", values: { data: values, shape: [8] } },
      { intent: "TIME_SERIES", values: tilted },
      { intent: "NODE_INDEX", values: { data: vertices, shape: [3] } },
    ],
  });
  await writeMgh(at("written.mgh"), { data: values, shape: [2, 2, 2], affine });
  await writeMgh(at("written.mgz"), { data: values, shape: [4, 1, 1, 2] });
  await writeCifti(at("written.dscalar.nii"), {
    values: { data: Float64Array.from(values).subarray(0, 6), shape: [2, 3] },
    axes: [
      { kind: "scalars", names: ["one", 'a & "b" <c>'] },
      {
        kind: "brain",
        models: [
          model("CORTEX_LEFT", 0, Int32Array.of(1, 4)),
          model("CORTEX_RIGHT", 2, Int32Array.of(0)),
        ],
        volume: undefined,
      },
    ],
  });
  const times = { tminS: -0.1, tstepS: 0.01 };
  await writeStc(at("written"), {
    kind: "surface",
    vertices: [vertices.subarray(0, 2), vertices.subarray(0, 1)],
    data: { data: values.subarray(0, 6), shape: [3, 2] },
    ...times,
  });
  await writeStc(at("volume"), {
    kind: "volume",
    vertices: [vertices],
    data: { data: values.subarray(0, 6), shape: [3, 2] },
    ...times,
  });
  const files = [
    ["gifti", "written.func.gii"],
    ["mgh", "written.mgh"],
    ["mgh", "written.mgz"],
    ["cifti", "written.dscalar.nii"],
    ["stc", "written-lh.stc"],
    ["stc", "volume-vl.stc"],
  ] as const;
  return files.map(([format, name]) => ({ id: `written: ${name}`, format, path: at(name) }));
}

function model(structure: string, start: number, own: Int32Array) {
  return {
    structure,
    start,
    count: own.length,
    vertices: own,
    nSurfaceVertices: 6,
    voxels: undefined,
  };
}
