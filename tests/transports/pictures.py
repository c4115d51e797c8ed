"""Small real pictures."""

import struct
import zlib

from bot.posts.post import Picture


def png(seed: int = 0, side: int = 40) -> bytes:
    """A grey square whose content follows from the seed."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\0" + bytes([(seed + row) % 256] * side) for row in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def picture(seed: int = 0) -> Picture:
    return Picture(png(seed), "A grey square")
