"""What pybids finds in the data sets named on standard input, as JSON lines: {"root", "derivatives", "query"}."""

import json
import sys
import warnings

from bids import BIDSLayout

warnings.simplefilter("ignore")
names = {"task": "task", "space": "space", "subject": "subject"}
of_scan = ["subject", "session", "task", "acquisition", "ceagent", "reconstruction", "direction", "run"]


def first(files):
    return files[0].path if files else None


for line in sys.stdin:
    asked = json.loads(line)
    layout = BIDSLayout(asked["root"], derivatives=asked["derivatives"], validate=False)
    query = {names[key]: value for key, value in asked["query"].items() if key in names}
    resolution = asked["query"].get("resolution")
    runs = []
    for file in layout.get(suffix="bold", desc="preproc", extension=".nii.gz", **query):
        # pybids knows this entity in derivatives only.
        if resolution is not None and f"_res-{resolution}_" not in file.path:
            continue
        entities = file.get_entities()
        scan = {key: entities.get(key, None) for key in of_scan}
        known = {key: value for key, value in scan.items() if value is not None}
        same = lambda other: all(other.get_entities().get(key) == value for key, value in scan.items())
        grid = file.path.split("_desc-")[0]
        mask = [f for f in layout.get(suffix="mask", desc="brain", extension=".nii.gz", **known) if f.path.startswith(grid + "_")]
        confounds = layout.get(suffix=["timeseries", "regressors"], desc="confounds", extension=".tsv", **known)
        recorded = [f for f in layout.get(scope="raw", suffix="bold", extension=".nii.gz", **known) if same(f)]
        events = [f for f in layout.get(scope="raw", suffix="events", extension=".tsv", **known) if same(f)]
        runs.append({
            "bold": file.path,
            "mask": first([f for f in mask if same(f)]),
            "confounds": first([f for f in confounds if same(f)]),
            "events": first(events),
            "recorded": first(sorted(recorded, key=lambda f: f.path)),
            "said": file.get_metadata(),
        })
    print(json.dumps({"root": asked["root"], "runs": runs}), flush=True)
