#include "app/process_end.h"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace altiplano {

void waitForProcessEnd(qint64 process, int mostMs) {
    const int handle = static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(process), 0));
    if (handle < 0)  // it is gone, or the kernel is older than that call
        return;
    pollfd end{.fd = handle, .events = POLLIN, .revents = 0};
    ::poll(&end, 1, mostMs);
    ::close(handle);
}

}  // namespace altiplano
