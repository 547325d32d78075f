"""Write test/fixtures/epoched: EEGLAB files by eeglabio (and with .fdt, and as one struct), FieldTrip structures by scipy and
hdf5storage, and expected.json, what MNE-Python reads of them. Needs mne, eeglabio, hdf5storage, pymatreader."""
import json
import sys
import warnings
from pathlib import Path

import eeglabio.epochs
import hdf5storage
import mne
import numpy as np
import scipy.io

warnings.simplefilter("ignore")
mne.set_log_level("ERROR")
folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "fixtures" / "epoched")
folder.mkdir(exist_ok=True)
rng = np.random.default_rng(3)
n, channels, samples, rate, tmin = 6, ["Fz", "Cz", "Oz", "EOG1"], 25, 200.0, -0.04
data = rng.standard_normal((n, len(channels), samples)) * 1e-5
codes = np.array([1, 2, 1, 3, 2, 1])
events = np.c_[np.arange(n) * 100, np.zeros(n, int), codes]
names = {"face": 1, "house": 2, "caf\u00e9": 3}
places = np.array([[0.0, 0.07, 0.06], [0.0, 0.0, 0.095], [0.0, -0.09, 0.02], [0.05, 0.08, -0.03]])
expected = {}


def said(epochs):
    order = {v: k for k, v in epochs.event_id.items()}
    return {
        "channels": epochs.ch_names,
        "types": epochs.get_channel_types(),
        "positions": [[None if np.isnan(x) else float(x) for x in ch["loc"][:3]] for ch in epochs.info["chs"]],
        "sfreq": epochs.info["sfreq"],
        "times": epochs.times.tolist(),
        "data": epochs.get_data().tolist(),
        "samples": epochs.events[:, 0].tolist(),
        "names": [order[c] for c in epochs.events[:, 2]],
        "codes": epochs.events[:, 2].tolist(),
    }


def eeglab(name, **more):
    eeglabio.epochs.export_set(str(folder / name), data=data, sfreq=rate, events=events, tmin=tmin, tmax=tmin + (samples - 1) / rate,
                               ch_names=channels, event_id=names, ch_locs=places, **more)
    expected[name] = said(mne.read_epochs_eeglab(folder / name))


eeglab("single.set")
eeglab("double.set", precision="double")
eeglab("notes.set", annotations=[["blink", "blink"], [0.05, 0.33], [0.0, 0.0]])
eeglab("hdf5.set", fmt="v7.3")


def clean(value):
    return {k: v for k, v in value.items() if not k.startswith("__")}


flat = clean(scipy.io.loadmat(folder / "single.set", squeeze_me=False))
values = flat["EEG"] if "EEG" in flat else flat
# One struct, in the manner of older versions.
if "EEG" not in flat:
    scipy.io.savemat(folder / "struct.set", {"EEG": flat}, appendmat=False)
    expected["struct.set"] = said(mne.read_epochs_eeglab(folder / "struct.set"))
# The data in a file of their own.
apart = dict(flat)
numbers = np.asarray(apart["data"])
apart["data"] = "apart.fdt"
apart["datfile"] = "apart.fdt"
scipy.io.savemat(folder / "apart.set", apart, appendmat=False)
numbers.astype("<f4").ravel(order="F").tofile(folder / "apart.fdt")
expected["apart.set"] = said(mne.read_epochs_eeglab(folder / "apart.set"))
# Named otherwise than it is called.
moved = dict(apart, data="other-name.fdt")
scipy.io.savemat(folder / "moved.set", moved, appendmat=False)
numbers.astype("<f4").ravel(order="F").tofile(folder / "moved.fdt")
expected["moved.set"] = said(mne.read_epochs_eeglab(folder / "moved.set"))
continuous = dict(flat, trials=1, data=numbers[:, :, 0], event=np.zeros((0, 0)), epoch=np.zeros((0, 0)))
scipy.io.savemat(folder / "continuous.set", continuous, appendmat=False)


def cells(items, shape):
    made = np.empty(shape, object)
    made.ravel()[:] = items
    return made


def trial_cells(arrays):
    made = np.empty((1, len(arrays)), object)
    for i, a in enumerate(arrays):
        made[0, i] = a
    return made


labels = ["Fz", "MEG0111", "MEG0112", "EOG061", "STI101"]
trials = [rng.standard_normal((5, samples)) for _ in range(n)]
time = (np.arange(samples) - 8) / rate
structure = {
    "label": cells(labels, (5, 1)),
    "trial": trial_cells(trials),
    "time": trial_cells([time[None, :]] * n),
    "fsample": rate,
    "trialinfo": np.c_[codes, np.arange(n) * 1.5],
    "elec": {"label": cells(["Cz", "Fz"], (2, 1)), "chanpos": np.array([[0, 0, 9.5], [0.5, 7, 6]]), "unit": "cm"},
    "grad": {"label": cells(["MEG0111", "MEG0112"], (2, 1)), "chantype": cells(["megmag", "megplanar"], (2, 1)), "type": "neuromag306",
             "chanpos": np.array([[10.0, 0, 5], [11, 1, 5]]), "chanori": np.array([[0.0, 0, 1], [0, 1, 0]]), "unit": "mm",
             "tra": np.array([[1.0, 0, 0], [0, 0.5, -0.5]]), "coilpos": np.array([[10.0, 0, 5], [11, 1, 4], [11, 1, 6]]),
             "coilori": np.array([[0.0, 0, 1], [0, 1, 0], [0, 1, 0]])},
}
scipy.io.savemat(folder / "raw.mat", {"data": structure})
expected["raw.mat"] = said(mne.read_epochs_fieldtrip(folder / "raw.mat", info=None))
(folder / "raw73.mat").unlink(missing_ok=True)
hdf5storage.savemat(str(folder / "raw73.mat"), {"data": structure}, format="7.3", matlab_compatible=True, oned_as="row")
plain = {k: v for k, v in structure.items() if k not in ("trialinfo", "grad")}
scipy.io.savemat(folder / "plain.mat", {"data": plain})
expected["plain.mat"] = said(mne.read_epochs_fieldtrip(folder / "plain.mat", info=None))
timelock = dict(structure, trial=np.array(trials), time=time[None, :], dimord="rpt_chan_time", avg=np.mean(trials, axis=0))
scipy.io.savemat(folder / "timelock.mat", {"timelock": timelock, "cfg": {"a": 1.0}})
average = {k: v for k, v in timelock.items() if k not in ("trial", "trialinfo")}
scipy.io.savemat(folder / "average.mat", {"timelock": average})
unequal = dict(structure, trial=trial_cells([t if i else t[:, :20] for i, t in enumerate(trials)]))
scipy.io.savemat(folder / "unequal.mat", {"data": unequal})
(folder / "expected.json").write_text(json.dumps(expected))
