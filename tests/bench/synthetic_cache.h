// Random keys and values, so that a depth can be measured without computing its tokens.
#pragma once

#include "engine/model/session.h"

namespace altiplano::engine {

/// The session then holds depth tokens, whose keys and values are random but such as attention can work on.
void fill_cache(Session& session, int depth);

}  // namespace altiplano::engine
