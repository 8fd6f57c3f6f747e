"""llama.cpp at work, in a process of its own: `python llama_cpp_worker.py MODEL.gguf THREADS`, one JSON line each way.

It stands alone, so that it runs under an interpreter that has llama-cpp-python and nothing of Hippo. It uses
llama.cpp's own functions: the package's Python loop over tokens would be measured otherwise.
"""

import ctypes
import json
import sys
import time

import llama_cpp
import numpy as np


def main() -> None:
    """Answer {"prompt": tokens, "count": n} with the seconds for reading and for writing, and the tokens written."""
    threads = int(sys.argv[2])
    model = llama_cpp.Llama(
        sys.argv[1],
        n_ctx=4096,
        n_batch=4096,
        n_ubatch=512,
        n_threads=threads,
        n_threads_batch=threads,
        flash_attn=True,  # faster than without, here
        verbose=False,
    )
    context, vocabulary = model._ctx.ctx, model.n_vocab()

    def likeliest_after(tokens: list[int]) -> int:
        ids = (llama_cpp.llama_token * len(tokens))(*tokens)  # the batch only points to it
        if llama_cpp.llama_decode(context, llama_cpp.llama_batch_get_one(ids, len(tokens))) != 0:
            raise RuntimeError("llama_decode failed")
        logits = ctypes.cast(llama_cpp.llama_get_logits_ith(context, -1), ctypes.POINTER(ctypes.c_float))
        return int(np.ctypeslib.as_array(logits, (vocabulary,)).argmax())

    say({})
    for line in sys.stdin:
        asked = json.loads(line)
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(context), True)
        began = time.perf_counter()
        written = [likeliest_after(asked["prompt"])]
        read = time.perf_counter()
        while len(written) <= asked["count"]:
            written.append(likeliest_after(written[-1:]))
        ended = time.perf_counter()
        say({"read_s": read - began, "write_s": ended - read, "tokens": written})


def say(answer: dict[str, object]) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
