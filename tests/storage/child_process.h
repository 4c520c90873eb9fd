// Runs part of a test in a process of its own: other rights, another disk, or to be killed.
#pragma once

#include <cstdio>
#include <exception>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <sched.h>
#include <string>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace altiplano::storage {

inline constexpr int kChildSkipped = 77;

/// The exit status of body run in a child: 1 where an expectation failed or an exception left it.
inline int run_in_child(const std::function<int()>& body) {
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) {
        int status = 1;
        try {
            status = body();
        } catch (const std::exception& failure) {
            std::printf("the child ended with: %s\n", failure.what());
        }
        std::fflush(stdout);
        ::_exit(::testing::Test::HasFailure() ? 1 : status);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

inline void write_line(const char* file, const std::string& line) {
    std::ofstream(file) << line;
}

/// In a child: mounts a disk of that size over folder, for this process alone. False where the system forbids it.
inline bool mount_small_disk(const std::string& folder, const std::string& size) {
    const auto user = ::getuid();
    const auto group = ::getgid();
    if (user != 0) {
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) {
            return false;
        }
        write_line("/proc/self/setgroups", "deny");
        write_line("/proc/self/uid_map", "0 " + std::to_string(user) + " 1");
        write_line("/proc/self/gid_map", "0 " + std::to_string(group) + " 1");
    } else if (::unshare(CLONE_NEWNS) != 0) {
        return false;
    }
    ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    return ::mount("altiplano", folder.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
}

/// In a child: gives up the rights of root, for which no file is read-only. Its files go to that user.
inline void become_ordinary_user(const std::string& folder) {
    constexpr uid_t kNobody = 65534;
    if (::geteuid() == 0) {
        [[maybe_unused]] int ignored = std::system(("chown -R 65534:65534 " + folder).c_str());
        ignored = ::setgid(kNobody);
        ignored = ::setuid(kNobody);
    }
}

}  // namespace altiplano::storage
