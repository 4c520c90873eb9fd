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

Executable instantiate(const Graph& graph) {
    cudaGraphExec_t executable = nullptr;
    check(cudaGraphInstantiate(&executable, graph.get(), 0), "making a recorded step ready");
    return Executable(executable);
}

}  // namespace

void CudaRecord::run(int rows, int preparation, cudaStream_t stream, const std::function<void()>& operations) {
    if (rows != rows_ || preparation != preparation_) {
        graph_.reset();
        operations();
        rows_ = rows;
        preparation_ = preparation;
        return;
    }
    if (!graph_) {
        Executable made = instantiate(capture(stream, operations));
        check(cudaGraphUpload(made.get(), stream), "making a recorded step ready");
        graph_ = std::move(made);
    }
    check(cudaGraphLaunch(graph_.get(), stream), "launching a recorded step");
}

}  // namespace altiplano::engine::cuda
