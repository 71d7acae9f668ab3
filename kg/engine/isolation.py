"""What a query worker is kept from: the network, other programs, and more memory than its part of the machine.

The network is denied by a seccomp filter, a small program for the kernel that looks at the number of each system call.
It is written here by hand, because it is eight instructions and the system calls to deny have had their numbers for
decades. Where the system knows no such filters a worker runs without one: SERVICE and LOAD are refused by the parser
all the same, so the filter is the second of two locks.
"""

from __future__ import annotations

import errno
import os
import platform
import struct
import sys
from contextlib import suppress
from pathlib import Path

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF: ld abs, jeq, jge, ret
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO
_FOREIGN = 0x40000000  # numbers from here on are those of the x32 interface, another way to the same calls

# Audit number of the architecture; then socket, connect, ptrace, execve, execveat, io_uring_setup (it can connect too).
_DENIED = {
    "x86_64": (0xC000003E, (41, 42, 101, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 117, 221, 281, 425)),
}

_MOST = 2 * 2**30
_LEAST = 256 * 2**20
_PART = 0.6  # of the machine's memory, for all queries together; the rest is for the server and the file cache


def network_filter() -> bytes:
    """The filter as the kernel takes it (an array of `struct sock_filter`); empty where the system has none."""
    if sys.platform != "linux" or platform.machine() not in _DENIED:
        return b""
    architecture, calls = _DENIED[platform.machine()]
    length = len(calls)
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 0, length + 3, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_IF_AT_LEAST, length + 1, 0, _FOREIGN),
        *((_IF_EQUAL, length - index, 0, call) for index, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERROR | errno.EACCES),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)


def fair_memory(processes: int) -> int:
    """Bytes that each of so many queries may take so that together they do not take the machine: at most 2 GiB."""
    return int(max(_LEAST, min(_MOST, _machine_memory() * _PART / processes)))


def _machine_memory() -> int:
    """Bytes of memory of the machine or, where that is less, of the container that this process runs in."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError):  # no control groups, or no limit ("max")
        memory = min(memory, int(Path("/sys/fs/cgroup/memory.max").read_text("ascii")))
    return memory
