// All of the engine that app/ may include.
#pragma once

#include "engine/device/cuda_module.h"      // IWYU pragma: export
#include "engine/device/host_memory.h"      // IWYU pragma: export
#include "engine/error.h"                   // IWYU pragma: export
#include "engine/model/device_choice.h"     // IWYU pragma: export
#include "engine/model/draft_model.h"       // IWYU pragma: export
#include "engine/model/generate.h"          // IWYU pragma: export
#include "engine/model/model.h"             // IWYU pragma: export
#include "engine/model/model_outline.h"     // IWYU pragma: export
#include "engine/model/placement_advice.h"  // IWYU pragma: export
#include "engine/model/prompt.h"            // IWYU pragma: export
#include "engine/model/session.h"           // IWYU pragma: export
#include "engine/model/state_files.h"       // IWYU pragma: export
#include "engine/version.h"                 // IWYU pragma: export
#include "engine/weights/weight_source.h"   // IWYU pragma: export
