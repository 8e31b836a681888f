#!/usr/bin/env bash
# Installs the dashboard on this machine (Debian 12 or newer, Ubuntu 24.04 or newer), brings a newer
# version of it, or goes back to the one before. Run it as root, as often as you like.
#
#   sudo deploy/install.sh install figures.example.org     # also to upgrade, from a newer copy
#   sudo deploy/install.sh rollback                        # back to the version before
#   sudo deploy/install.sh status
#
# What it makes:
#   /opt/dashboard/releases/…   one folder for each version, with its libraries; the newest three stay
#   /opt/dashboard/current      points to the version in use
#   /etc/dashboard/             settings and secrets: made once, never overwritten
#   /var/lib/dashboard/datasets the figures: filled once with the shipped ones, never overwritten
#   /var/backups/dashboard      the copies of every night
set -euo pipefail
umask 022

readonly HOME_OF=/opt/dashboard CONFIG=/etc/dashboard STATE=/var/lib/dashboard
readonly COPIES=/var/backups/dashboard ACCOUNT=dashboard UNIT=displacement-dashboard
readonly KEEP=3
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PYTHON=${PYTHON:-python3}

say() { printf '%s\n' "$*"; }
stop() { printf 'Stopped: %s\n' "$*" >&2; exit 1; }
has_systemd() { [ -d /run/systemd/system ]; }

check_machine() {
    [ "$(id -u)" -eq 0 ] || stop "run it as root: sudo $0 $*"
    command -v "$PYTHON" >/dev/null || stop "Python is missing: apt install python3 python3-venv"
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "Python 3.11 or newer is needed; this is $("$PYTHON" --version)"
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || stop "apt install python3-venv"
    [ -f "$SOURCE/dashboard.py" ] || stop "$SOURCE does not hold the dashboard"
}

make_account() {
    getent group "$ACCOUNT" >/dev/null || groupadd --system "$ACCOUNT"
    getent passwd "$ACCOUNT" >/dev/null ||
        useradd --system --gid "$ACCOUNT" --home-dir "$STATE" --no-create-home \
            --shell /usr/sbin/nologin "$ACCOUNT"
    install -d -m 755 "$HOME_OF" "$HOME_OF/releases"
    install -d -m 750 -o root -g "$ACCOUNT" "$CONFIG"
    install -d -m 750 -o "$ACCOUNT" -g "$ACCOUNT" "$STATE"
    install -d -m 700 -o "$ACCOUNT" -g "$ACCOUNT" "$COPIES"
}

# Prints the folder of the new version; all else it says goes to the error output.
make_release() {
    local name release
    name=$(date -u +%Y%m%dT%H%M%SZ)
    release="$HOME_OF/releases/$name"
    install -d -m 755 "$release"
    # What a git work tree holds besides the dashboard stays behind, and so do figures of one's own.
    tar -C "$SOURCE" --exclude=./.git --exclude=./.venv --exclude='./.*_cache' --exclude=./.hypothesis \
        --exclude=__pycache__ --exclude=./tests --exclude=./benchmarks --exclude=.history \
        --exclude=.seen --exclude=.last-good --exclude=.signed-out.json \
        --exclude=./.streamlit/secrets.toml --exclude=./dashboard.toml \
        --exclude=./deploy/secrets.toml --exclude=./deploy/compose.env -cf - . |
        tar -C "$release" --no-same-owner -xf -
    say "Installing the libraries; this takes a minute or two." >&2
    "$PYTHON" -m venv "$release/.venv"
    "$release/.venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --only-binary :all: -r "$release/requirements.txt" >&2
    # The server may not write here, so what Python makes of the sources is made now.
    "$release/.venv/bin/python" -m compileall -q -x '/\.venv/' "$release" >&2
    chmod -R go+rX,go-w "$release"
    ln -s "$CONFIG/secrets.toml" "$release/.streamlit/secrets.toml"
    say "$release"
}

