// The device's memory, its stream and its records. The operations are in cuda_operations.cpp.
#include "engine/device/cuda/cuda_device.h"

#include <algorithm>
#include <cstring>

#include "engine/device/cuda/card.h"
#include "engine/device/cuda/cards.h"
#include "engine/device/cuda/cuda_error.h"
#include "engine/device/cuda/record.h"
#include "engine/error.h"

namespace altiplano::engine::cuda {
namespace {

constexpr std::int64_t kBounceBytes = std::int64_t{1} << 20;  // a row of logits of Llama 3.1 is half of it
constexpr int kRowScaledMajor = 9;  // cuBLASLt's FP8 products with a scale for each row begin with Hopper

int attribute(cudaDeviceAttr which, int card) {
    int value = 0;
    check(cudaDeviceGetAttribute(&value, which, card), "asking for the card's properties");
    return value;
}

// Chooses it, too.
int checked(int card) {
    const CudaProbe found = probe();
    if (!found.failure.empty()) {
        int count = 0;
        check(cudaGetDeviceCount(&count), "counting the GPUs");  // where a card was lost, that counts
    }
    if (card < 0 || card >= found.cards) {
        throw Error(ErrorKind::Device,
                    "there is no GPU " + std::to_string(card) + ": " +
                        (found.failure.empty() ? std::to_string(found.cards) + " are there" : found.failure));
    }
    use_card(card);
    const int major = attribute(cudaDevAttrComputeCapabilityMajor, card);
    if (major < kLeastMajor) {
        throw Error(ErrorKind::Unsupported, "GPU " + std::to_string(card) + " has compute capability " +
                                                std::to_string(major) + "." +
                                                std::to_string(attribute(cudaDevAttrComputeCapabilityMinor, card)) +
                                                ", " + std::to_string(kLeastMajor) + ".0 or newer is needed");
    }
    return card;
}

WorkSizes larger(const WorkSizes& a, const WorkSizes& b) {
    return {.rows = std::max(a.rows, b.rows),
            .head_dim = std::max(a.head_dim, b.head_dim),
            .dim = std::max(a.dim, b.dim),
            .q_width = std::max(a.q_width, b.q_width),
            .kv_width = std::max(a.kv_width, b.kv_width),
            .ffn_width = std::max(a.ffn_width, b.ffn_width),
            .tile_bytes = std::max(a.tile_bytes, b.tile_bytes),
            .context = std::max(a.context, b.context)};
}

}  // namespace

CudaDevice::CudaDevice(int card)
    : card_(checked(card)),
      shape_{attribute(cudaDevAttrMultiProcessorCount, card), attribute(cudaDevAttrMaxSharedMemoryPerBlockOptin, card)},
      stream_(make_stream()),
      placing_(std::make_unique<Placing>(card)),
      products_(std::make_unique<Products>(attribute(cudaDevAttrComputeCapabilityMajor, card) >= kRowScaledMajor,
                                           stream_.get())),
      bounce_(make_pinned(kBounceBytes, "reading from the GPU")) {
    for (Sending& sending : sendings_) {
        sending = {make_pinned(kBounceBytes, "writing to the GPU"), make_event()};
    }
    for (Event& pace : paces_) {
        pace = make_event();
    }
}

// What is under way uses the memory that goes now.
CudaDevice::~CudaDevice() {
    cudaSetDevice(card_);
    cudaStreamSynchronize(stream_.get());
}

DeviceMemory CudaDevice::reserve(std::int64_t bytes, const std::string& what) {
    return reserve_on_card(card_, bytes, what);
}

void CudaDevice::prepare(const WorkSizes& sizes) {
    placing_->finish();
    const WorkSizes wanted = larger(sizes_, sizes);
    const GpuScratch scratch = gpu_scratch(wanted);
    if (memory_.size() > 0 && scratch.total == scratch_.total && wanted.rows == sizes_.rows) {
        return;
    }
    DeviceMemory memory =
        reserve(scratch.total, "the work space for " + std::to_string(wanted.rows) + " tokens at once");
    StepState step(wanted.rows, wanted.head_dim, memory.data() + scratch.step);
    check(cudaStreamSynchronize(stream_.get()), "preparing the GPU");
    products_->use_scratch(scratch, memory.data());
    memory_ = std::move(memory);
    step_ = std::move(step);
    scratch_ = scratch;
    sizes_ = wanted;
    ++preparation_;
}

// Through pinned memory: of any other, CUDA does not say when it has read it.
void CudaDevice::write(std::byte* to, std::span<const std::byte> from) {
    use_card(card_);
    for (std::size_t done = 0; done < from.size();) {
        Sending& sending = sendings_[next_sending_];
        next_sending_ = 1 - next_sending_;
        const std::size_t count = std::min(from.size() - done, static_cast<std::size_t>(kBounceBytes));
        check(cudaEventSynchronize(sending.sent.get()), "copying to the GPU");
        std::memcpy(sending.memory.get(), from.data() + done, count);
        check(cudaMemcpyAsync(to + done, sending.memory.get(), count, cudaMemcpyHostToDevice, stream_.get()),
              "copying to the GPU");
        check(cudaEventRecord(sending.sent.get(), stream_.get()), "copying to the GPU");
        done += count;
    }
}

void CudaDevice::read(std::span<std::byte> to, const std::byte* from) {
    use_card(card_);
    for (std::size_t done = 0; done < to.size();) {
        const std::size_t count = std::min(to.size() - done, static_cast<std::size_t>(kBounceBytes));
        check(cudaMemcpyAsync(bounce_.get(), from + done, count, cudaMemcpyDeviceToHost, stream_.get()),
              "copying from the GPU");
        check(cudaStreamSynchronize(stream_.get()), "computing on the GPU");
        std::memcpy(to.data() + done, bounce_.get(), count);
        done += count;
    }
}

std::int64_t CudaDevice::placed_bytes(DType type, std::int64_t rows, std::int64_t cols) const noexcept {
    return rows * row_bytes(type, cols);
}

void CudaDevice::place_rows(const PlacedMatrix& target, std::int64_t first, std::span<const std::byte> rows) const {
    placing_->place(target, first, rows);
}

void CudaDevice::begin(const Step& step) {
    use_card(card_);
    placing_->finish();
    step_.begin(step, stream_.get());
}

void CudaDevice::run(std::unique_ptr<Record>& record, const std::function<void()>& operations) {
    if (step_.rows() > kLogitRows) {
        operations();
        return;
    }
    use_card(card_);
    if (!record) {
        record = std::make_unique<CudaRecord>(card_);
    }
    static_cast<CudaRecord&>(*record).run(step_.rows(), preparation_, stream_.get(), operations);
}

void CudaDevice::pace(std::int64_t rows) {
    if (rows <= kLogitRows) {
        return;
    }
    cudaEvent_t event = paces_[next_pace_].get();
    next_pace_ = (next_pace_ + 1) % kUnderWay;
    check(cudaEventSynchronize(event), "computing on the GPU");
    check(cudaEventRecord(event, stream_.get()), "computing on the GPU");
}

}  // namespace altiplano::engine::cuda
