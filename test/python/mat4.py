"""Write test/fixtures/mat/v4.mat (scipy), v4-big.mat (the same, of a machine of the other byte order) and v4.json."""
import json
import struct
import sys
from pathlib import Path

import numpy as np
import scipy.io

folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "fixtures" / "mat")
values = {
    "d": np.arange(6.0).reshape(2, 3) + 0.5,
    "s": np.arange(6, dtype="f4").reshape(3, 2),
    "i32": np.array([[-2**31, 2**31 - 1]], "i4"),
    "i16": np.array([[-5], [7]], "i2"),
    "u16": np.array([[65535, 1]], "u2"),
    "u8": np.array([[255, 0, 3]], "u1"),
    "z": np.array([[1 + 2j, 3 - 4j], [5, 6j]]),
    "one": np.array([[4.0]]),
    "none": np.zeros((0, 3)),
    "text": "a face",
    "rows": np.array(["face ", "house", "cat  "]),
}
scipy.io.savemat(folder / "v4.mat", values, format="4")

codes = {"f8": 0, "f4": 1, "i4": 2, "i2": 3, "u2": 4, "u1": 5}
out = bytearray()
for name, value in scipy.io.loadmat(folder / "v4.mat", chars_as_strings=False).items():
    if name.startswith("__"):
        continue
    text = value.dtype.kind == "U"
    numbers = np.vectorize(ord)(value).astype("u1") if text else value
    code = "f8" if value.dtype.kind == "c" else numbers.dtype.str[1:]
    imaginary = int(value.dtype.kind == "c")
    rows, columns = np.atleast_2d(value).shape
    out += struct.pack(">5i", 1000 + 10 * codes[code] + int(text), rows, columns, imaginary, len(name) + 1) + name.encode() + b"\0"
    for part in ([numbers.real, numbers.imag] if imaginary else [numbers]):
        out += part.astype(">" + code).tobytes(order="F")
(folder / "v4-big.mat").write_bytes(out)

little, big = [scipy.io.loadmat(folder / f) for f in ["v4.mat", "v4-big.mat"]]
expected = {}
for name, value in little.items():
    if name.startswith("__"):
        continue
    assert np.array_equal(value, big[name]), name
    if value.dtype.kind == "c":
        data = [value.real.ravel().tolist(), value.imag.ravel().tolist()]
    else:
        data = value.ravel().tolist()
    expected[name] = {"shape": list(value.shape), "dtype": value.dtype.str, "data": data}
(folder / "v4.json").write_text(json.dumps(expected))
