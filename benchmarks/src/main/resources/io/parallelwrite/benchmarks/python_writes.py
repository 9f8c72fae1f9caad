"""Writes objects through the Python package parallel-write, to a file and to an S3 object at once.

Reads one line per object from standard input, "<file> <bucket> <key> <bytes> <bytes per call>", and answers with one line,
"measured <seconds>". The address of the S3 server is in the variable S3_ENDPOINT, keys and region in those of AWS.
"""

import os
import sys
import time

import boto3
from parallel_write import Writer
from smart_open import open as smart_open

BLOCK_BYTES = 1 << 20


def write(client, file, url, byte_count, piece_bytes):
    block = memoryview(os.urandom(max(1, BLOCK_BYTES // piece_bytes) * piece_bytes))
    start = time.perf_counter()
    with open(file, "wb") as local:
        remote = smart_open(url, "wb", transport_params={"client": client})
        both = Writer([local, remote])
        for offset in range(0, byte_count, piece_bytes):
            position = offset % len(block)
            length = min(piece_bytes, byte_count - offset)
            both.write(block[position : position + length])
        local.flush()
        os.fsync(local.fileno())
        both.close()
    both._executor.shutdown()
    return time.perf_counter() - start


def main():
    client = boto3.client("s3", endpoint_url=os.environ["S3_ENDPOINT"])
    for line in sys.stdin:
        file, bucket, key, byte_count, piece_bytes = line.split()
        seconds = write(client, file, f"s3://{bucket}/{key}", int(byte_count), int(piece_bytes))
        print("measured", seconds, flush=True)


main()
