"""Write test/fixtures/zarr/stores.json: arrays of every codec, by zarr-python and numcodecs. Each has its files (base64) and
its values (int64 and uint64 as text). Needs zarr >= 3.1 and numcodecs."""
import base64
import json
import sys
import warnings
from pathlib import Path

import numcodecs
import numpy as np
import zarr
from zarr.codecs import (BloscCodec, BytesCodec, Crc32cCodec, GzipCodec, ShardingCodec, TransposeCodec, ZstdCodec)
from zarr.codecs import numcodecs as n3
from zarr.storage import MemoryStore

warnings.simplefilter("ignore")
out = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "fixtures" / "zarr" / "stores.json")
out.parent.mkdir(exist_ok=True)
grid = (np.arange(35).reshape(5, 7) ** 2 % 61 - 20).astype("f8") / 4
cube = np.arange(4 * 6 * 5).reshape(4, 6, 5).astype("f4") * 1.5
long = np.repeat(np.round(np.sin(np.arange(150)), 2), 8)
stores = {}
all_values = []


def put(name, values, store):
    files = {key: base64.b64encode(buffer.to_bytes()).decode() for key, buffer in store._store_dict.items()}
    flat = values.ravel().tolist()
    text = json.dumps([] if " NO " in name else [str(v) if values.dtype.kind in "iu" and values.itemsize == 8 else
                   str(v) if isinstance(v, float) and not np.isfinite(v) else v for v in flat])
    if text not in all_values:
        all_values.append(text)
    stores[name] = {"files": files, "shape": list(values.shape), "values": all_values.index(text)}


def v3(name, values, chunks, filled=None, **more):
    store = MemoryStore()
    array = zarr.create_array(store, shape=values.shape, dtype=values.dtype, chunks=chunks, zarr_format=3, **more)
    array[tuple(filled or ())] = values[tuple(filled or ())]
    put(f"v3 {name}", array[...], store)


def v2(name, values, chunks, filled=None, **more):
    store = MemoryStore()
    array = zarr.create_array(store, shape=values.shape, dtype=values.dtype, chunks=chunks, zarr_format=2, **more)
    array[tuple(filled or ())] = values[tuple(filled or ())]
    put(f"v2 {name}", array[...], store)


plain = {"compressors": None}
for one in ["lz4", "lz4hc", "blosclz", "zlib", "zstd"]:
    for shuffle in ["noshuffle", "shuffle", "bitshuffle"]:
        v3(f"blosc {one} {shuffle}", long, (600,), compressors=[BloscCodec(cname=one, shuffle=shuffle, typesize=8, blocksize=1024)])
        v2(f"blosc {one} {shuffle}", long, (600,), compressors=[numcodecs.Blosc(one, 5, ["noshuffle", "shuffle", "bitshuffle"].index(shuffle), 1024)])
v3("blosc small", grid, (2, 3), compressors=[BloscCodec(cname="lz4", shuffle="shuffle", typesize=8)])
v3("bytes little", grid, (2, 3), **plain)
v3("bytes big", grid, (2, 3), serializer=BytesCodec(endian="big"), **plain)
v3("gzip", grid, (2, 3), compressors=[GzipCodec(level=5)])
v3("gzip big", grid.astype("f4"), (2, 3), serializer=BytesCodec(endian="big"), compressors=[GzipCodec(level=0)])
for checksum in [False, True]:
    v3(f"zstd checksum {checksum}", grid, (2, 3), compressors=[ZstdCodec(level=3, checksum=checksum)])
v3("zstd long", long, (1200,), compressors=[ZstdCodec(level=9)])
v3("crc32c", grid, (2, 3), compressors=[Crc32cCodec()])
v3("gzip crc32c", grid, (2, 3), compressors=[GzipCodec(), Crc32cCodec()])
v3("crc32c zstd", grid, (2, 3), compressors=[Crc32cCodec(), ZstdCodec()])
v3("transpose", cube, (2, 3, 4), filters=[TransposeCodec(order=(2, 0, 1))], compressors=[ZstdCodec()])
v3("transpose big blosc", cube, (4, 6, 5), filters=[TransposeCodec(order=(1, 2, 0))], serializer=BytesCodec(endian="big"),
   compressors=[BloscCodec(typesize=4)])
v3("numcodecs lz4", grid, (2, 3), compressors=[n3.LZ4()])
v3("numcodecs zlib", grid, (2, 3), compressors=[n3.Zlib(level=2)])
v3("numcodecs zstd", grid, (2, 3), compressors=[n3.Zstd(level=2)])
v3("numcodecs blosc", grid, (2, 3), compressors=[n3.Blosc(cname="zstd")])
v3("numcodecs gzip", grid, (2, 3), compressors=[n3.GZip()])
v3("numcodecs shuffle", grid, (2, 3), compressors=[n3.Shuffle(elementsize=8), n3.Zlib()])
v3("numcodecs delta", grid.astype("i4"), (2, 3), filters=[n3.Delta(dtype="<i4")], compressors=[GzipCodec()])
for location in ["start", "end"]:
    v3(f"shards index {location}", cube, (2, 3, 1), shards=(4, 3, 5), compressors=[BloscCodec(cname="zstd", typesize=4)],
       filled=(slice(0, 3), slice(1, 4)), fill_value=-7) if location == "end" else None
    store = MemoryStore()
    array = zarr.create(store=store, shape=cube.shape, dtype=cube.dtype, chunks=(4, 3, 5), zarr_format=3, fill_value=-7,
                        codecs=[ShardingCodec(chunk_shape=(2, 3, 1), codecs=[TransposeCodec(order=(2, 1, 0)), BytesCodec(), GzipCodec()],
                                              index_location=location, index_codecs=[BytesCodec(), Crc32cCodec()])])
    array[0:3, 1:4] = cube[0:3, 1:4]
    put(f"v3 shards of gzip, index {location}", array[...], store)
