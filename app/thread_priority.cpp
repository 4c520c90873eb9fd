#include "app/thread_priority.h"

#include <sched.h>
#include <sys/resource.h>

namespace altiplano {

namespace {

constexpr int kNice = 2;  // little enough that the engine still gets its share beside other programs

}  // namespace

// Linux keeps both for each thread and hands them on to the threads it starts.
void giveWay() {
    const sched_param none{};
    ::sched_setscheduler(0, SCHED_BATCH, &none);
    ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + kNice);  // the program may be nice itself
}

}  // namespace altiplano
