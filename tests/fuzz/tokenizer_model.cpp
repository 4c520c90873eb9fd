// Any bytes as a tokenizer.model: read, or refused with an Error.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

#include "engine/error.h"
#include "engine/text/tokenizer.h"

using namespace altiplano::engine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const int file = memfd_create("tokenizer.model", 0);
    if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size)) {
        std::abort();
    }
    try {
        const Tokenizer tokenizer(read_tokenizer_model("/proc/self/fd/" + std::to_string(file)));
        if (tokenizer.decode(tokenizer.encode("Hello  world\n")) != "Hello  world\n") {
            std::abort();
        }
    } catch (const Error&) {
    }
    close(file);
    return 0;
}
