"""Measures barrier calls through the Python package parallel-write.

Reads one line per measurement from standard input, "<position|write> <handles> <seconds>", and answers with one line,
"measured <calls per second>".
"""

import io
import sys
import time

from parallel_write import Writer

BATCH = 16
WRITES_BEFORE_REWIND = 64


class Side:
    """One number of handles, kept from measurement to measurement."""

    def __init__(self, handles):
        self.files = [io.BytesIO() for _ in range(handles)]
        self.all = Writer(self.files)
        self.kilobyte = bytes(1024)
        self.written = 0

    def position(self):
        if self.all.tell() != self.files[-1].tell():
            raise AssertionError("wrong position")

    def write(self):
        if self.written == WRITES_BEFORE_REWIND:
            self.all.seek(0)
            self.written = 0
        if self.all.write(self.kilobyte) != 1024:
            raise AssertionError("wrong count")
        self.written += 1


def measure(call, seconds):
    start = time.perf_counter()
    calls = 0
    while True:
        for _ in range(BATCH):
            call()
        calls += BATCH
        elapsed = time.perf_counter() - start
        if elapsed >= seconds:
            return calls / elapsed


def main():
    sides = {}
    for line in sys.stdin:
        call, handles, seconds = line.split()
        if handles not in sides:
            sides[handles] = Side(int(handles))
        side = sides[handles]
        print("measured", measure(getattr(side, call), float(seconds)), flush=True)


main()
