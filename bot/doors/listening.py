"""Reading an address to listen on: `127.0.0.1:8080`, `[::1]:8080`. Pure."""

from ipaddress import ip_address


def split_listen(value: str) -> tuple[str, int]:
    """Host and port; port 0 takes any free one. ValueError says what is expected."""
    host, separator, port = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not separator or not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise ValueError("host:port, such as 127.0.0.1:8080")
    if host != "localhost":
        ip_address(host)
    return host, int(port)