store = MemoryStore()
array = zarr.create(store=store, shape=grid.shape, dtype=grid.dtype, chunks=(4, 6), zarr_format=3,
                    codecs=[ShardingCodec(chunk_shape=(2, 3), codecs=[BytesCodec(endian="big"), Crc32cCodec()],
                                          index_codecs=[BytesCodec(endian="big")])])
array[...] = grid
put("v3 shards big, no checksum of the index", array[...], store)
v3("keys as version 2", grid, (2, 3), chunk_key_encoding={"name": "v2", "separator": "."}, **plain)
v3("keys with dots", grid, (2, 3), chunk_key_encoding={"name": "default", "separator": "."}, **plain)
for fill in [np.nan, np.inf, -np.inf, 1.5]:
    v3(f"fill {fill}", grid, (2, 3), filled=(slice(0, 2),), fill_value=fill, **plain)
    v2(f"fill {fill}", grid, (2, 3), filled=(slice(0, 2),), fill_value=fill, **plain)
for kind in ["bool", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"]:
    info = None if kind[0] in "bf" else np.iinfo(kind)
    values = np.array([0, 1, 0, 1, 1] if kind == "bool" else [0, 1, -2.5, 3e7, 0.1] if info is None else [info.min, info.max, 0, 1, 7]).astype(kind)
    v3(f"type {kind}", values, (2,), **plain)
    v2(f"type {kind}", values, (2,), compressors=[numcodecs.LZ4()])
    v2(f"type {kind} big", values.astype(np.dtype(kind).newbyteorder(">")), (2,), compressors=[numcodecs.GZip()])
    v3(f"no axes {kind}", values[1].reshape(()), (), **plain)
v2("no axes", grid[2, 2].reshape(()), (), **plain)
for name, one in {"none": None, "zlib": numcodecs.Zlib(3), "gzip": numcodecs.GZip(3), "zstd": numcodecs.Zstd(3),
                  "zstd checksum": numcodecs.Zstd(3, checksum=True), "lz4": numcodecs.LZ4(), "blosc": numcodecs.Blosc()}.items():
    v2(f"{name}", grid, (2, 3), compressors=one)
    v2(f"{name} order F", grid, (2, 3), compressors=one, order="F")
v2("delta", grid.astype("i2"), (2, 3), filters=[numcodecs.Delta("<i2")], compressors=numcodecs.Zlib())
v2("delta order F", grid.astype("i2"), (2, 3), filters=[numcodecs.Delta("<i2")], compressors=numcodecs.Zlib(), order="F")
v2("delta wraps", np.array([0, 200, 100, 50, 255, 0], "u1"), (4,), filters=[numcodecs.Delta("|u1")], compressors=None)
v2("shuffle", grid, (2, 3), filters=[numcodecs.Shuffle(8)], compressors=numcodecs.Zlib())
v2("separator /", grid, (2, 3), chunk_key_encoding={"name": "v2", "separator": "/"}, **plain)
v2("attributes", grid, (5, 7), attributes={"unit": "mm", "_ARRAY_DIMENSIONS": ["item", "voxel"]}, **plain)
# What is refused.
v3("NO bitround", grid, (5, 7), filters=[n3.BitRound(keepbits=10)], **plain)
v3("NO bz2", grid, (5, 7), compressors=[n3.BZ2()])
v3("NO delta as", grid.astype("i4"), (5, 7), filters=[n3.Delta(dtype="<i4", astype="<i2")], **plain)
v3("two compressors", grid, (5, 7), compressors=[GzipCodec(), GzipCodec()])
v3("NO half", grid.astype("f2"), (5, 7), **plain)
v3("NO complex", grid.astype("c16"), (5, 7), **plain)
v2("NO bz2", grid, (5, 7), compressors=numcodecs.BZ2())
v2("NO lzma", grid, (5, 7), compressors=numcodecs.LZMA())
v2("shuffle of other sizes", grid, (5, 7), filters=[numcodecs.Shuffle(4)], compressors=numcodecs.Zlib())
v2("NO delta as", grid.astype("i4"), (5, 7), filters=[numcodecs.Delta("<i4", "<i2")], compressors=None)
v2("NO scaled", grid, (5, 7), filters=[numcodecs.FixedScaleOffset(0, 4, "<f8", "<i2")], compressors=None)
v2("NO half", grid.astype("f2"), (5, 7), compressors=None)
v2("NO text", np.array(["a", "bc"]), (2,), compressors=None)
lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in stores.items())
out.write_text('{"stores": {\n' + lines + '\n},\n"values": [\n' + ",\n".join(all_values) + "\n]}\n")
print(len(stores), out.stat().st_size)
