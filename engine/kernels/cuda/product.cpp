// From an operation of the device to tasks of the product kernel, one for each type of weights.
#include "engine/kernels/cuda/product.h"

#include <array>
#include <cassert>

#include "engine/kernels/cuda/product_task.h"
#include "engine/kernels/cuda/with_type.h"

namespace altiplano::engine::cuda {
namespace {

void run(DType type, const ProductTask& task, const Card& card, cudaStream_t stream) {
    with_type(type, [&]<typename Constant>(Constant) { run_product<Constant::kType>(task, card, stream); });
}

void add_part(ProductTask& task, ProductPart part, const PlacedMatrix& weight) {
    assert(task.part_count < kMostParts && weight.cols == task.cols);
    part.rows = static_cast<int>(weight.rows);
    part.pairs = part.stride == 1 ? part.rows : (part.rows + 1) / 2;
    task.pairs += part.pairs;
    part.end_pair = task.pairs;
    task.parts[task.part_count++] = part;
}

/// Neighbouring rows of one matrix make a pair.
void add_matrix(ProductTask& task, const PlacedMatrix& weight, float* out, Outcome outcome) {
    const WeightPlanes planes = weight_planes(weight);
    add_part(task, {.first = planes, .second = planes, .out = out, .outcome = outcome}, weight);
}

ProductTask task_of(Rows x, const PlacedMatrix& weight) {
    ProductTask task;
    task.x = x.x;
    task.n = x.n;
    task.cols = static_cast<int>(weight.cols);
    return task;
}

ProductTask task_of(Rows x, const Norm& norm, const PlacedMatrix& weight) {
    ProductTask task = task_of(x, weight);
    task.norm = norm.weight;
    task.eps = norm.eps;
    return task;
}

struct MatrixOut {
    const PlacedMatrix& weight;
    float* out;
    Outcome outcome;
    bool launched = false;
};

/// One launch for each type among the matrices. task: all but the parts.
void run_by_type(const ProductTask& task, std::array<MatrixOut, kMostParts> all, const Card& card,
                 cudaStream_t stream) {
    for (const MatrixOut& first : all) {
        if (first.launched) {
            continue;
        }
        ProductTask of_type = task;
        for (MatrixOut& one : all) {
            if (!one.launched && one.weight.type == first.weight.type) {
                add_matrix(of_type, one.weight, one.out, one.outcome);
                one.launched = true;
            }
        }
        run(first.weight.type, of_type, card, stream);
    }
}

}  // namespace

void launch_product(const Card& card, Rows x, const PlacedMatrix& weight, float* out, cudaStream_t stream) {
    ProductTask task = task_of(x, weight);
    add_matrix(task, weight, out, Outcome::Store);
    run(weight.type, task, card, stream);
}

void launch_product_add(const Card& card, Rows x, const PlacedMatrix& weight, float* sum, cudaStream_t stream) {
    ProductTask task = task_of(x, weight);
    add_matrix(task, weight, sum, Outcome::Add);
    run(weight.type, task, card, stream);
}

void launch_norm_product(const Card& card, Rows x, const Norm& norm, const PlacedMatrix& weight, float* out,
                         cudaStream_t stream) {
    ProductTask task = task_of(x, norm, weight);
    add_matrix(task, weight, out, Outcome::Store);
    run(weight.type, task, card, stream);
}

void launch_qkv(const Card& card, Rows x, const Norm& norm, const QkvWeights& weights, const Rotation& rotation,
                const QkvOut& out, cudaStream_t stream) {
    ProductTask task = task_of(x, norm, weights.q);
    task.angles = rotation.angles;
    task.head_dim = rotation.head_dim;
    run_by_type(task,
                {{{weights.q, out.q, Outcome::Rotate},
                  {weights.k, out.k, Outcome::Rotate},
                  {weights.v, out.v, Outcome::Store}}},
                card, stream);
}

void launch_qkv_to_cache(const Card& card, Rows x, const Norm& norm, const QkvWeights& weights,
                         const Rotation& rotation, float* q, const KvCache& cache, const int* first,
                         cudaStream_t stream) {
    assert(takes_single_numbers(cache.type));
    ProductTask task = task_of(x, norm, weights.q);
    task.angles = rotation.angles;
    task.head_dim = rotation.head_dim;
    task.cache = cache;
    task.first = first;
    run_by_type(task,
                {{{weights.q, q, Outcome::Rotate},
                  {weights.k, nullptr, Outcome::ToKeys},
                  {weights.v, nullptr, Outcome::ToValues}}},
                card, stream);
}

void launch_gate_up(const Card& card, Rows x, const Norm& norm, const PlacedMatrix& gate, const PlacedMatrix& up,
                    float* out, cudaStream_t stream) {
    assert(gate.rows == up.rows);
    if (gate.type == up.type) {
        ProductTask task = task_of(x, norm, gate);
        add_part(task,
                 {.first = weight_planes(gate),
                  .second = weight_planes(up),
                  .out = out,
                  .outcome = Outcome::GateTimesUp,
                  .stride = 1,
                  .apart = 0},
                 gate);
        return run(gate.type, task, card, stream);
    }
    launch_norm_product(card, x, norm, gate, out, stream);
    ProductTask task = task_of(x, norm, up);
    add_matrix(task, up, out, Outcome::TimesSiluOut);
    run(up.type, task, card, stream);
}

}  // namespace altiplano::engine::cuda
