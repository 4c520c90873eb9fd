// Threads that compute give way to the one that draws.
#pragma once

namespace altiplano {

/// The calling thread, and those that it starts from now on, take less of a busy processor than others, and never
/// interrupt them. Not undone; where the system refuses, nothing changes.
void giveWay();

}  // namespace altiplano
