// From the command line to the running window: what both executables do.
#pragma once

#include "app/chat_engine.h"

namespace altiplano {

/// Runs until the window is closed; returns the exit status. A second start for the same data folder raises the first
/// window and returns 0.
int runProgram(int argc, char** argv, const ChatEngineFactory& makeEngine);

}  // namespace altiplano
