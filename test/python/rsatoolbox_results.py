"""Load a result with rsatoolbox, say what it holds, and save it for the other direction."""
import json
import os
import sys

from rsatoolbox.inference.result import load_results

ours, theirs = sys.argv[1:]
result = load_results(ours)
print(json.dumps({
    'method': result.method,
    'cvMethod': result.cv_method,
    'models': [[type(model).__name__, str(model.name)] for model in result.models],
    'means': result.get_means().tolist(),
    'sem': result.get_sem().tolist(),
    'dof': int(result.dof),
    'zero': result.test_zero().tolist(),
    'pair': float(result.test_pairwise()[0, 1]),
}))
if os.path.exists(theirs):
    os.remove(theirs)
result.save(theirs)
