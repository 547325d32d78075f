"""References of multidimensional scaling: numpy's eigenvectors and scikit-learn's SMACOF from the same start."""
import json

import numpy as np
import sklearn
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import smacof

rng = np.random.default_rng(7)
cases = []
for name, d in {
    "patterns": pdist(rng.standard_normal((14, 30)), "correlation"),
    "plane": pdist(rng.standard_normal((9, 2))),
    "noise": rng.random(45) + 0.2,
}.items():
    d = np.round(d, 6)
    S = squareform(d)
    n = len(S)
    J = np.eye(n) - 1 / n
    w, v = np.linalg.eigh(-0.5 * J @ (S**2) @ J)
    order = np.argsort(w)[::-1][:2]
    classical = v[:, order] * np.sqrt(np.maximum(w[order], 0))
    found = smacof(S, n_components=2, init=classical, n_init=1, max_iter=20000, eps=1e-14, normalized_stress=False)[0]
    stress = lambda X: float(np.sqrt(((d - pdist(X)) ** 2).sum() / (pdist(X) ** 2).sum()))
    cases.append(dict(name=name, condensed=d.tolist(), classicalDistances=pdist(classical).tolist(), classicalStress=stress(classical), smacofDistances=pdist(found).tolist(), smacofStress=stress(found)))
json.dump(dict(sklearn=sklearn.__version__, numpy=np.__version__, cases=cases), open("scaling.json", "w"))
print([(c["name"], c["classicalStress"], c["smacofStress"]) for c in cases])
