// What changes when the number of threads does.
#include "engine/device/cpu_device.h"

namespace altiplano::engine {

// Memory for each thread is reserved where it is used, for as many threads as there are then.
void CpuDevice::set_threads(int threads) {
    pool_.resize(threads);
}

}  // namespace altiplano::engine
