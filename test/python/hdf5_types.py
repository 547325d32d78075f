"""Write test/fixtures/hdf5/types.h5 and types.json: types of HDF5 beyond plain numbers, as h5py and netCDF files have them."""
import json
import sys
from pathlib import Path

import h5py
import numpy as np
from h5py import h5t

folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "fixtures" / "hdf5")
path = folder / "types.h5"
expected = {}


def enum(base, members):
    made = h5t.enum_create(base)
    for name, value in members.items():
        made.enum_insert(name.encode(), value)
    return h5py.Datatype(made)


with h5py.File(path, "w") as f:
    members = {"face": 0, "house": 1, "cat": 2}
    values = np.array([0, 1, 2, 1, 2, 0])
    for name, base, code in [("big16", h5t.STD_I16BE, ">i2"), ("big32", h5t.STD_I32BE, ">i4"), ("big64", h5t.STD_I64BE, ">i8"),
                             ("big8", h5t.STD_I8BE, ">i1"), ("little32", h5t.STD_I32LE, "<i4"), ("bigU16", h5t.STD_U16BE, ">u2")]:
        made = enum(base, {**members, "far": 100 if "8" in name else 300})
        d = h5py.Dataset(h5py.h5d.create(f.id, f"enum_{name}".encode(), made.id, h5py.h5s.create_simple((6,))))
        d.id.write(h5py.h5s.ALL, h5py.h5s.ALL, values.astype(code), made.id)
        expected[f"enum_{name}"] = values.tolist()
        a = h5py.h5a.create(d.id, b"as_attribute", made.id, h5py.h5s.create_simple((6,)))
        a.write(values.astype(code), made.id)
    truth = enum(h5t.STD_I8BE, {"FALSE": 0, "TRUE": 1})
    d = h5py.Dataset(h5py.h5d.create(f.id, b"bool_big", truth.id, h5py.h5s.create_simple((4,))))
    d.id.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([0, 1, 1, 0], "i1"), truth.id)
    expected["bool_big"] = [0, 1, 1, 0]
    # large, so that it is read in several slabs
    big = enum(h5t.STD_I32BE, {str(i): i for i in range(5)})
    many = (np.arange(1_500_000) % 5).astype(">i4")
    d = h5py.Dataset(h5py.h5d.create(f.id, b"enum_many", big.id, h5py.h5s.create_simple(many.shape),
                                     dcpl=(lambda p: (p.set_chunk((100_000,)), p.set_deflate(9), p)[2])(h5py.h5p.create(h5py.h5p.DATASET_CREATE))))
    d.id.write(h5py.h5s.ALL, h5py.h5s.ALL, many, big.id)

    rows = np.array([(1.5, 7, b"face", [1, 2, 3], 1 + 2j), (2.5, -8, b"house", [4, 5, 6], 3 - 4j)],
                    [("onset", "<f8"), ("run", "<i4"), ("label", "S5"), ("place", "<i2", 3), ("z", "<c16")])
    f["little"] = rows
    big_type = [("onset", ">f8"), ("run", ">i4"), ("label", "S5"), ("place", ">i2", 3), ("z", ">c16")]
    f["big"] = rows.astype(big_type)
    f["mixed"] = rows.astype([("onset", ">f8"), ("run", "<i4"), ("label", "S5"), ("place", ">i2", 3), ("z", "<c16")])
    for name in ["little", "big", "mixed"]:
        expected[name] = {"onset": [1.5, 2.5], "run": [7, -8], "label": ["face", "house"], "place": [1, 2, 3, 4, 5, 6], "z": [1, 2, 3, -4]}
    f["nested"] = np.array([((1, 2.5), 3), ((4, 5.5), 6)], [("outer", [("a", "<i2"), ("b", "<f4")]), ("c", "u1")])
    expected["nested"] = {"outer.a": [1, 4], "outer.b": [2.5, 5.5], "c": [3, 6]}
    text = np.array([("caf\u00e9", 1), ("", 2), ("house", 3)], [("name", h5py.string_dtype()), ("n", "<i8")])
    f["with_text"] = text
    expected["with_text"] = {"name": ["caf\u00e9", "", "house"], "n": ["1", "2", "3"]}
    f["one_record"] = rows[0]
    f.create_dataset("no_records", shape=(0,), dtype=rows.dtype)
    f.create_dataset("arrays", data=np.arange(6).reshape(2, 3), dtype="<i4") if False else None
    pairs = h5t.array_create(h5t.STD_I32BE, (3,))
    d = h5py.Dataset(h5py.h5d.create(f.id, b"arrays", pairs, h5py.h5s.create_simple((2,))))
    d.id.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(6, dtype=">i4").reshape(2, 3), pairs)
    expected["arrays"] = {"shape": [2, 3], "data": list(range(6))}

    f["types/label"] = np.dtype("S12")
    f["types/point"] = np.dtype([("x", "<f4"), ("y", "<f4")])
    f["types/label"].attrs["note"] = 1
    f["labels"] = np.array([b"a", b"b"], "S12")

    rng = np.random.default_rng(0)
    noise = rng.standard_normal((37, 53))
    smooth = np.round(np.add.outer(np.arange(37.0), np.arange(53.0)))
    half = smooth.copy()
    half[20:] = noise[20:]  # chunks of noise are stored as they are: the filter gives them up
    for name, data, shuffle in [("lzf", smooth, False), ("lzf_shuffle", smooth, True), ("lzf_half", half, False), ("lzf_f4", smooth.astype(">f4"), True)]:
        f.create_dataset(name, data=data, chunks=(10, 16), compression="lzf", shuffle=shuffle)
    f.create_dataset("lzf_many", data=np.arange(60_000) // 7, chunks=(40,), compression="lzf", dtype="<i4")
    sparse = f.create_dataset("lzf_fill", shape=(40,), chunks=(8,), compression="lzf", fillvalue=-7, dtype="<i2")
    sparse[10:12] = [1, 2]
    f.create_dataset("lzf_text", data=np.array([b"face"] * 50 + [b"house"] * 50, "S8"), chunks=(30,), compression="lzf")
    expected["lzf_sums"] = {name: [float(np.sum(f[name][()].astype("f8"))), float(f[name][()].ravel()[1234])] for name in ["lzf", "lzf_shuffle", "lzf_half", "lzf_f4", "lzf_many"]}
    expected["lzf_fill"] = f["lzf_fill"][()].tolist()

(folder / "types.json").write_text(json.dumps(expected, indent=1))
