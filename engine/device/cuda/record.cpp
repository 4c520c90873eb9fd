#include "engine/device/cuda/record.h"

#include "engine/device/cuda/cuda_error.h"

namespace altiplano::engine::cuda {
namespace {

thread_local bool repeats = false;

struct Repeating {
    Repeating() { repeats = true; }
    ~Repeating() { repeats = false; }
    Repeating(const Repeating&) = delete;
    Repeating& operator=(const Repeating&) = delete;
};

// Other threads may make CUDA calls meanwhile. Whatever happens, the stream does not stay in the capture.
Graph capture(cudaStream_t stream, const std::function<void()>& operations) {
    check(cudaStreamBeginCapture(stream, cudaStreamCaptureModeRelaxed), "recording a step");
    cudaGraph_t graph = nullptr;
    try {
        operations();
    } catch (...) {
        cudaStreamEndCapture(stream, &graph);
        Graph(graph).reset();
        cudaGetLastError();
        throw;
    }
    check(cudaStreamEndCapture(stream, &graph), "recording a step");
    return Graph(graph);
}

// Nothing where the card has no room for it.
Executable make_ready(const Graph& graph, cudaStream_t stream) {
    cudaGraphExec_t made = nullptr;
    cudaError_t status = cudaGraphInstantiate(&made, graph.get(), 0);
    Executable executable(status == cudaSuccess ? made : nullptr);
    if (executable) {
        status = cudaGraphUpload(executable.get(), stream);
    }
    if (status == cudaErrorMemoryAllocation) {
        cudaGetLastError();
        return nullptr;
    }
    check(status, "making a recorded step ready");
    return executable;
}

}  // namespace

CudaRecord::~CudaRecord() {
    cudaSetDevice(card_);
}

void CudaRecord::run(int rows, int preparation, cudaStream_t stream, const std::function<void()>& operations) {
    const bool is_known = rows == rows_ && preparation == preparation_;
    if (is_known && is_recorded_) {
        repeat(stream, operations);
        return;
    }
    check(cudaStreamSynchronize(stream), "computing on the GPU");  // the driver, too, may wait for all of it now
    if (is_known) {
        graph_ = make_ready(capture(stream, operations), stream);
        operations();
        is_recorded_ = true;
    } else {
        graph_.reset();
        is_recorded_ = false;
        operations();
        rows_ = rows;
        preparation_ = preparation;
    }
}

void CudaRecord::repeat(cudaStream_t stream, const std::function<void()>& operations) const {
    if (graph_) {
        check(cudaGraphLaunch(graph_.get(), stream), "launching a recorded step");
        return;
    }
    const Repeating repeating;
    operations();
}

bool is_repeating() noexcept {
    return repeats;
}

}  // namespace altiplano::engine::cuda
