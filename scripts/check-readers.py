"""What nibabel, h5py, numpy, PIL, MNE, scipy and pandas read from the files named on standard input, as JSON lines.

Standard input has one JSON object a line: {"id", "format", "path"}. The answers: {"id", "value"} or {"id", "error"}.
"""

import base64
import hashlib
import json
import resource
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")
# Some libraries allocate whatever a file claims.
resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))


def numbers(array):
    array = np.asarray(array)
    if array.dtype == object:
        raise TypeError("objects")
    if array.dtype.kind in "US":
        return texts(array)
    if np.iscomplexobj(array):
        return {"real": numbers(array.real), "imag": numbers(array.imag)}
    if array.size > 10**6:  # what a bomb holds need not be told
        return {"shape": ",".join(map(str, array.shape)), "values": "many"}
    doubles = np.asarray(array, dtype="<f8").ravel()
    return {"shape": ",".join(map(str, array.shape)), "values": base64.b64encode(doubles.tobytes()).decode()}


def texts(array):
    array = np.asarray(array)
    decode = lambda item: item.decode("utf-8") if isinstance(item, bytes) else str(item)
    return {"shape": ",".join(map(str, array.shape)), "texts": [decode(item) for item in array.ravel()]}


def read_nifti(path):
    import nibabel

    image = nibabel.load(path)
    return {"values": numbers(image.get_fdata()), "affine": numbers(image.affine)}


def read_hdf5(path):
    import h5py

    found = {}

    def visit(group, at, depth):
        for name in group:
            link = group.get(name, getlink=True)
            if isinstance(link, h5py.ExternalLink):
                raise OSError("a link into another file")
            item = group[name]
            if isinstance(item, h5py.Dataset):
                found[f"{at}/{name}"] = read_dataset(item)
            elif depth < 4:
                visit(item, f"{at}/{name}", depth + 1)

    with h5py.File(path, "r") as file:
        visit(file, "", 0)
    return found


def read_dataset(item):
    import h5py

    if item.shape is None:
        return None
    if h5py.check_string_dtype(item.dtype) is not None:
        return texts(np.asarray(item.asstr()[()], dtype=object))
    return numbers(item[()])


def read_mat(path):
    from scipy.io import loadmat

    values = loadmat(path)
    return {name: mat_value(value) for name, value in values.items() if not name.startswith("__")}


def mat_value(value):
    value = np.asarray(value)
    if value.dtype.names is not None:
        return {
            "fields": list(value.dtype.names),
            "elements": [[mat_value(one[name]) for name in value.dtype.names] for one in value.ravel()],
        }
    if value.dtype == object and value.shape == ():
        return str(value)  # a sparse matrix, which scipy keeps as such
    if value.dtype == object:
        return {"cells": [mat_value(one) for one in value.ravel()], "shape": ",".join(map(str, value.shape))}
    if value.dtype.kind == "U":
        return {"texts": [str(one) for one in value.ravel()]}
    return numbers(value)


def read_npy(path):
    return numbers(np.load(path, allow_pickle=False))


def read_npz(path):
    with np.load(path, allow_pickle=False) as arrays:
        return {name: numbers(arrays[name]) for name in arrays.files}


def read_image(path):
    from PIL import Image

    image = Image.open(path)
    image.load()
    if image.mode == "LA":
        image = image.convert("RGBA")
    if image.mode in ("P", "1"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    array = np.asarray(image)
    if array.ndim == 3 and (array[..., :1] == array[..., :3]).all() and array.shape[2] == 3:
        array = array[..., 0]
    return numbers(array)


def read_epochs(path):
    import mne

    epochs = mne.read_epochs(path, proj=True, preload=True, verbose="error")
    return {"data": numbers(epochs.get_data(copy=True)), "names": list(epochs.ch_names)}


def read_evokeds(path):
    import mne

    evokeds = mne.read_evokeds(path, proj=True, verbose="error")
    return [{"data": numbers(one.data), "names": list(one.ch_names)} for one in evokeds]


def read_covariance(path):
    import mne

    covariance = mne.read_cov(path, verbose="error")
    data = covariance.data if covariance.data.ndim == 2 else np.diag(covariance.data)
    return {"data": numbers(data), "names": list(covariance.ch_names)}


def read_csv(path):
    import pandas

    table = pandas.read_csv(path, index_col=False)
    return {name: csv_column(table[name]) for name in table.columns}


def csv_column(column):
    if column.dtype.kind in "iuf":
        return numbers(column.to_numpy(dtype=float))
    return [None if value != value or value is None else str(value) for value in column]


def read_notebook(path):
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return [[cell["cell_type"], cell["source"]] for cell in notebook["cells"]]


def read_archive(kind):
    def read(path):
        import gzip
        import tarfile
        import zipfile

        digest = lambda content: hashlib.sha256(content).hexdigest()
        if kind == "gz":
            with gzip.open(path) as file:
                return {"": digest(file.read())}
        if kind == "zip":
            with zipfile.ZipFile(path) as archive:
                return {one.filename: digest(archive.read(one)) for one in archive.infolist() if not one.is_dir()}
        with tarfile.open(path, "r:gz") as archive:
            members = [one for one in archive.getmembers() if one.isfile()]
            return {one.name: digest(archive.extractfile(one).read()) for one in members}

    return read


def read_gifti(path):
    import nibabel

    return [numbers(array.data) for array in nibabel.load(path).darrays]


def read_mgh(path):
    import nibabel

    image = nibabel.load(path)
    return {"values": numbers(image.get_fdata()), "affine": numbers(image.affine)}


def read_cifti(path):
    import nibabel

    image = nibabel.load(path)
    maps, brain = (image.header.get_axis(axis) for axis in range(2))
    models = [model for _, _, model in brain.iter_structures()]
    return {
        "values": numbers(image.get_fdata()),
        "names": [str(name) for name in maps.name],
        "vertices": [",".join(map(str, model.vertex)) for model in models],
    }


def read_stc(path):
    import mne

    found = mne.read_source_estimate(path)
    return {
        "values": numbers(found.data),
        "vertices": [",".join(map(str, list)) for list in found.vertices],
        "tmin": f"{found.tmin:.6f}",
    }


readers = {
    "gifti": read_gifti,
    "mgh": read_mgh,
    "cifti": read_cifti,
    "stc": read_stc,
    "nifti": read_nifti,
    "hdf5": read_hdf5,
    "mat": read_mat,
    "npy": read_npy,
    "npz": read_npz,
    "image": read_image,
    "epochs": read_epochs,
    "evokeds": read_evokeds,
    "covariance": read_covariance,
    "csv": read_csv,
    "notebook": read_notebook,
    "zip": read_archive("zip"),
    "tgz": read_archive("tgz"),
    "gz": read_archive("gz"),
}

for line in sys.stdin:
    task = json.loads(line)
    try:
        answer = {"id": task["id"], "value": readers[task["format"]](task["path"])}
    except BaseException as error:  # what a hostile file makes a library throw may be anything
        answer = {"id": task["id"], "error": f"{type(error).__name__}: {error}"[:300]}
    print(json.dumps(answer), flush=True)
