"""jupyter_kernel_test against our kernel; run by scripts/check-jupyter.mjs."""

import unittest

import jupyter_kernel_test

HOOK = 'globalThis[Symbol.for("Jupyter.hook")]'


def shows(mime, data):
    return {"code": f"{HOOK}.display({{{mime!r}: {data!r}}})", "mime": mime}


class TsrsaKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "tsrsa"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'
    completion_samples = [{"text": "Math.hyp", "matches": {"hypot"}}]
    complete_code_samples = ["1+1", "for(let i=0;i<3;i++){}", "const f=(a:number)=>a"]
    incomplete_code_samples = ["function f(){", "const x = [1,", "`not closed"]
    invalid_code_samples = ["import 7q", "const = 3"]
    code_page_something = "Math.hypot?"
    code_generate_error = 'throw new RangeError("no")'
    code_execute_result = [
        {"code": "6*7", "result": "42"},
        {"code": '"a".repeat(3)', "result": "'aaa'"},
    ]
    code_display_data = [
        shows("text/html", "<b>b</b>"),
        shows("image/svg+xml", "<svg/>"),
        shows("image/png", "iVBORw0KGgo="),
        shows("text/markdown", "*b*"),
        shows("text/latex", "$b$"),
    ]
    code_history_pattern = "6?7*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.hypot"
    code_clear_output = "display.clear()"


if __name__ == "__main__":
    unittest.main()
