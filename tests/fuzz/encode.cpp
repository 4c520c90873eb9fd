// Any bytes as text: the tokens spell exactly them, none is special, and streaming them gives valid UTF-8.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/text/tokenizer.h"
#include "engine/text/utf8.h"

using namespace altiplano::engine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Tokenizer tokenizer(read_tokenizer_model(ALTIPLANO_TEST_DATA "/small-tokenizer.model"));
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::vector<int> ids = tokenizer.encode(text);
    Utf8Stream stream;
    std::string streamed;
    for (const int id : ids) {
        if (tokenizer.is_special(id)) {
            std::abort();
        }
        streamed += stream.push(tokenizer.bytes(id));
    }
    streamed += stream.finish();
    if (tokenizer.decode(ids) != text || valid_utf8(text) != streamed || valid_utf8(streamed) != streamed) {
        std::abort();
    }
    return 0;
}
