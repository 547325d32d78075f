"""Runs the Python side of one bench row: commands come in and timings go out, one line of JSON each."""

import json
import os
import platform
import resource
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np


PEERS = ["numpy", "scipy", "scikit-learn", "mne", "mne-rsa", "rsatoolbox", "nilearn"]


def versions():
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": platform.python_version()}
    for name in PEERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    from threadpoolctl import threadpool_info

    for pool in threadpool_info():
        found[pool["internal_api"]] = f"{pool.get('architecture', '')}, {pool['num_threads']} thread"
    return found


def main():
    task = json.loads(sys.stdin.readline())
    arrays = {
        name: np.fromfile(entry["file"]).reshape(entry["shape"]) for name, entry in task["arrays"].items()
    }
    scope = {"np": np}
    exec(task["code"], scope)
    state = scope["prepare"](arrays) if "prepare" in scope else arrays
    print(json.dumps({"versions": versions()}), flush=True)
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        result = scope["run"](state)
        times = {"wallMs": (time.perf_counter() - wall) * 1e3, "cpuMs": (time.process_time() - cpu) * 1e3}
        np.asarray(result, dtype=np.float64).tofile(task["result"])
        times["peakMb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(times), flush=True)


main()
