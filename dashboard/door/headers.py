"""What every answer carries: what a page may load, who may frame it, and what it tells of itself to others."""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

Header = tuple[bytes, bytes]
_SCRIPT = re.compile(rb"<script(?P<told>[^>]*)>(?P<inside>.*?)</script>", re.DOTALL | re.IGNORECASE)


def headers(pages: Iterable[Path]) -> tuple[Header, ...]:
    """The headers; ``pages`` are the HTML files whose inline scripts may run, each known by its SHA-256."""
    hashes = sorted({hashed for page in pages for hashed in inline_hashes(page.read_bytes())})
    policy = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *hashes],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    said = {
        "content-security-policy": "; ".join(f"{kind} {' '.join(sources)}" for kind, sources in policy.items()),
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    return tuple((name.encode(), value.encode()) for name, value in said.items())


def inline_hashes(html: bytes) -> list[str]:
    """CSP sources of the inline scripts of a page."""
    inside = [found["inside"] for found in _SCRIPT.finditer(html) if b"src=" not in found["told"]]
    return [f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in inside]
