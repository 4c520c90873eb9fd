// altiplano: the window, with our engine behind it.
#include "app/llama_engine.h"
#include "app/program.h"

int main(int argc, char** argv) {
    return altiplano::runProgram(argc, argv, [] { return std::make_unique<altiplano::LlamaEngine>(); });
}
