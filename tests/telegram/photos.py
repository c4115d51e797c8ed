"""Uploaded photos: what the server accepts, and file ids that follow from the content alone."""

import base64
import hashlib
import struct
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.telegram.errors import bad_request

MAX_BYTES = 10 << 20
MAX_SIDES = 10_000
MAX_RATIO = 20
SIDES = (90, 320, 800, 1280)
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True)
class Photo:
    """A photo the server keeps: its SHA-256 and its size."""

    sha256: str
    width: int
    height: int
    content: bytes

    @property
    def file_id(self) -> str:
        """Return the id of the largest size, which a bot sends to use the photo again."""
        return str(self.sizes[-1]["file_id"])

    @cached_property
    def sizes(self) -> list[dict[str, Any]]:
        """Return the Bot API's PhotoSize list, smallest first."""
        longest = max(self.width, self.height)
        sides = [*(side for side in SIDES if side < longest), min(longest, SIDES[-1])]
        return [self.size(side / longest) for side in dict.fromkeys(sides)]

    def size(self, scale: float) -> dict[str, Any]:
        width, height = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        unique = base64.urlsafe_b64encode(hashlib.sha256(f"{self.sha256}{width}".encode()).digest()).decode()
        return {
            "file_id": f"AgACAgIAAxk{unique.rstrip('=')}",
            "file_unique_id": f"AQAD{unique[:12]}",
            "width": width,
            "height": height,
            "file_size": max(1, int(len(self.content) * min(1.0, scale * scale))),
        }

    def to_json(self) -> list[dict[str, Any]]:
        """Return the Bot API's PhotoSize list."""
        return self.sizes


def read_photo(content: bytes) -> Photo:
    """Return the uploaded photo; ApiError where it is none or too big."""
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > MAX_BYTES:
        raise bad_request("file is too big")
    size = png_size(content) or jpeg_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > MAX_SIDES or max(size) > MAX_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return Photo(hashlib.sha256(content).hexdigest(), width, height, content)


def png_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a whole PNG."""
    if not content.startswith(PNG) or len(content) < 33 or b"IEND" not in content[-12:]:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return (width, height) if width and height else None


def jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a JPEG, from its start-of-frame segment."""
    if not content.startswith(JPEG):
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + length
    return None
