#!/bin/sh
# Find PostgreSQL's server, or install Debian's where this runs as root. Tests start one of their own; none is left running.
set -eu
if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null
else
    echo "The tests of databases need PostgreSQL. Install it first: sudo apt-get install postgresql" >&2
    exit 1
fi
