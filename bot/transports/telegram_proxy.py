"""Through which proxy the Bot API is reached: read from the environment once, at the start, by `app`."""

from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from bot.errors import SettingError


def proxy_from_environment(api: str) -> str | None:
    """The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY name for this base address; NO_PROXY is heeded.

    This machine itself is never asked through one. SettingError for a proxy that is not HTTP.
    """
    address = urlsplit(api)
    host = address.hostname or ""
    if _is_this_machine(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    for scheme in (address.scheme, "all"):
        if proxy := proxies.get(scheme):
            return _checked(proxy, f"{scheme.upper()}_PROXY")
    return None


def _checked(proxy: str, name: str) -> str:
    url = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise SettingError(name, "a proxy that is not HTTP", "an address such as http://proxy.example:3128")
    return url.geturl()


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
