#!/usr/bin/env python3
"""Prints what tests/gpu/run.sh measured as the tables of tests/bench/RESULTS.md. Usage: table.py FOLDER"""
import json
import pathlib
import sys


def read(path):
    try:
        return json.loads(path.read_text().strip().splitlines()[-1])
    except (OSError, ValueError, IndexError):
        return None


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def share(rate, limit):
    """Of a limit that may be unknown."""
    return f"{100 * rate / limit:.0f} %" if rate and limit else "-"


def main():
    folder = pathlib.Path(sys.argv[1])
    limits = read(folder / "limits.json") or {}
    bandwidth, product_rate = limits.get("copy_gb_per_s"), limits.get("bf16_tflops")
    print("\nthis card: " + (", ".join(f"{name} {value}" for name, value in limits.items()) or "not measured") + "\n")
    columns = ("model", "depth", "tokens/s", "of the copy bandwidth", "prefill, tokens/s", "of the BF16 product rate",
               "first token after 32, ms", "load, s", "memory used / planned")
    row(*columns)
    row(*["---"] * len(columns))
    for path in sorted(folder.glob("bench_*.json")) + [folder / "peer.json"]:
        result = read(path) or {}
        first = result.get("first_token_s_after_32")
        used = result.get("used_over_planned")
        for step in result.get("decode", []):
            row(f"{result['model']} {result['type']}", step["depth"], f"{step['tokens_per_s']:.1f}",
                share(step["tokens_per_s"] * step["bytes_per_token"] / 1e9, bandwidth),
                f"{result['prefill_tokens_per_s']:.0f}", share(result["prefill_tflops"], product_rate),
                f"{1000 * first:.1f}" if first else "-", f"{result['load_s']:.1f}", f"{used:.3f}" if used else "-")


main()
