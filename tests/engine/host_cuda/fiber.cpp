// The switch between stacks, in assembly: no system call, a few nanoseconds.
#include "tests/engine/host_cuda/fiber.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <sys/mman.h>

#include "tests/engine/host_cuda/sanitizers.h"

#if !defined(__x86_64__)
#error "The switch between fibers is written for x86-64 only"
#endif

namespace host_cuda {
namespace {

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kGuardBytes = kPageBytes;
constexpr std::size_t kStep = 448;  // seven lines of a cache
constexpr std::size_t kStackBytes = (HOST_CUDA_HAS_ASAN ? 256 : 64) * 1024;

}  // namespace

// Saves the registers that a function must keep on the running stack, stores its pointer, and takes up another one.
extern "C" void host_cuda_switch_stack(void** save_position, void* position);
asm(R"(
.text
.p2align 4
.type host_cuda_switch_stack, @function
host_cuda_switch_stack:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
.size host_cuda_switch_stack, . - host_cuda_switch_stack
)");

Stack::Stack() {
    void* mapping = mmap(nullptr, kGuardBytes + kStackBytes, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapping == MAP_FAILED || mprotect(mapping, kGuardBytes, PROT_NONE) != 0) {
        throw std::bad_alloc();
    }
    mapping_ = static_cast<std::byte*>(mapping);
    thread_local std::size_t number = 0;
    unused_bytes_ = number++ * kStep % kPageBytes;
}

Stack::~Stack() {
    allow_access(bottom(), kStackBytes);
    munmap(mapping_, kGuardBytes + kStackBytes);
}

std::byte* Stack::bottom() const noexcept {
    return mapping_ + kGuardBytes;
}

std::byte* Stack::top() const noexcept {
    return bottom() + kStackBytes - unused_bytes_;
}

std::size_t Stack::bytes() noexcept {
    return kStackBytes;
}

void Fiber::start(const Stack& stack, void (*entry)()) {
    stack_bottom_ = stack.bottom();
    stack_bytes_ = Stack::bytes();
    sanitizer_state_ = nullptr;
    allow_access(stack_bottom_, stack_bytes_);  // a fiber that was given up left its frames poisoned
    // From the top: no address for the entry to return to, so that it finds the stack as a call leaves it; then what
    // the switch returns to, the entry, and the six registers.
    void* words[8] = {};
    words[6] = reinterpret_cast<void*>(entry);
    std::byte* position = stack.top() - sizeof words;
    std::memcpy(position, words, sizeof words);
    position_ = position;
}

void Fiber::switch_to(Fiber& from, Fiber& to) {
#if HOST_CUDA_HAS_ASAN
    __sanitizer_start_switch_fiber(&from.sanitizer_state_, to.stack_bottom_, to.stack_bytes_);
#endif
    host_cuda_switch_stack(&from.position_, to.position_);
#if HOST_CUDA_HAS_ASAN
    __sanitizer_finish_switch_fiber(from.sanitizer_state_, nullptr, nullptr);
#endif
}

void Fiber::leave_for([[maybe_unused]] Fiber& from, Fiber& to) {
#if HOST_CUDA_HAS_ASAN
    __sanitizer_start_switch_fiber(nullptr, to.stack_bottom_, to.stack_bytes_);
#endif
    host_cuda_switch_stack(&from.position_, to.position_);
    std::abort();  // a fiber that was left for good was taken up again
}

void Fiber::arrived([[maybe_unused]] Fiber& previous) {
#if HOST_CUDA_HAS_ASAN
    const void* bottom = nullptr;
    std::size_t bytes = 0;
    __sanitizer_finish_switch_fiber(nullptr, &bottom, &bytes);
    if (previous.stack_bottom_ == nullptr) {  // the system's own stack: only the sanitizer knows where it lies
        previous.stack_bottom_ = bottom;
        previous.stack_bytes_ = bytes;
    }
#endif
}

}  // namespace host_cuda
