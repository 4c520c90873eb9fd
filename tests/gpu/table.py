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


def percent(value):
    return f"{100 * value:.0f} %" if value else "-"


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def main():
    folder = pathlib.Path(sys.argv[1])
    limits = read(folder / "limits.json") or {}
    print("\nthis card: " + (", ".join(f"{name} {value}" for name, value in limits.items()) or "not measured") + "\n")
    columns = ("model", "depth", "tokens/s", "of the copy bandwidth", "prefill, tokens/s", "of the BF16 product rate",
               "first token after 32, ms", "load, s", "memory used / planned")
    row(*columns)
    row(*["---"] * len(columns))
    for path in sorted(folder.glob("bench_*.json")) + [folder / "peer.json"]:
        result = read(path)
        for step in (result or {}).get("decode", []):
            row(result["model"] + " " + result["type"], step["depth"], f"{step['tokens_per_s']:.1f}", percent(step.get("of_bandwidth")),
                f"{result['prefill_tokens_per_s']:.0f}", percent(result.get("prefill_of_product_rate")),
                f"{1000 * result.get('first_token_s_after_32', 0):.1f}", f"{result.get('load_s', 0):.1f}",
                f"{result['used_over_planned']:.3f}" if "used_over_planned" in result else "-")


main()
