// altiplano-offline: the whole window with an engine that recites, for trying and showing it without a model.
#include "app/program.h"
#include "app/scripted_engine.h"

int main(int argc, char** argv) {
    return altiplano::runProgram(
        argc, argv, [] { return std::make_unique<altiplano::ScriptedEngine>(altiplano::ScriptedEngine::Options{}); });
}
