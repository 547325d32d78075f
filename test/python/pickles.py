"""Write test/fixtures/npy-object/plain-0.pkl … plain-5.pkl, the same plain data by each protocol, and date.pkl."""
import pickle
import sys
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "fixtures" / "npy-object")
value = {
    "train": np.arange(24.0).reshape(2, 3, 4) / 8,
    "voxel_mask": np.array([[True, False], [False, True]]),
    "order": np.asfortranarray(np.arange(6, dtype="i2").reshape(2, 3)),
    "labels": np.array(["face", "caf\u00e9"]),
    "n": 7,
    "big": 2**70,
    "f4": np.float32(0.5),
    "roi": "V1 \u2013 caf\u00e9 \\ \U0001f600",
    "list": [1.5, None, True, "a", (1, 2)],
}
for protocol in range(6):
    with open(folder / f"plain-{protocol}.pkl", "wb") as file:
        pickle.dump(value, file, protocol=protocol)
with open(folder / "date.pkl", "wb") as file:
    pickle.dump(np.datetime64("2020"), file)
