// What every subcommand that computes has in common: the model, its threads, its device, the loading.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "engine/model/model.h"
#include "engine/model/session.h"
#include "engine/model/speculation.h"

namespace altiplano::engine::tools {

struct ModelOptions {
    std::filesystem::path path;
    int threads = 0;
    std::string device = "auto";
    std::string split = "auto";
    bool direct_ways = true;
    std::string kv_type = "f16";
    std::string convert;
};

struct SpeculationOptions {
    bool on = true;
    std::filesystem::path draft_model;
};

/// MODEL, --threads, --device, --split, --no-direct-ways and --convert.
void add_model_options(CLI::App& command, ModelOptions& options);
/// --split.
void add_split_option(CLI::App& command, std::string& split);
Split parse_split(const std::string& text);
/// --kv.
void add_kv_option(CLI::App& command, ModelOptions& options);

/// Of a session with that context, 0 = the model's, at most 8,192.
SessionOptions session_options(const ModelOptions& options, int context);

/// The whole model, for a session with these options; shows its progress where standard error is a terminal, and says
/// there where the processor computes what GPUs have no room for. Throws Error.
std::shared_ptr<const Model> load_model(const ModelOptions& options, const SessionOptions& session);

/// --speculate, --no-speculate and --draft-model.
void add_speculation_options(CLI::App& command, SpeculationOptions& options);

/// Null where it is off. Loads the draft model, if any, to compute as the model does. Throws Error.
std::unique_ptr<Speculation> make_speculation(const SpeculationOptions& options, const ModelOptions& model_options,
                                              const Session& session);

/// Throws Error(BadArgument) for a type that is none.
DType parse_kv_type(const std::string& name);

/// fp8, q8_0 or bf16; empty where nothing is to be converted.
std::optional<DType> parse_conversion(const std::string& name);

}  // namespace altiplano::engine::tools
