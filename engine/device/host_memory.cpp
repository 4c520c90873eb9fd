// Asks Linux for memory and for what there is.
#include "engine/device/host_memory.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <limits>
#include <sched.h>
#include <set>
#include <sstream>
#include <sys/mman.h>
#include <unistd.h>

#include "engine/error.h"

namespace altiplano::engine {
namespace {

std::string gibibytes(std::int64_t bytes) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(2) << static_cast<double>(bytes) / (std::int64_t{1} << 30) << " GiB";
    return text.str();
}

Error out_of_memory(std::int64_t bytes, const std::string& what) {
    return Error(ErrorKind::OutOfMemory, what + " needs " + gibibytes(bytes) + " of memory, but only " +
                                             gibibytes(available_memory_bytes()) + " are available");
}

// Where the file or the number is not there: no limit.
std::int64_t read_number(const std::string& path, std::int64_t otherwise) {
    std::int64_t value = 0;
    std::ifstream file(path);
    return file >> value ? value : otherwise;
}

// Of a file with lines like "MemAvailable:   6111000 kB".
std::int64_t read_kibibytes(const char* path, const std::string& wanted, std::int64_t otherwise) {
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with(wanted)) {
            return std::strtoll(line.c_str() + wanted.size(), nullptr, 10) * 1024;
        }
    }
    return otherwise;
}

std::int64_t system_available() {
    return read_kibibytes("/proc/meminfo", "MemAvailable:", std::numeric_limits<std::int64_t>::max());
}

std::string control_group_folder() {
    std::ifstream file("/proc/self/cgroup");
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("0::")) {
            return "/sys/fs/cgroup" + line.substr(3);
        }
    }
    return "/sys/fs/cgroup";
}

std::int64_t control_group_available() {
    constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();
    const std::string folder = control_group_folder();
    const std::int64_t limit = read_number(folder + "/memory.max", kNoLimit);
    return limit == kNoLimit ? kNoLimit : std::max<std::int64_t>(limit - read_number(folder + "/memory.current", 0), 0);
}

// The share of the processor's time that the control group may use, in cores; large where there is no limit.
int control_group_cores() {
    std::ifstream file(control_group_folder() + "/cpu.max");
    double quota = 0, period = 0;
    return file >> quota >> period && period > 0 ? std::max(static_cast<int>(std::ceil(quota / period)), 1)
                                                 : std::numeric_limits<int>::max();
}

}  // namespace

void HostBuffer::Unmap::operator()(std::byte* data) const noexcept {
    ::munmap(data, static_cast<std::size_t>(bytes));
}

HostBuffer::HostBuffer(std::int64_t bytes, const std::string& what) {
    if (bytes <= 0) {
        return;
    }
    // Without a reserve: else Linux refuses at once what is more than the whole machine has, however little of it will
    // be touched, such as copies of what GPUs hold.
    void* memory = ::mmap(nullptr, static_cast<std::size_t>(bytes), PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
        throw out_of_memory(bytes, what);
    }
    ::madvise(memory, static_cast<std::size_t>(bytes),
              MADV_HUGEPAGE);  // fewer page faults and table walks; refusal is fine
    data_ = decltype(data_)(static_cast<std::byte*>(memory), Unmap{bytes});
}

void give_back_pages(std::span<std::byte> bytes) noexcept {
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
    const std::uintptr_t first = (address + page - 1) / page * page;
    const std::uintptr_t end = (address + bytes.size()) / page * page;
    if (first < end) {
        ::madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED);
    }
}

std::int64_t available_memory_bytes() {
    return std::min(system_available(), control_group_available());
}

std::int64_t total_memory_bytes() {
    const std::int64_t system = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE);
    return std::min(system, read_number(control_group_folder() + "/memory.max", system));
}

std::int64_t own_memory_bytes() {
    return read_kibibytes("/proc/self/status", "RssAnon:", 0);
}

void require_memory(std::int64_t bytes, const std::string& what) {
    constexpr std::int64_t kReserve = std::int64_t{64} << 20;  // for the stacks, the vocabulary and the window
    const std::int64_t available = available_memory_bytes();
    if (bytes > available - kReserve) {
        throw out_of_memory(bytes, what);
    }
}

int usable_cores() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (::sched_getaffinity(0, sizeof(allowed), &allowed) != 0) {
        return 1;
    }
    std::set<std::string> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (CPU_ISSET(static_cast<std::size_t>(cpu), &allowed)) {
            std::ifstream file("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list");
            std::string siblings = "cpu " + std::to_string(cpu);
            std::getline(file, siblings);
            cores.insert(siblings.empty() ? std::to_string(cpu) : siblings);
        }
    }
    return std::max(1, std::min(static_cast<int>(cores.size()), control_group_cores()));
}

int threads_for(int wish) {
    constexpr int kMostThreads = 1024;
    return wish > 0 ? std::min(wish, kMostThreads) : usable_cores();
}

}  // namespace altiplano::engine
