"""Llama 3.1's architecture in PyTorch, small: RMSNorm, SwiGLU, grouped-query attention, scaled rotary embedding."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class Config:
    vocab_size: int
    dim: int = 384
    layers: int = 6
    heads: int = 6
    kv_heads: int = 2
    head_dim: int = 64
    ffn: int = 896
    context: int = 4096
    norm_eps: float = 1e-5
    rope_base: float = 500000.0
    dropout: float = 0.1


def rope_frequencies(config: Config) -> tuple[torch.Tensor, torch.Tensor]:
    """Rotation per position of each pair, and Llama 3.1's divisors (factor 8, low 1, high 4, original 8192)."""
    frequency = config.rope_base ** (-torch.arange(0, config.head_dim, 2, dtype=torch.float64) / config.head_dim)
    turns = 8192 * frequency / (2 * math.pi)  # full turns within the original context
    smooth = ((turns - 1) / (4 - 1)).clamp(0, 1)
    scaled = (1 - smooth) * frequency / 8 + smooth * frequency
    return frequency.float(), (frequency / scaled).float()


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Rotates neighbouring pairs (2i, 2i+1). x: [batch, positions, heads, dim], cos and sin: [.., positions, 1, dim/2]"""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


def hide(visible: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """What to add to attention scores: nothing where visible, minus infinity elsewhere."""
    return torch.zeros(visible.shape, dtype=dtype).masked_fill(~visible, float("-inf"))


class RmsNorm(nn.Module):
    def __init__(self, dim: int, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x):
        return F.rms_norm(x, self.weight.shape, self.weight, self.eps)


class Attention(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.q = nn.Linear(config.dim, config.heads * config.head_dim, bias=False)
        self.k = nn.Linear(config.dim, config.kv_heads * config.head_dim, bias=False)
        self.v = nn.Linear(config.dim, config.kv_heads * config.head_dim, bias=False)
        self.output = nn.Linear(config.heads * config.head_dim, config.dim, bias=False)

    def forward(self, x, cos, sin, hidden_pairs, cache):
        batch, positions, _ = x.shape
        split = lambda t: t.view(batch, positions, -1, self.config.head_dim)
        q, k = rotate(split(self.q(x)), cos, sin).transpose(1, 2), rotate(split(self.k(x)), cos, sin).transpose(1, 2)
        v = split(self.v(x)).transpose(1, 2)
        if cache is not None:
            k, v = cache.extend(k, v)
        share = self.config.heads // self.config.kv_heads
        k, v = k.repeat_interleave(share, dim=1), v.repeat_interleave(share, dim=1)
        scores = (q / math.sqrt(self.config.head_dim)) @ k.transpose(-1, -2) + hidden_pairs
        y = scores.softmax(-1) @ v
        return self.output(y.transpose(1, 2).reshape(batch, positions, -1))


class FeedForward(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.gate = nn.Linear(config.dim, config.ffn, bias=False)
        self.up = nn.Linear(config.dim, config.ffn, bias=False)
        self.down = nn.Linear(config.ffn, config.dim, bias=False)

    def forward(self, x):
        return self.down(F.silu(self.gate(x)) * self.up(x))


class SharedDropout(nn.Module):
    """Dropout with one mask for all positions of a sequence: as good here, and far cheaper on a CPU."""

    def __init__(self, share: float):
        super().__init__()
        self.share = share

    def forward(self, x):
        if not self.training or self.share == 0:
            return x
        mask = torch.rand(x.shape[0], 1, x.shape[2]) >= self.share
        return x * (mask / (1 - self.share)).to(x.dtype)


class Block(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.attention_norm = RmsNorm(config.dim, config.norm_eps)
        self.attention = Attention(config)
        self.ffn_norm = RmsNorm(config.dim, config.norm_eps)
        self.ffn = FeedForward(config)
        self.dropout = SharedDropout(config.dropout)

    def forward(self, x, cos, sin, hidden_pairs, cache):
        x = x + self.dropout(self.attention(self.attention_norm(x), cos, sin, hidden_pairs, cache))
        return x + self.dropout(self.ffn(self.ffn_norm(x)))


class LayerCache:
    """Keys and values of one layer for all positions so far: [batch, kv_heads, positions, head_dim]."""

    def __init__(self):
        self.k = self.v = None

    def extend(self, k, v):
        self.k = k if self.k is None else torch.cat((self.k, k), dim=2)
        self.v = v if self.v is None else torch.cat((self.v, v), dim=2)
        return self.k, self.v


class Llama(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocab_size, config.dim)  # also the output matrix
        self.embedding_dropout = SharedDropout(config.dropout)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = RmsNorm(config.dim, config.norm_eps)
        frequency, divisor = rope_frequencies(config)
        angles = torch.outer(torch.arange(config.context).float(), frequency / divisor)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        self.apply(self.initialise)

    def initialise(self, module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, std=0.02)

    def new_cache(self) -> list[LayerCache]:
        return [LayerCache() for _ in self.blocks]

    def hidden(self, tokens, cache=None, first_position=0, positions=None, visible=None):
        """tokens [batch, n] -> normalised states [batch, n, dim]; the cache grows by n.

        Training may give each token its own position [batch, n] and say what it sees: visible [batch, 1, n, n].
        """
        count = tokens.shape[1]
        if positions is None:
            positions = torch.arange(first_position, first_position + count)[None]
        if visible is None:  # more than one token comes only at the beginning
            visible = torch.ones(count, count if count > 1 else 1, dtype=torch.bool).tril()
        x = self.embedding_dropout(self.embedding(tokens))
        cos, sin = (table[positions][:, :, None].to(x.dtype) for table in (self.cos, self.sin))
        hidden_pairs = hide(visible, x.dtype)
        for number, block in enumerate(self.blocks):
            x = block(x, cos, sin, hidden_pairs, cache[number] if cache else None)
        return self.norm(x)

    def logits(self, hidden):
        return F.linear(hidden, self.embedding.weight)
