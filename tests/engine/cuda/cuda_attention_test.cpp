// Attention on CUDA against the softmax in double precision over what the cache holds: by parts, by rows and plain.
#include <gtest/gtest.h>
#include <string>

#include "engine/kernels/cuda/attention.h"
#include "tests/engine/cuda/card_cache.h"

namespace altiplano::engine::cuda {
namespace {

constexpr int kMany = 10000;  // multiprocessors: whatever can goes by parts
constexpr int kFew = 1;       // only what must

/// What a query of F16 and weights of F16 leave of a result.
double tolerance(DType type) {
    return type == DType::F32 ? 1e-5 : 4e-3;
}

struct Shape {
    CacheShape cache;
    int heads;
    int group() const { return heads / cache.kv_heads; }
    std::int64_t q_width() const { return std::int64_t{heads} * cache.head_dim; }
    std::string words() const {
        return std::string(name(cache.type)) + ", " + std::to_string(heads) + " heads over " +
               std::to_string(cache.kv_heads) + ", " + std::to_string(cache.head_dim) + " wide";
    }
};

/// Tokens [0, last) in a cache whose other bytes are no numbers.
struct Conversation {
    Conversation(const Shape& of, int tokens, unsigned seed) : shape(of), cache(of.cache, 0xFF), count(tokens) {
        std::mt19937 random(seed);
        q = reference::random_values(count * shape.q_width(), random);
        const auto keys = reference::random_values(count * shape.cache.width(), random);
        const auto values = reference::random_values(count * shape.cache.width(), random);
        for (float& number : q) {
            number *= 4;  // weights that differ
        }
        for (int p = 0; p < count; ++p) {
            cache.store(p, keys.data() + p * shape.cache.width(), values.data() + p * shape.cache.width());
        }
    }

    /// Rows [first, first + n) of the queries, with the cache as it is.
    std::vector<float> attend(int first, int n, int multiprocessors) const {
        const DeviceArray<std::byte> memory(cache.bytes);
        const auto from = q.begin() + first * shape.q_width();
        const DeviceArray<float> queries(std::vector<float>(from, from + n * shape.q_width()));
        const DeviceArray<float> out(std::vector<float>(queries.size(), NAN));
        const DeviceArray<int> position(std::vector<int>{first});
        const std::int64_t partial_bytes =
            attention_partial_bytes(shape.heads, shape.cache.kv_heads, shape.cache.head_dim);
        const DeviceArray<std::byte> partials(
            std::vector<std::byte>(static_cast<std::size_t>(partial_bytes), std::byte{0xFF}));
        AttentionCall call;
        call.q = queries.get();
        call.out = out.get();
        call.n = n;
        call.heads = shape.heads;
        call.first = position.get();
        call.partials = reinterpret_cast<float*>(partials.get());
        call.multiprocessors = multiprocessors;
        launch_attention(cache.view(memory.get()), call, nullptr);
        return out.values();
    }

    /// Looks at every step'th row of a result that began at first.
    void check(const std::vector<float>& out, int first, int step, const std::string& what) const {
        const auto width = static_cast<std::size_t>(shape.cache.head_dim);
        const int rows = static_cast<int>(static_cast<std::int64_t>(out.size()) / shape.q_width());
        for (int row = rows - 1; row >= 0; row -= step) {
            for (int head = row % 3; head < shape.heads; head += 3) {
                const std::int64_t at = head * std::int64_t{shape.cache.head_dim};
                const std::span<const float> query(q.data() + (first + row) * shape.q_width() + at, width);
                const std::span<const float> got(out.data() + row * shape.q_width() + at, width);
                const auto expected = exact_attention(cache, head / shape.group(), query, first + row + 1);
                EXPECT_LT(reference::relative_error(got, expected), tolerance(shape.cache.type))
                    << shape.words() << ", " << what << ", row " << row << " from " << first << ", head " << head;
            }
        }
    }

