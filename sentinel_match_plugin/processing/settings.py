"""The plugin's settings in the user's QGIS profile. The options page writes them, the algorithms read them."""

from __future__ import annotations

from urllib.parse import quote

from qgis.core import QgsSettings

ENGINE_PYTHON = "sentinelmatch/engine_python"
MODEL_FOLDER = "sentinelmatch/model_folder"
WHEEL_FOLDER = "sentinelmatch/wheel_folder"
BASE_PYTHON = "sentinelmatch/base_python"


def engine_python() -> str:
    """The Python of the engine's environment that the user chose; empty: look in the usual places."""
    return str(QgsSettings().value(ENGINE_PYTHON, "") or "")


def model_folder() -> str:
    """The folder of the model store that the user chose; empty: the engine's default."""
    return str(QgsSettings().value(MODEL_FOLDER, "") or "")


def wheel_folder() -> str:
    """The folder of wheels that the engine's environment is made from without a connection; empty: from the network."""
    return str(QgsSettings().value(WHEEL_FOLDER, "") or "")


def base_python() -> str:
    """The Python that the user chose to make the engine's environment with; empty: the best one that is found."""
    return str(QgsSettings().value(BASE_PYTHON, "") or "")


def keep(name: str, value: str) -> None:
    """Write a setting, or forget it where ``value`` is empty."""
    if value:
        QgsSettings().setValue(name, value)
    else:
        QgsSettings().remove(name)


def proxy() -> str:
    """The proxy of QGIS's own network settings, an address with user and password in it; empty: the system's."""
    settings = QgsSettings()
    kind = str(settings.value("proxy/proxyType", "") or "")
    host = str(settings.value("proxy/proxyHost", "") or "")
    if not settings.value("proxy/proxyEnabled", False, type=bool) or not host or kind == "DefaultProxy":
        return ""
    user, password = (str(settings.value(f"proxy/proxy{name}", "") or "") for name in ("User", "Password"))
    login = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    port = str(settings.value("proxy/proxyPort", "") or "")
    scheme = "socks5" if kind == "Socks5Proxy" else "http"
    return f"{scheme}://{login}{host}{':' + port if port else ''}"
