"""nbclient against our kernel: nothing a cell shows is lost. Run by scripts/check-jupyter.mjs.

Usage: run_notebooks.py [NOTEBOOK.ipynb …], which are executed too.
"""

import os
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

KERNEL = "tsrsa"


def execute(notebook, folder=".", timeout=600):
    started = time.perf_counter()
    client = NotebookClient(
        notebook, kernel_name=KERNEL, timeout=timeout, resources={"metadata": {"path": folder}}
    )
    client.execute()
    return time.perf_counter() - started


def text_of(cell):
    return "".join(out["text"] for out in cell.outputs if out.output_type == "stream")


def check(what, ok, seconds):
    print(f"{'ok  ' if ok else 'FAIL'} {what} ({seconds:.1f} s)", flush=True)
    return ok


def keeps_lines(n):
    code = f"for (let i = 0; i < {n}; i++) console.log(`line ${{i}}`)"
    notebook = new_notebook(cells=[new_code_cell(code)])
    seconds = execute(notebook)
    expected = "".join(f"line {i}\n" for i in range(n))
    return check(f"{n} lines kept, in order", text_of(notebook.cells[0]) == expected, seconds)


def keeps_results(n):
    notebook = new_notebook(cells=[new_code_cell(f"{i} + 1") for i in range(n)])
    seconds = execute(notebook)
    shown = [[out.get("data", {}).get("text/plain") for out in c.outputs] for c in notebook.cells]
    return check(f"{n} results kept", shown == [[str(i + 1)] for i in range(n)], seconds)


def goes_on_after_errors(n):
    cells = [new_code_cell(f"throw new Error('{i}')" if i % 2 else f"{i}") for i in range(n)]
    for cell in cells[1::2]:
        cell.metadata["tags"] = ["raises-exception"]
    notebook = new_notebook(cells=cells)
    seconds = execute(notebook)
    kinds = [[out.output_type for out in cell.outputs] for cell in cells]
    expected = [["error"] if i % 2 else ["execute_result"] for i in range(n)]
    return check(f"{n} cells, every other an expected error", kinds == expected, seconds)


def runs(path):
    notebook = nbformat.read(path, as_version=4)
    seconds = execute(notebook, os.path.dirname(path) or ".")
    nbformat.validate(notebook)
    return check(f"{path} runs and is valid", True, seconds)


if __name__ == "__main__":
    results = [
        keeps_lines(1_000),
        keeps_lines(100_000),
        keeps_results(60),
        goes_on_after_errors(20),
        *[runs(path) for path in sys.argv[1:]],
    ]
    sys.exit(0 if all(results) else 1)
