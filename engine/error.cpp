// Error's out-of-line part, so that its type information lives in one place.
#include "engine/error.h"

namespace altiplano::engine {

Error::Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

}  // namespace altiplano::engine