make_settings() {
    local name=$1 release=$2
    if [ ! -e "$CONFIG/dashboard.toml" ]; then
        sed "s/figures\.example\.org/$name/g" "$release/deploy/dashboard.toml" >"$CONFIG/dashboard.toml"
    fi
    # Empty: nobody signs in. deploy/secrets.example.toml says what belongs there.
    [ -e "$CONFIG/secrets.toml" ] || : >"$CONFIG/secrets.toml"
    chown root:"$ACCOUNT" "$CONFIG"/dashboard.toml "$CONFIG"/secrets.toml
    chmod 640 "$CONFIG"/dashboard.toml "$CONFIG"/secrets.toml
    if [ ! -e "$STATE/datasets" ]; then
        cp -r --no-preserve=mode,ownership "$release/datasets" "$STATE/datasets"
        chown -R "$ACCOUNT:$ACCOUNT" "$STATE/datasets"
    fi
}

# Runs a command of the new version as the server's account, with the server's settings.
as_account() {
    local release=$1
    shift
    (cd "$release" && runuser -u "$ACCOUNT" -- env DASHBOARD_SETTINGS="$CONFIG/dashboard.toml" \
        PYTHONDONTWRITEBYTECODE=1 .venv/bin/python "$@")
}

use() {
    ln -sfn "$1" "$HOME_OF/current.new"
    mv -T "$HOME_OF/current.new" "$HOME_OF/current"
}

start() {
    has_systemd || { say "systemd does not run here: nothing was started."; return 0; }
    install -m 644 "$HOME_OF/current/deploy/systemd/$UNIT"*.service \
        "$HOME_OF/current/deploy/systemd/$UNIT"*.timer /etc/systemd/system/
    systemctl daemon-reload
    systemctl enable --quiet "$UNIT.service" "$UNIT-backup.timer"
    systemctl restart "$UNIT.service" "$UNIT-backup.timer"
}

healthy() {
    has_systemd || return 0
    for _ in $(seq 60); do
        as_account "$HOME_OF/current" deploy/healthy.py 2>/dev/null && return 0
        sleep 1
    done
    return 1
}

in_use() { readlink -e "$HOME_OF/current" 2>/dev/null || true; }

# Prints the newest version that is older than the one in use.
one_before() {
    local now found=""
    now=$(in_use)
    for release in "$HOME_OF"/releases/*/; do
        release=${release%/}
        [ "$release" = "$now" ] && break
        found=$release
    done
    say "$found"
}

tidy() {
    local now
    now=$(in_use)
    find "$HOME_OF/releases" -mindepth 1 -maxdepth 1 -type d | sort | head -n "-$KEEP" |
        while read -r old; do [ "$old" = "$now" ] || rm -rf "$old"; done
}

install_it() {
    local name=${1:-} before release
    if [ -z "$name" ] && [ ! -e "$CONFIG/dashboard.toml" ]; then
        stop "say under which name readers will find it: $0 install figures.example.org"
    fi
    case $name in *[!A-Za-z0-9.-]*) stop "$name is not the name of a server" ;; esac
    check_machine "install $name"
    make_account
    before=$(in_use)
    release=$(make_release)
    make_settings "${name:-localhost}" "$release"
    if ! as_account "$release" -m settings >/dev/null; then
        rm -rf "$release"
        stop "$CONFIG/dashboard.toml cannot be used; nothing was changed."
    fi
    if [ -n "$before" ] && [ -e "$STATE/datasets/crises.csv" ]; then
        say "Before the change, a copy of the figures:"
        as_account "$release" -m publishing backup "$STATE/datasets" "$COPIES" --keep 30
    fi
    use "$release"
    start
    if ! healthy; then
        if [ -n "$before" ]; then
            use "$before"
            start
            say "Gone back to $before." >&2
        fi
        stop "the new version did not answer; see: journalctl -u $UNIT -n 50"
    fi
    tidy
    say "In use: $release"
}

roll_back() {
    local before
    check_machine rollback
    before=$(one_before)
    [ -n "$before" ] || stop "there is no version before the one in use"
    use "$before"
    start
    healthy || stop "it does not answer; see: journalctl -u $UNIT -n 50"
    say "In use: $before"
}

status() {
    say "In use: $(in_use)"
    find "$HOME_OF/releases" -mindepth 1 -maxdepth 1 -type d | sort
    if has_systemd; then systemctl --no-pager --lines=0 status "$UNIT.service" || true; fi
}

case ${1:-} in
install) install_it "${2:-}" ;;
rollback) roll_back ;;
status) status ;;
*) say "Say what to do: $0 install NAME | rollback | status"; exit 2 ;;
esac
