# Shared by the scripts a person runs. Sourced, not executed.
#
# Says what it installs before it installs it, installs only what is missing, and uses sudo only when not root.
# Needs: Debian 12 (or a system where the programs below are already present), Node 20 or newer, npm, git.

PROJECT_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }

# The version of pnpm that package.json pins; npm fetches it, nothing is installed globally.
pnpm_pinned() {
  local version
  version=$(sed -n 's/.*"packageManager": "pnpm@\([0-9.]*\)".*/\1/p' "$PROJECT_ROOT/package.json")
  npm exec --yes --package="pnpm@$version" -- pnpm "$@"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# ensure_debian_packages PACKAGE…: installs what dpkg does not know as installed.
ensure_debian_packages() {
  local missing=() package
  if ! command -v dpkg-query >/dev/null 2>&1; then
    say "This system has no dpkg. Please install by hand what is missing of: $*"
    return 0
  fi
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ "${#missing[@]}" -eq 0 ] && return 0
  say "Installing Debian packages: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
    say "Not root and no sudo here. Please have an administrator run: apt-get install ${missing[*]}"
    return 1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    >/dev/null 2>"${TMPDIR:-/tmp}/minhchung-apt.$$" ||
    { cat "${TMPDIR:-/tmp}/minhchung-apt.$$" >&2; rm -f "${TMPDIR:-/tmp}/minhchung-apt.$$"; return 1; }
  rm -f "${TMPDIR:-/tmp}/minhchung-apt.$$"
}

# ensure_node_modules: the workspace's packages exactly as locked; quick when nothing changed.
ensure_node_modules() {
  local stamp="$PROJECT_ROOT/node_modules/.minhchung-lock" wanted
  wanted=$(sha256sum "$PROJECT_ROOT/pnpm-lock.yaml" "$PROJECT_ROOT/package.json" | sha256sum | cut -d' ' -f1)
  if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
    say "Installing npm packages as locked in pnpm-lock.yaml (into node_modules)"
    (cd "$PROJECT_ROOT" && pnpm_pinned install --frozen-lockfile --reporter=append-only --loglevel=error >&2) || return 1
    printf '%s\n' "$wanted" >"$stamp"
  fi
  # Node 24 comes with the workspace where its npm package exists; elsewhere the user's own Node serves.
  export PATH="$PROJECT_ROOT/node_modules/.bin:$PATH"
  # The program itself, not pnpm's shell shim around it: signals must reach it.
  NODE_PROGRAM=$(node -p process.execPath)
}

DEBIAN_RUNTIME_PACKAGES=(ffmpeg bubblewrap fonts-dejavu-core)
DEBIAN_TEST_PACKAGES=(
  postgresql-15
  ceph-mon ceph-osd radosgw ceph-common
  gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad
  gstreamer1.0-plugins-ugly gstreamer1.0-rtsp gstreamer1.0-libav
  libgstrtspserver-1.0-dev libgstreamer-plugins-base1.0-dev gcc libc6-dev pkg-config
)
