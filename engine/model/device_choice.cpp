#include "engine/model/device_choice.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string>

#include "engine/device/host_memory.h"
#include "engine/error.h"

namespace altiplano::engine {
namespace {

constexpr std::string_view kCards = "cuda:";

[[noreturn]] void refuse(std::string_view text) {
    throw Error(ErrorKind::BadArgument,
                "there is no device \"" + std::string(text) + "\", expected auto, cpu, cuda, cuda:0 or cuda:0,1");
}

std::vector<int> parse_cards(std::string_view text) {
    std::vector<int> cards;
    std::string_view rest = text.substr(kCards.size());
    while (true) {
        int card = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), card);
        if (error != std::errc() || card < 0 || std::find(cards.begin(), cards.end(), card) != cards.end()) {
            refuse(text);
        }
        cards.push_back(card);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        if (rest.empty()) {
            return cards;
        }
        if (rest.front() != ',') {
            refuse(text);
        }
        rest.remove_prefix(1);
    }
}

std::string gib(std::int64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.2f GiB", static_cast<double>(bytes) / (1 << 30));
    return text;
}

std::vector<DeviceInfo> usable_cards(const std::vector<CudaCard>& cards) {
    std::vector<DeviceInfo> usable;
    for (const CudaCard& card : cards) {
        if (card.why_not.empty()) {
            usable.push_back(card.info);
        }
    }
    return usable;
}

DeviceInfo asked_for(const std::vector<CudaCard>& cards, int index) {
    const auto found =
        std::find_if(cards.begin(), cards.end(), [index](const CudaCard& card) { return card.info.index == index; });
    if (found == cards.end()) {
        throw Error(ErrorKind::Device,
                    "there is no GPU " + std::to_string(index) + ", this machine has " + std::to_string(cards.size()));
    }
    if (!found->why_not.empty()) {
        throw Error(ErrorKind::Device,
                    found->info.label() + " (" + found->name + ") cannot be used: " + found->why_not);
    }
    return found->info;
}

}  // namespace

DeviceChoice parse_device_choice(std::string_view text) {
    if (text == "auto") {
        return {};
    }
    if (text == "cpu") {
        return {.gpus = false};
    }
    if (text == "cuda") {
        return {.required = true};
    }
    if (!text.starts_with(kCards)) {
        refuse(text);
    }
    return {.required = true, .cards = parse_cards(text)};
}

std::vector<DeviceInfo> chosen_devices(const DeviceChoice& choice, const CudaModule& cuda) {
    std::vector<DeviceInfo> devices;
    if (choice.gpus) {
        if (choice.required && !cuda.usable()) {
            throw Error(ErrorKind::Device, "no GPU can be used: " + cuda.why_not());
        }
        const std::vector<CudaCard> cards = cuda.cards();
        devices = choice.cards.empty() ? usable_cards(cards) : devices;
        for (const int index : choice.cards) {
            devices.push_back(asked_for(cards, index));
        }
        if (choice.required && devices.empty()) {
            throw Error(ErrorKind::Device,
                        "no GPU can be used: " + (cards.empty() ? "there is none" : cards.front().why_not));
        }
    }
    devices.push_back({.kind = DeviceKind::Cpu, .total_bytes = available_memory_bytes()});
    return devices;
}

void require_fit(const PlacementPlan& plan) {
    for (const Stage& stage : plan.stages) {
        for (const RankPlacement& rank : stage.ranks) {
            if (rank.free_bytes() < 0) {
                throw Error(ErrorKind::OutOfMemory, rank.device.label() + " has " + gib(rank.device.available_bytes()) +
                                                        " free, but its part of the model needs " +
                                                        gib(rank.needs.total()));
            }
        }
    }
}

}  // namespace altiplano::engine
