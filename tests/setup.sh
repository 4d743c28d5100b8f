#!/usr/bin/env bash
# What pip and npm cannot put in place. The Makefile calls it:
#   tests/setup.sh venv DIR PYTHON   make DIR (Debian's python3 comes without the module for it)
#   tests/setup.sh tools DIR         a browser, Java and Node.js for the tests, where they are missing
set -euo pipefail

have() { command -v "$1" >/dev/null; }

stop() {
  echo "$1" >&2
  exit 1
}

# Install Debian packages as root or through sudo, or say what a person has to install.
install() {
  local as_root=()
  have apt-get || stop "Please install what Debian calls: $* (there is no apt-get here to do it)"
  if [ "$(id -u)" != 0 ]; then
    have sudo || stop "Please install as root: apt-get install $* (there is no sudo here to do it)"
    as_root=(sudo)
  fi
  echo "Installing Debian packages: $*"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$@" >/dev/null
}

make_venv() {
  "$2" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop "Regesta needs Python 3.11 or newer: make PYTHON=python3.12 …"
  "$2" -c 'import ensurepip' 2>/dev/null || install python3-venv
  "$2" -m venv "$1"
}

find_tools() {
  local missing=()
  [ -n "${CHROMIUM:-}" ] || have chromium || have google-chrome || missing+=(chromium)
  have java || missing+=(default-jre-headless)
  have node || missing+=(nodejs)
  have npm || missing+=(npm)
  # Playwright brings a Node.js of its own, which lacks one library on a bare Debian.
  "$1"/bin/playwright --version >/dev/null 2>&1 || missing+=(libatomic1)
  [ ${#missing[@]} = 0 ] || install "${missing[@]}"
}

case "${1:-}" in
  venv) make_venv "$2" "$3" ;;
  tools) find_tools "$2" ;;
  *) stop "usage: tests/setup.sh venv DIR PYTHON | tools DIR" ;;
esac
