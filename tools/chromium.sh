#!/bin/sh
# Find Chromium, or install Debian's where this runs as root.
set -eu
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-noto-cjk >/dev/null
else
    echo "The browser tests need Chromium. Install it first: sudo apt-get install chromium" >&2
    exit 1
fi
