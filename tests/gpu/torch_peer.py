#!/usr/bin/env python3
"""The peer of altiplano-bench-device: Llama 3.1 8B's shape in PyTorch with random weights, compiled layers, CUDA graphs.

Prints one line of JSON like it. A token is a graph that attends to a cache of fixed length; a prompt runs as it comes.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F

LAYERS, DIM, HEADS, KV_HEADS, HEAD_DIM, FFN, VOCABULARY = 32, 4096, 32, 8, 128, 14336, 128256
PROMPT, DEPTHS, TIMES = 2048, (0, 32768), 30
device, kind = "cuda", torch.bfloat16


def matrix(rows, cols):
    return torch.randn(rows, cols, device=device, dtype=kind) * 0.02


def rotated(x, cosines, sines):
    a, b = x[..., ::2], x[..., 1::2]
    return torch.stack((a * cosines - b * sines, a * sines + b * cosines), -1).flatten(-2)


def layer(x, qkv, out, gate_up, down, norms, keys, values, position, cosines, sines, causal: bool):
    """x[n, DIM]; keys and values [KV_HEADS, length, HEAD_DIM], of which rows position are written first."""
    n = x.shape[0]
    h = F.linear(F.rms_norm(x, (DIM,), norms[0], 1e-5), qkv).view(n, HEADS + 2 * KV_HEADS, HEAD_DIM).transpose(0, 1)
    q, k, v = h.split((HEADS, KV_HEADS, KV_HEADS))
    keys.index_copy_(1, position, rotated(k, cosines, sines))
    values.index_copy_(1, position, v)
    attended = F.scaled_dot_product_attention(rotated(q, cosines, sines)[None], keys[None], values[None], is_causal=causal,
                                              enable_gqa=True)[0]
    x = x + F.linear(attended.transpose(0, 1).reshape(n, DIM), out)
    gate, up = F.linear(F.rms_norm(x, (DIM,), norms[1], 1e-5), gate_up).chunk(2, -1)
    return x + F.linear(F.silu(gate) * up, down)


class Llama:
    def __init__(self):
        q_width, kv_width = HEADS * HEAD_DIM, KV_HEADS * HEAD_DIM
        self.layers = [(matrix(q_width + 2 * kv_width, DIM), matrix(DIM, q_width), matrix(2 * FFN, DIM), matrix(DIM, FFN),
                        torch.ones(2, DIM, device=device, dtype=kind)) for _ in range(LAYERS)]
        self.embedding, self.output = matrix(VOCABULARY, DIM), matrix(VOCABULARY, DIM)
        self.norm = torch.ones(DIM, device=device, dtype=kind)
        self.layer = layer

    def caches(self, length):
        return [(torch.randn(KV_HEADS, length, HEAD_DIM, device=device, dtype=kind),
                 torch.randn(KV_HEADS, length, HEAD_DIM, device=device, dtype=kind)) for _ in range(LAYERS)]

    def logits(self, tokens, caches, position, causal):
        frequencies = position[:, None] * 500000.0 ** (-torch.arange(0, HEAD_DIM, 2, device=device) / HEAD_DIM)
        cosines, sines = frequencies.cos().to(kind), frequencies.sin().to(kind)
        x = F.embedding(tokens, self.embedding)
        for weights, (keys, values) in zip(self.layers, caches):
            x = self.layer(x, *weights, keys, values, position, cosines, sines, causal)
        return F.linear(F.rms_norm(x[-1:], (DIM,), self.norm, 1e-5), self.output).float().argmax()


def median_s(work):
    times = []
    for _ in range(TIMES):
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        begin.record()
        work()
        end.record()
        end.synchronize()
        times.append(begin.elapsed_time(end) / 1000)
    return sorted(times)[len(times) // 2]


def graph_of(work):
    stream = torch.cuda.Stream()
    with torch.cuda.stream(stream):
        for _ in range(3):
            work()
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        work()
    return graph


def tokens_per_s(model, depth):
    """The better of layers that are compiled and layers as they come."""
    length = depth + 64
    token, position, caches = torch.zeros(1, device=device, dtype=torch.long), torch.full((1,), length - 1, device=device), None
    caches, best, how = model.caches(length), 0.0, ""
    for name in ("plain", "compiled"):
        try:
            model.layer = torch.compile(layer, dynamic=False) if name == "compiled" else layer
            graph = graph_of(lambda: model.logits(token, caches, position, False))
            rate = 1 / median_s(graph.replay)
        except Exception as error:  # without a compiler for Triton the plain layers stay
            print(f"{name}: {error}"[:500], file=sys.stderr)
            continue
        print(f"depth {depth}, {name} layers: {rate:.1f} tokens/s", file=sys.stderr)
        best, how = max((best, how), (rate, name))
    model.layer = layer
    return best, how


@torch.inference_mode()
def main():
    begin, model = time.time(), Llama()
    torch.cuda.synchronize()
    result = {"model": f"PyTorch {torch.__version__} 8B", "type": "BF16", "load_s": time.time() - begin, "prompt_tokens": PROMPT}
    prompt, position = torch.randint(VOCABULARY, (PROMPT,), device=device), torch.arange(PROMPT, device=device)
    caches = model.caches(PROMPT)
    model.logits(prompt, caches, position, True)
    prefill_s = median_s(lambda: model.logits(prompt, caches, position, True))
    weights = sum(matrix.numel() for weights in model.layers for matrix in weights[:4])
    pairs = PROMPT * (PROMPT + 1) // 2
    result["prefill_tokens_per_s"] = PROMPT / prefill_s
    result["prefill_tflops"] = (2 * weights * PROMPT + 4 * HEADS * HEAD_DIM * LAYERS * pairs) / prefill_s / 1e12
    del caches
    result["decode"] = []
    for depth in DEPTHS:
        rate, how = tokens_per_s(model, depth)
        read = 2 * (weights + model.output.numel() + 2 * LAYERS * KV_HEADS * HEAD_DIM * (depth + 64))
        result["decode"].append({"depth": depth, "tokens_per_s": rate, "bytes_per_token": read, "layers": how})
    print(json.dumps(result))


main()
