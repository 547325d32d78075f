"""Measures Jupyter kernels by name and prints JSON; called by bench/kernel.mjs."""

import json
import statistics
import sys
import time

import psutil
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

LOOP = """let {s} = 0;
const {t} = performance.now();
for (let i = 0; i < 20_000_000; i++) {s} += {term};
console.log("ms", performance.now() - {t});"""
PYTHON_LOOP = """import time
{s} = 0
{t} = time.perf_counter()
for i in range(20_000_000): {s} += {term}
print("ms", 1000 * (time.perf_counter() - {t}))"""


class Kernel:
    def __init__(self, name):
        started = time.perf_counter()
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.allow_stdin = False  # as nbclient does
        while True:
            self.client.kernel_info()
            try:
                self.client.get_shell_msg(timeout=0.05)
                break
            except Exception:
                pass
        self.start_ms = 1000 * (time.perf_counter() - started)
        time.sleep(0.5)
        self.flush()

    def flush(self):
        for channel in (self.client.get_shell_msg, self.client.get_iopub_msg):
            try:
                while True:
                    channel(timeout=0.1)
            except Exception:
                pass

    def run(self, code, timeout=120):
        """The text printed, once the reply and the idle have come."""
        request = self.client.execute(code)
        text = ""
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                text += message["content"]["text"]
            if message["content"].get("execution_state") == "idle":
                break
        self.client.get_shell_msg(timeout=timeout)
        return text

    def memory_mb(self):
        process = psutil.Process(self.manager.provisioner.pid)
        family = [process, *process.children(recursive=True)]
        return sum(p.memory_info().rss for p in family) / 2**20

    def interrupt_ms(self, endless):
        request = self.client.execute(endless)
        time.sleep(0.5)
        started = time.perf_counter()
        self.manager.interrupt_kernel()
        while True:
            reply = self.client.get_shell_msg(timeout=20)
            if reply["parent_header"].get("msg_id") == request:
                break
        elapsed = 1000 * (time.perf_counter() - started)
        time.sleep(0.3)
        self.flush()
        return elapsed

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def lines_kept(name, code, n):
    notebook = new_notebook(cells=[new_code_cell(code.replace("N", str(n)))])
    NotebookClient(notebook, kernel_name=name, timeout=300).execute()
    outputs = notebook.cells[0].outputs
    return sum(out.text.count("\n") for out in outputs if out.output_type == "stream")


def loop_ms(kernel, python, term, name):
    template = PYTHON_LOOP if python else LOOP
    names = {"s": f"s{name}", "t": f"t{name}", "term": term}
    text = kernel.run(template.format(**names))
    return float(text.split("ms")[1].split()[0])


def tried(measure):
    try:
        return measure()
    except Exception as error:  # a kernel that fails a measure still has the others
        print(f"  {type(error).__name__}: {error}", file=sys.stderr)
        return None


def measure(name):
    python = name == "python3"
    starts = []
    for _ in range(3):
        kernel = Kernel(name)
        starts.append(kernel.start_ms)
        kernel.close()
    kernel = Kernel(name)
    kernel.run("1+1")
    time.sleep(1)
    memory = kernel.memory_mb()
    times = []
    for _ in range(60):
        started = time.perf_counter()
        kernel.run("1+1")
        times.append(1000 * (time.perf_counter() - started))
    result = {
        "startMs": statistics.median(starts),
        "cellMs": statistics.median(times[10:]),
        "loopModuloMs": tried(lambda: loop_ms(kernel, python, "i % 7", "a")),
        "loopSumMs": tried(lambda: loop_ms(kernel, python, "i", "b")),
        "memoryMb": memory,
    }
    endless = "while True: pass" if python else "while (true) {}"
    result["interruptMs"] = tried(lambda: kernel.interrupt_ms(endless))
    kernel.close()
    printing = "for i in range(N): print(i)" if python else "for (let i = 0; i < N; i++) console.log(i)"
    for n in (1_000, 100_000):
        result[f"lines{n}"] = tried(lambda: lines_kept(name, printing, n))
    return result


if __name__ == "__main__":
    print(json.dumps({name: measure(name) for name in sys.argv[1:]}))
