"""Reading an address to listen on: `127.0.0.1:8080`, `[::1]:8080`. Pure."""

from ipaddress import ip_address

_EXPECTED = "host:port, such as 127.0.0.1:8080"


def split_listen(value: str) -> tuple[str, int]:
    """Host and port; port 0 takes any free one. ValueError says what is expected."""
    host, separator, port = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not separator or not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise ValueError(_EXPECTED)
    if host != "localhost":
        try:
            ip_address(host)
        except ValueError as exc:
            raise ValueError(_EXPECTED) from exc
    return host, int(port)
