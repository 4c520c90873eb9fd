// A plan in words: translated, with sizes, for the eye and for a screen reader.
#pragma once

#include <QStringList>

#include "app/plan_report.h"

namespace altiplano {

/// "GPU 0", "Memory of this computer".
QString deviceTitle(const engine::DeviceInfo& device);
/// "32K", "45,312"
QString contextText(int tokens);
/// "16 bits", "8 bits (FP8)"
QString cacheTypeText(engine::DType type);
/// As people call it: "FP8", "Q8_0", "BF16"
QString typeName(engine::DType type);
/// "As they are, 15.0 GiB", "8 bits (Q8_0), 8.0 GiB"
QString weightTypeText(const WeightType& type);

/// "Fits: at least 3.1 GiB stay free on each GPU." or what is missing where.
QString verdictText(const PlanReport& report);
/// What of the layers a device computes; empty for all of them alone.
QString shareText(const PlanReport& report, const engine::Stage& stage, std::size_t rank);
/// Why cards are left out, that the processor computes some of the layers; empty where there is nothing to say.
QString planNoteText(const PlanReport& report);
/// A sentence of the engine about the model in memory (engine::Model::notes), in the language of the window.
QString loadNoteText(const QString& note);
/// "Context 44K": short enough for a button. A context is rounded down to whole thousands.
QString changeText(const PlanReport& report, const engine::PlacementChange& change);
/// Whether one click can do it; cards cannot be bought by a click.
bool canApply(const PlanReport& report, const engine::PlacementChange& change);
/// choices with the change.
PlanChoices changed(PlanChoices choices, const engine::PlacementChange& change);
/// "weights 4.6 GiB, context 1.0 GiB", as it is in memory now, and how far that is from the plan.
QString useText(const DeviceUse& use, const engine::MemoryNeeds& planned);
/// Why no card computes, as one sentence; "NVIDIA H200 (141 GiB), ..." where some can.
QString cardsText(const ComputeDevices& devices);

}  // namespace altiplano
