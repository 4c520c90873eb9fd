// The one exception that engine/ throws.
#pragma once

#include <stdexcept>
#include <string>

namespace altiplano::engine {

enum class ErrorKind {
    Io,             ///< reading or writing failed
    BadFile,        ///< the file contradicts its format
    Unsupported,    ///< a valid file that this program cannot use
    OutOfMemory,    ///< the machine has not enough memory
    Device,         ///< a device or its driver failed
    DeviceLost,     ///< the same, and this process can never use it again: only a restart of the program helps
    BadArgument,    ///< the caller asked for something impossible
    PromptTooLong,  ///< the prompt does not fit the context
    Numeric,        ///< the model produced values that are not numbers
};

/// Kind for the program, English text for the person: it names the file, the field and the value.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& message);
    ErrorKind kind() const noexcept { return kind_; }

private:
    ErrorKind kind_;
};

}  // namespace altiplano::engine
