# For the scripts that install what tests need: Debian packages, which are only asked for without root.

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

may_install() {
    if ! command -v apt-get >/dev/null || ! as_root true 2>/dev/null; then
        echo "Please install: $*" >&2
        exit 1
    fi
    as_root apt-get update -qq
}

packages() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null; }
