#include "engine/device/cuda/record.h"

#include "engine/device/cuda/cuda_error.h"

namespace altiplano::engine::cuda {
namespace {

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
    const cudaError_t status = cudaGraphInstantiate(&made, graph.get(), 0);
    if (status == cudaErrorMemoryAllocation) {
        cudaGetLastError();
        return nullptr;
    }
    check(status, "making a recorded step ready");
    Executable executable(made);
    check(cudaGraphUpload(executable.get(), stream), "making a recorded step ready");
    return executable;
}

}  // namespace

void CudaRecord::run(int rows, int preparation, cudaStream_t stream, const std::function<void()>& operations) {
    if (rows != rows_ || preparation != preparation_) {
        graph_.reset();
        operations();
        rows_ = rows;
        preparation_ = preparation;
        has_room_ = true;
        return;
    }
    if (graph_) {
        check(cudaGraphLaunch(graph_.get(), stream), "launching a recorded step");
        return;
    }
    if (has_room_) {
        graph_ = make_ready(capture(stream, operations), stream);
        has_room_ = graph_ != nullptr;
    }
    operations();
}

}  // namespace altiplano::engine::cuda
