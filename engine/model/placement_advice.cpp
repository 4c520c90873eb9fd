// Every offer is a plan that was made and fits.
#include "engine/model/placement_advice.h"

#include <algorithm>
#include <array>

#include "engine/device/device.h"

namespace altiplano::engine {
namespace {

constexpr std::int64_t kEndlessMemory = std::int64_t{1} << 50;
constexpr int kLeastUsefulContext = 1024;
constexpr std::array kGpuCounts = {1, 2, 4, 8, 16};

using Devices = std::vector<DeviceInfo>;

class Advice {
public:
    Advice(const WeightTable& stored, std::optional<DType> convert_to, std::span<const DeviceInfo> devices,
           const PlacementRequest& request)
        : stored_(stored),
          weights_(convert_to ? stored.converted(*convert_to) : stored),
          devices_(devices.begin(), devices.end()),
          request_(request) {}

    std::vector<PlacementChange> all() {
        if (plan_placement(weights_, devices_, request_).fits()) {
            return {};
        }
        smaller_cache();
        less_context(weights_, request_, {});
        converted();
        if (!keeps_the_context()) {
            several_at_once();
        }
        more_gpus();
        beside_cpu();
        return std::move(changes_);
    }

private:
    /// Keeps the change where it fits; whether it does.
    bool offer(const WeightTable& weights, const Devices& devices, const PlacementRequest& request,
               PlacementChange change) {
        const PlacementPlan plan = plan_placement(weights, devices, request);
        change.tightest_bytes = plan.tightest_bytes();
        if (plan.fits()) {
            changes_.push_back(change);
        }
        return plan.fits();
    }

    bool keeps_the_context() const {
        return std::any_of(changes_.begin(), changes_.end(),
                           [](const PlacementChange& change) { return !change.context; });
    }

    bool has_gpu() const {
        return std::any_of(devices_.begin(), devices_.end(),
                           [](const DeviceInfo& device) { return device.kind == DeviceKind::Gpu; });
    }

    // The CPU engine keeps no F8_E4M3.
    std::vector<DType> smaller_types() const {
        std::vector<DType> types;
        const std::int64_t now = row_bytes(request_.kv_type, weights_.config().head_dim);
        for (const DType type : {DType::F16, DType::Q8_0, DType::F8_E4M3}) {
            const bool is_possible = type != DType::F8_E4M3 || has_gpu();
            if (is_possible && row_bytes(type, weights_.config().head_dim) < now) {
                types.push_back(type);
            }
        }
        return types;
    }

    void smaller_cache() {
        for (const DType type : smaller_types()) {
            PlacementRequest request = request_;
            request.kv_type = type;
            PlacementChange change;
            change.kv_type = type;
            if (offer(weights_, devices_, request, change)) {
                return;
            }
        }
    }

    void less_context(const WeightTable& weights, PlacementRequest request, PlacementChange change) {
        const int context = largest_context(weights, devices_, request);
        if (context >= kLeastUsefulContext && context < request_.context) {
            request.context = context;
            change.context = context;
            offer(weights, devices_, request, change);
        }
    }

    /// The stored weights in this type, where that is less than now.
    std::optional<WeightTable> smaller_weights(DType type) const {
        WeightTable table = stored_.converted(type);
        return table.stored_bytes() < weights_.stored_bytes() ? std::optional(std::move(table)) : std::nullopt;
    }

    void converted() {
        for (const DType type : {DType::Q8_0, DType::F8_E4M3}) {
            const std::optional<WeightTable> smaller = smaller_weights(type);
            if (smaller && (type != DType::F8_E4M3 || has_gpu())) {
                PlacementChange change;
                change.weights = type;
                offer(*smaller, devices_, request_, change);
            }
        }
    }

    // Converted weights with a smaller cache, and if that is not enough with less context.
    void several_at_once() {
        const std::vector<DType> types = smaller_types();
        PlacementRequest request = request_;
        PlacementChange change;
        if (!types.empty()) {
            request.kv_type = types.back();
            change.kv_type = types.back();
        }
        const std::optional<WeightTable> smaller = smaller_weights(DType::Q8_0);
        if (!smaller) {
            if (change.kv_type) {
                less_context(weights_, request, change);
            }
            return;
        }
        change.weights = DType::Q8_0;
        if (!offer(*smaller, devices_, request, change)) {
            less_context(*smaller, request, change);
        }
    }

    void more_gpus() {
        if (!has_gpu()) {
            return;
        }
        DeviceInfo largest;
        for (const DeviceInfo& device : devices_) {
            largest = device.kind == DeviceKind::Gpu && device.total_bytes > largest.total_bytes ? device : largest;
        }
        for (const int count : kGpuCounts) {
            Devices cards;
            for (int i = 0; i < count; ++i) {
                cards.push_back({DeviceKind::Gpu, i, largest.total_bytes, 0});
            }
            PlacementChange change;
            change.gpus = count;
            if (offer(weights_, cards, request_, change)) {
                return;
            }
        }
    }

    void beside_cpu() {
        if (request_.kv_type == DType::F8_E4M3) {
            return;
        }
        Devices with_cpu = devices_;
        std::erase_if(with_cpu, [](const DeviceInfo& device) { return device.kind == DeviceKind::Cpu; });
        with_cpu.push_back({DeviceKind::Cpu, 0, kEndlessMemory, 0});
        const Stage cpu = plan_placement(weights_, with_cpu, request_).stages.back();
        PlacementChange change;
        change.cpu_layers = cpu.part.layer_count;
        change.cpu_bytes = cpu.ranks.front().needs.total();
        offer(weights_, with_cpu, request_, change);
    }

    const WeightTable& stored_;
    WeightTable weights_;
    Devices devices_;
    PlacementRequest request_;
    std::vector<PlacementChange> changes_;
};

}  // namespace

int largest_context(const WeightTable& weights, std::span<const DeviceInfo> devices, const PlacementRequest& request) {
    const int model = weights.config().context_length;
    const auto fits = [&](int blocks) {
        PlacementRequest tried = request;
        tried.context = std::min(blocks * kKvBlock, model);
        return plan_placement(weights, devices, tried).fits();
    };
    int low = 0, high = (model + kKvBlock - 1) / kKvBlock + 1;  // low fits or is 0, high does not
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        (fits(middle) ? low : high) = middle;
    }
    return std::min(low * kKvBlock, model);
}

std::vector<PlacementChange> changes_that_fit(const WeightTable& weights, std::span<const DeviceInfo> devices,
                                              const PlacementRequest& request, std::optional<DType> convert_to) {
    return Advice(weights, convert_to, devices, request).all();
}

}  // namespace altiplano::engine
