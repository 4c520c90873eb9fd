"""Reads and writes GGUF version 3 files, as far as the starter model needs it: F32 and Q8_0 tensors."""

import struct
from pathlib import Path

import numpy as np

U32, I32, F32_VALUE, BOOL, STRING, ARRAY, U64 = 4, 5, 6, 7, 8, 9, 10
SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", U32: "I", I32: "i", F32_VALUE: "f", BOOL: "?", U64: "Q", 11: "q", 12: "d"}
F32, Q8_0 = 0, 8
ALIGNMENT = 32
BLOCK = 32  # weights per Q8_0 block: one F16 scale, then 32 signed bytes


def quantise(rows: np.ndarray) -> bytes:
    """Q8_0: per block of 32 weights, scale = largest magnitude / 127."""
    blocks = rows.astype(np.float32).reshape(-1, BLOCK)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / 127
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    steps = np.rint(blocks * inverse).astype(np.int8)
    return np.concatenate([scale.astype("<f2").view(np.int8), steps], axis=1).tobytes()


def dequantise(data: bytes, count: int) -> np.ndarray:
    blocks = np.frombuffer(data, dtype=np.int8, count=count // BLOCK * (BLOCK + 2)).reshape(-1, BLOCK + 2)
    scale = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    return (blocks[:, 2:].astype(np.float32) * scale).reshape(-1)


def packed_string(text: str) -> bytes:
    data = text.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def packed_value(kind: int, value) -> bytes:
    if kind == STRING:
        return packed_string(value)
    return struct.pack("<" + SCALARS[kind], value)


class Writer:
    """Collects metadata and tensors, then writes them in the order given."""

    def __init__(self):
        self.metadata, self.tensors = [], []

    def add(self, key: str, kind: int, value):
        self.metadata.append(packed_string(key) + struct.pack("<I", kind) + packed_value(kind, value))

    def add_array(self, key: str, kind: int, values: list):
        head = packed_string(key) + struct.pack("<IIQ", ARRAY, kind, len(values))
        self.metadata.append(head + b"".join(packed_value(kind, value) for value in values))

    def add_tensor(self, name: str, values: np.ndarray, kind: int):
        """values [rows, columns] or [columns]; in the file the row length comes first."""
        data = quantise(values) if kind == Q8_0 else values.astype("<f4").tobytes()
        self.tensors.append((name, values.shape[::-1], kind, data))

    def write(self, path: Path):
        head = struct.pack("<4sIQQ", b"GGUF", 3, len(self.tensors), len(self.metadata)) + b"".join(self.metadata)
        offset = 0
        for name, shape, kind, data in self.tensors:
            head += packed_string(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)
            offset += padded(len(data))
        with path.open("wb") as file:
            file.write(head.ljust(padded(len(head)), b"\0"))
            for _, _, _, data in self.tensors:
                file.write(data.ljust(padded(len(data)), b"\0"))


def padded(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT


class Reader:
    """metadata: key -> value; tensors: name -> float32 array [rows, columns] or [columns]."""

    def __init__(self, path: Path):
        self.data, self.at = path.read_bytes(), 0
        magic, version, tensor_count, key_count = self.take("4sIQQ")
        if magic != b"GGUF" or version != 3:
            raise ValueError(f"{path}: not a GGUF version 3 file")
        self.metadata = {self.string(): self.value(self.take("I")[0]) for _ in range(key_count)}
        entries = [self.entry() for _ in range(tensor_count)]
        start = padded(self.at)
        self.tensors = {name: self.tensor(start + offset, shape, kind) for name, shape, kind, offset in entries}

    def take(self, layout: str) -> tuple:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def string(self) -> str:
        length, = self.take("Q")
        self.at += length
        return self.data[self.at - length:self.at].decode("utf-8")

    def value(self, kind: int):
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            item, count = self.take("IQ")
            return [self.value(item) for _ in range(count)]
        return self.take(SCALARS[kind])[0]

    def entry(self):
        name = self.string()
        dimensions, = self.take("I")
        shape = self.take(f"{dimensions}Q")
        return name, shape[::-1], *self.take("IQ")

    def tensor(self, start: int, shape: tuple, kind: int) -> np.ndarray:
        count = int(np.prod(shape))
        if kind == F32:
            return np.frombuffer(self.data, "<f4", count, start).reshape(shape)
        if kind == Q8_0:
            return dequantise(self.data[start:start + count // BLOCK * (BLOCK + 2)], count).reshape(shape)
        raise ValueError(f"tensor type {kind} is not read here")
