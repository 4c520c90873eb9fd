// One card for a test that runs on an emulated card or on a real one.
#pragma once

namespace altiplano::engine::cuda {

/// The emulated machine has one card of the default kind, and nothing of before; a real card stays as it is.
void fresh_card();

}  // namespace altiplano::engine::cuda
