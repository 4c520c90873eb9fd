// A model cut into checkpoints, one for each of the GPUs it was made for: consolidated.00.pth and so on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/weights/torch_checkpoint.h"
#include "engine/weights/weight_source.h"

namespace altiplano::engine {

/// How a weight is cut: every shard has as many of its rows, as many of its columns, or a copy of the whole.
enum class ShardSplit { Rows, Columns, None };

/// All files of a model, open.
struct MetaFiles {
    std::vector<TorchCheckpoint> shards;
    std::vector<TorchCheckpoint> scales;  ///< of the rows of each shard's 8-bit weights; empty where there are none
};

/// Each shard of an 8-bit weight has scales of its own. Where it is cut by columns, a whole row has several, so it is
/// handed out as BF16, or part by part.
struct ShardedWeight {
    std::string name;  ///< the same in every shard
    ShardSplit split = ShardSplit::None;
    DType stored = DType::BF16;  ///< in the shards; whole.type is what its rows are handed out as
    WeightInfo whole;
    std::vector<std::int64_t> offsets;        ///< of its slice, in the file of each shard
    std::vector<std::int64_t> scale_offsets;  ///< of its row scales, in each file of scales; empty where it has none
};

/// "consolidated.03.pth"
std::string meta_shard_name(int index);

/// All consolidated.NN.pth of the folder, in order, and, where their weights have 8 bits, fp8_scales_N.pt of each.
/// Throws Error(BadFile) where there is none or a number is left out.
MetaFiles open_meta_files(const std::filesystem::path& folder);

/// Fills out with whole rows from first_row on, whichever shards they lie in. Throws Error(Io, BadArgument), and
/// Error(BadFile) where the copies of a vector belong to different models. Any thread.
void read_sharded_rows(const MetaFiles& files, const ShardedWeight& weight, std::int64_t first_row,
                       std::span<std::byte> out);

/// The row scales of a weight that is handed out with them. Throws as well where one is no finite number.
void read_sharded_scales(const MetaFiles& files, const ShardedWeight& weight, std::int64_t first_row,
                         std::span<float> out);

/// The same of one shard of an 8-bit weight that is cut by columns.
void read_column_part(const MetaFiles& files, const ShardedWeight& weight, int part, std::int64_t first_row,
                      std::span<std::byte> out);
void read_part_scales_of(const MetaFiles& files, const ShardedWeight& weight, int part, std::int64_t first_row,
                         std::span<float> out);

}  // namespace altiplano::engine
