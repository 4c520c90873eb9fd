// The one exception that storage/ throws.
#pragma once

#include <stdexcept>
#include <string>

namespace altiplano::storage {

enum class ErrorKind {
    Io,            ///< the disk or the file failed
    Full,          ///< no space left on the disk
    Busy,          ///< another program holds the database
    ReadOnly,      ///< the file, the folder or this opening cannot be written
    Corrupt,       ///< the file is damaged or no database
    NewerVersion,  ///< written by a newer program
    NotFound,      ///< no such conversation or message
};

/// Kind for the program, English text for the person: it names the file and what was attempted.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
    ErrorKind kind() const noexcept { return kind_; }

private:
    ErrorKind kind_;
};

}  // namespace altiplano::storage
