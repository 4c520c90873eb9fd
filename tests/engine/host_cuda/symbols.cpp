// Reads the ELF symbol tables of the loaded modules.
#include "tests/engine/host_cuda/symbols.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <elf.h>
#include <fstream>
#include <iterator>
#include <link.h>
#include <map>
#include <mutex>

namespace host_cuda {
namespace {

/// The module that holds an address, and the calling thread's block of its thread-local variables.
struct Module {
    const void* wanted = nullptr;
    std::string path;
    std::uintptr_t base = 0;
    const void* headers = nullptr;
    std::byte* thread_local_block = nullptr;
};

int find_module(dl_phdr_info* info, std::size_t, void* result) {
    auto& module = *static_cast<Module*>(result);
    const auto wanted = reinterpret_cast<std::uintptr_t>(module.wanted);
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const ElfW(Phdr)& part = info->dlpi_phdr[i];
        const std::uintptr_t start = info->dlpi_addr + part.p_vaddr;
        if (part.p_type == PT_LOAD && wanted >= start && wanted < start + part.p_memsz) {
            module.path = info->dlpi_name[0] != '\0' ? info->dlpi_name : "/proc/self/exe";
            module.base = info->dlpi_addr;
            module.headers = info->dlpi_phdr;
            module.thread_local_block = static_cast<std::byte*>(info->dlpi_tls_data);
            return 1;
        }
    }
    return 0;
}

Module module_of(const void* address) {
    Module module;
    module.wanted = address;
    dl_iterate_phdr(find_module, &module);
    return module;
}

struct Symbols {
    std::map<std::uintptr_t, std::string> functions;  // by address in the file
    std::map<std::string, KernelSymbol::SharedVariable> thread_locals;
};

Symbols read_symbols(const std::string& path) {
    Symbols symbols;
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> bytes(std::istreambuf_iterator<char>(file), {});
    if (bytes.size() < sizeof(Elf64_Ehdr)) {
        return symbols;
    }
    const auto* header = reinterpret_cast<const Elf64_Ehdr*>(bytes.data());
    const auto* sections = reinterpret_cast<const Elf64_Shdr*>(bytes.data() + header->e_shoff);
    for (int i = 0; i < header->e_shnum; ++i) {
        if (sections[i].sh_type != SHT_SYMTAB) {
            continue;
        }
        const auto* table = reinterpret_cast<const Elf64_Sym*>(bytes.data() + sections[i].sh_offset);
        const char* names = bytes.data() + sections[sections[i].sh_link].sh_offset;
        for (std::size_t k = 0; k < sections[i].sh_size / sizeof(Elf64_Sym); ++k) {
            const int type = ELF64_ST_TYPE(table[k].st_info);
            if (type == STT_FUNC && table[k].st_value != 0) {
                symbols.functions.emplace(table[k].st_value, names + table[k].st_name);
            } else if (type == STT_TLS && table[k].st_shndx != SHN_UNDEF) {
                symbols.thread_locals.emplace(names + table[k].st_name,
                                              KernelSymbol::SharedVariable{table[k].st_value, table[k].st_size});
            }
        }
    }
    return symbols;
}

std::string demangled(const std::string& name) {
    int status = 0;
    char* text = abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status);
    std::string result = text != nullptr ? text : name;
    std::free(text);
    const std::string ours = "altiplano::";
    for (std::size_t at = result.find(ours); at != std::string::npos; at = result.find(ours, at)) {
        result.erase(at, ours.size());
    }
    return result;
}

KernelSymbol look_up(const void* kernel) {
    static std::map<std::string, Symbols> read;  // by path; guarded by kernel_symbol's mutex
    const Module module = module_of(kernel);
    if (!read.contains(module.path)) {
        read[module.path] = read_symbols(module.path);
    }
    const Symbols& symbols = read[module.path];
    KernelSymbol result;
    result.module = kernel;
    const auto found = symbols.functions.find(reinterpret_cast<std::uintptr_t>(kernel) - module.base);
    if (found == symbols.functions.end()) {
        result.name = "at " + std::to_string(reinterpret_cast<std::uintptr_t>(kernel));
        return result;
    }
    result.name = demangled(found->second);
    // A static variable of function _ZN1f..E has the name _ZZN1f..EE followed by its own.
    const std::string prefix = "_ZZ" + found->second.substr(2) + "E";
    for (auto at = symbols.thread_locals.lower_bound(prefix);
         at != symbols.thread_locals.end() && at->first.starts_with(prefix); ++at) {
        result.shared.push_back(at->second);
    }
    return result;
}

}  // namespace

std::size_t KernelSymbol::shared_bytes() const {
    std::size_t total = 0;
    for (const SharedVariable& variable : shared) {
        total += variable.bytes;
    }
    return total;
}

void KernelSymbol::poison_shared_variables() const {
    if (shared.empty()) {
        return;
    }
    std::byte* block = module_of(module).thread_local_block;
    if (block == nullptr) {  // this thread never touched the module's variables
        return;
    }
    for (const SharedVariable& variable : shared) {
        std::memset(block + variable.offset, 0xFF, variable.bytes);
    }
}

const KernelSymbol& kernel_symbol(const void* kernel) {
    static std::mutex mutex;
    static std::map<const void*, KernelSymbol> known;
    const std::lock_guard lock(mutex);
    auto found = known.find(kernel);
    if (found == known.end()) {
        found = known.emplace(kernel, look_up(kernel)).first;
    }
    return found->second;
}

}  // namespace host_cuda