    Shape shape;
    CacheBytes cache;
    int count;
    std::vector<float> q;
};

constexpr DType kTypes[] = {DType::F16, DType::Q8_0, DType::F8_E4M3, DType::F32};

TEST(CudaAttention, followsTheSoftmaxForFewTokens) {
    for (const DType type : kTypes) {
        const Shape shape = {{type, 2, 64, 1088}, 8};
        const Conversation talk(shape, 1016, 1);
        for (const int first : {0, 1, 31, 63, 64, 130, 1000}) {
            for (const int n : {1, 5, 16}) {
                // With three multiprocessors a part takes several spans.
                talk.check(talk.attend(first, n, n == 5 ? 3 : kMany), first, 3, "few");
            }
        }
    }
}

TEST(CudaAttention, followsTheSoftmaxForManyTokens) {
    for (const DType type : kTypes) {
        const Shape shape = {{type, 1, 64, 1280}, 4};
        const Conversation talk(shape, 1257, 2);
        for (const int first : {0, 31, 1000}) {
            for (const int n : {17, 100, 257}) {
                if (type == DType::F32 && n > 17) {
                    continue;  // each row for itself: more say no more
                }
                talk.check(talk.attend(first, n, kFew), first, 47, "by rows");
            }
        }
        talk.check(talk.attend(300, 100, kMany), 300, 29, "in several calls by parts");
    }
}

TEST(CudaAttention, takesEveryWidthAndEveryNumberOfHeadsThatShare) {
    int turn = 0;
    for (const int group : {1, 2, 3, 4, 8, 16}) {
        for (const int head_dim : {32, 64, 96, 128, 160}) {
            if (++turn % 2 == 0) {
                continue;  // each width with three groups, each group with two widths or three
            }
            const Shape shape = {{kTypes[turn / 2 % 3], 2, head_dim, 320}, 2 * group};
            const Conversation talk(shape, 300, static_cast<unsigned>(turn));
            talk.check(talk.attend(299, 1, kMany), 299, 1, "one token");
            talk.check(talk.attend(250, 7, kMany), 250, 2, "seven tokens");
            talk.check(talk.attend(200, 20, kFew), 200, 7, "by rows");
        }
    }
}

TEST(CudaAttention, aTokenHasTheSameBitsInEveryGuess) {
    for (const DType type : kTypes) {
        for (const int heads : {10, 16}) {
            const Shape shape = {{type, 2, 32, 448}, heads};
            const Conversation talk(shape, 400, 3);
            for (const int first : {0, 250, 384}) {
                const std::vector<float> together = talk.attend(first, 16, 4);
                for (const int n : {1, 2, 7, 15}) {
                    for (int row = 0; row + n <= 16; row += n) {
                        const std::vector<float> part = talk.attend(first + row, n, 4);
                        EXPECT_TRUE(std::equal(part.begin(), part.end(), together.begin() + row * shape.q_width()))
                            << shape.words() << ", rows from " << row << " of 16 from " << first;
                    }
                }
            }
        }
    }
}

TEST(CudaAttention, aTokenHasTheSameBitsBesideAnyOthersInAPrompt) {
    for (const DType type : kTypes) {
        const Shape shape = {{type, 1, 64, 320}, 3};
        Conversation talk(shape, 300, 4);
        const std::vector<float> whole = talk.attend(100, 200, kFew);
        EXPECT_EQ(talk.attend(100, 200, kFew), whole);
        const std::vector<float> part = talk.attend(220, 80, kFew);
        EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + 120 * shape.q_width())) << shape.words();
    }
}

/// A later token's broken values do not reach an earlier one of the same call, and all that see them show it.
TEST(CudaAttention, whatIsBrokenShowsWhereItIsSeenAndNowhereElse) {
    for (const DType type : kTypes) {
        for (const auto& [first, n] : {std::pair(70, 9), {70, 60}, {76, 60}}) {  // from 76 on some rows see 64 to 95
            const Shape shape = {{type, 2, 64, 192}, 8};
            Conversation talk(shape, 160, 5);
            const std::vector<float> sound = talk.attend(first, n, kFew);
            std::vector<float> key(128, 0.5F), value(128, 0.5F);
            value[70] = NAN;  // of the second key-value head
            talk.cache.store(first + 5, key.data(), value.data());
            const std::vector<float> got = talk.attend(first, n, kFew);
            for (std::size_t i = 0; i < got.size(); ++i) {
                const bool sees = i >= 5 * 512;
                const std::string where = shape.words() + ", " + std::to_string(n) + " tokens from " +
                                          std::to_string(first) + ", number " + std::to_string(i);
                if (!sees) {
                    EXPECT_EQ(got[i], sound[i]) << where;
                } else if (i % 512 == 256 + 6) {
                    EXPECT_TRUE(std::isnan(got[i])) << where;
                }
            }
        }
    }
}

TEST(CudaAttention, sharesPositionsOutToAllMultiprocessors) {
    EXPECT_EQ(attention_parts(8, 131072, 132), 33);
    EXPECT_EQ(attention_parts(1, 131072, 132), 128);
    EXPECT_EQ(attention_parts(8, 300, 132), 3);
    EXPECT_EQ(attention_parts(64, 131072, 16), 1);
    EXPECT_EQ(attention_partial_bytes(32, 8, 128), std::int64_t{4} * 16 * 32 * 64 * 130);
}

}  // namespace
}  // namespace altiplano::engine::cuda
