"""Writes what train.py left in FOLDER as a Q8_0 GGUF file: python export_gguf.py FOLDER OUT.gguf"""

import json
import sys
from pathlib import Path

import torch

from chat_format import SPECIAL_TOKENS
from gguf_file import F32, F32_VALUE, I32, Q8_0, STRING, U32, Writer
from model import Config, rope_frequencies

NORMAL, CONTROL = 1, 3  # token types
ALL_Q8_0 = 7            # general.file_type

# For programs that execute a file's template; Altiplano never does.
TEMPLATE = """\
{%- if not date_string is defined %}{% set date_string = "26 Jul 2024" %}{% endif -%}
{%- set system = "" -%}
{%- if messages[0]["role"] == "system" -%}
{%- set system = messages[0]["content"] | trim %}{% set messages = messages[1:] -%}
{%- endif -%}
{{- bos_token + "<|start_header_id|>system<|end_header_id|>\\n\\n" -}}
{{- "Cutting Knowledge Date: December 2023\\nToday Date: " + date_string + "\\n\\n" + system + "<|eot_id|>" -}}
{%- for message in messages -%}
{{- "<|start_header_id|>" + message["role"] + "<|end_header_id|>\\n\\n" + message["content"] | trim + "<|eot_id|>" -}}
{%- endfor -%}
{%- if add_generation_prompt %}{{ "<|start_header_id|>assistant<|end_header_id|>\\n\\n" }}{% endif -%}
"""

# Name in the file <- name in model.py, per block.
BLOCK_MATRICES = {
    "attn_q": "attention.q", "attn_k": "attention.k", "attn_v": "attention.v", "attn_output": "attention.output",
    "ffn_gate": "ffn.gate", "ffn_up": "ffn.up", "ffn_down": "ffn.down",
}
BLOCK_NORMS = {"attn_norm": "attention_norm", "ffn_norm": "ffn_norm"}


def add_description(writer: Writer, config: Config):
    writer.add("general.architecture", STRING, "llama")
    writer.add("general.name", STRING, "Altiplano Starter")
    writer.add("general.description", STRING, "A tiny guide that explains Altiplano and knows nothing else")
    writer.add("general.license", STRING, "apache-2.0")
    writer.add("general.file_type", U32, ALL_Q8_0)
    writer.add("general.quantization_version", U32, 2)
    writer.add("llama.context_length", U32, config.context)
    writer.add("llama.embedding_length", U32, config.dim)
    writer.add("llama.block_count", U32, config.layers)
    writer.add("llama.feed_forward_length", U32, config.ffn)
    writer.add("llama.attention.head_count", U32, config.heads)
    writer.add("llama.attention.head_count_kv", U32, config.kv_heads)
    writer.add("llama.attention.layer_norm_rms_epsilon", F32_VALUE, config.norm_eps)
    writer.add("llama.rope.dimension_count", U32, config.head_dim)
    writer.add("llama.rope.freq_base", F32_VALUE, config.rope_base)
    writer.add("llama.vocab_size", U32, config.vocab_size)


def add_tokenizer(writer: Writer, tokenizer: dict):
    """Tokens keep the byte-to-letter spelling that GPT-2 introduced, in which tokenizer.json has them too."""
    vocabulary = sorted(tokenizer["vocab"], key=tokenizer["vocab"].get)
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in tokenizer["merges"]]
    special = {name: len(vocabulary) + n for n, name in enumerate(SPECIAL_TOKENS)}
    writer.add("tokenizer.ggml.model", STRING, "gpt2")
    writer.add("tokenizer.ggml.pre", STRING, "llama-bpe")
    writer.add_array("tokenizer.ggml.tokens", STRING, vocabulary + SPECIAL_TOKENS)
    writer.add_array("tokenizer.ggml.token_type", I32, [NORMAL] * len(vocabulary) + [CONTROL] * len(SPECIAL_TOKENS))
    writer.add_array("tokenizer.ggml.merges", STRING, merges)
    writer.add("tokenizer.ggml.bos_token_id", U32, special["<|begin_of_text|>"])
    writer.add("tokenizer.ggml.eos_token_id", U32, special["<|eot_id|>"])
    writer.add("tokenizer.ggml.eot_token_id", U32, special["<|eot_id|>"])
    writer.add("tokenizer.ggml.padding_token_id", U32, special["<|finetune_right_pad_id|>"])
    writer.add("tokenizer.chat_template", STRING, TEMPLATE)


def add_tensors(writer: Writer, config: Config, weights: dict):
    """The output matrix is the embedding, so the file has none of its own. Q and K rows are in interleaved pairs."""
    values = {name: tensor.float().numpy() for name, tensor in weights.items()}
    writer.add_tensor("token_embd.weight", values["embedding.weight"], Q8_0)
    writer.add_tensor("rope_freqs.weight", rope_frequencies(config)[1].numpy(), F32)
    for number in range(config.layers):
        for theirs, ours in BLOCK_NORMS.items():
            writer.add_tensor(f"blk.{number}.{theirs}.weight", values[f"blocks.{number}.{ours}.weight"], F32)
        for theirs, ours in BLOCK_MATRICES.items():
            writer.add_tensor(f"blk.{number}.{theirs}.weight", values[f"blocks.{number}.{ours}.weight"], Q8_0)
    writer.add_tensor("output_norm.weight", values["norm.weight"], F32)


def main(folder: Path, out: Path):
    trained = torch.load(folder / "model.pt", map_location="cpu", weights_only=True)
    config = Config(**trained["config"])
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    writer = Writer()
    add_description(writer, config)
    add_tokenizer(writer, tokenizer)
    add_tensors(writer, config, trained["weights"])
    writer.write(out)
    print(f"{out}: {out.stat().st_size:,} bytes, trained {trained['step']} steps")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
