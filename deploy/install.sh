#!/usr/bin/env bash
# Installs the WhatsApp AI Agent on Ubuntu, or brings an installed one up to date.
#
#   sudo deploy/install.sh             from a checkout of the project, anywhere
#   sudo deploy/install.sh --dry-run   says what it would do, and does nothing
#        deploy/install.sh --root DIR  lays the files out under DIR: no packages, accounts or services
#
# May be run again at any time. It never overwrites what is the owner's: data/, var/, the settings
# in /etc/whatsapp-agent.env, and an nginx site that differs from the one shipped.
#
# Tests run everything that --root does. Untried by them, for want of a whole Ubuntu machine: apt,
# NodeSource, the account and its permissions, and systemd starting the service in its sandbox.
set -euo pipefail

readonly NAME=whatsapp-agent
readonly NODE_MAJOR=24
# What the build and the service need; data/ is treated apart.
readonly SOURCES=(package.json package-lock.json tsconfig.json tsconfig.build.json src scripts
  deploy docs README.md README.pt-BR.md)

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=""
dry_run=false

main() {
  read_arguments "$@"
  app="$root/opt/$NAME"
  settings="$root/etc/$NAME.env"
  staging="$app/.new"
  if [ -z "$root" ] && ! $dry_run && [ "$(id -u)" -ne 0 ]; then
    fail "this needs root: sudo $0"
  fi

  install_packages
  create_account
  build_release
  put_release_in_place
  write_settings
  install_unit
  install_site
  install_log_rotation
  start_service
  say_what_is_next
}

read_arguments() {
  while [ $# -gt 0 ]; do
    case "$1" in
      --dry-run) dry_run=true ;;
      --root)
        [ $# -ge 2 ] || fail "--root needs a folder"
        root=$(realpath -m "$2")
        shift
        ;;
      -h | --help)
        sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 0
        ;;
      *) fail "unknown option: $1 (see --help)" ;;
    esac
    shift
  done
}

# --- the steps ---------------------------------------------------------------------------------

install_packages() {
  on_machine || return 0
  step "Packages"
  run apt-get update -qq
  run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    git nginx logrotate curl ca-certificates gnupg
  [ "$(node_major)" -ge "$NODE_MAJOR" ] || install_node
}

# Only npm and the build use this Node. The service runs on the one of package-lock.json, so that
# an update of the system never changes what it runs on.
install_node() {
  step "Node $NODE_MAJOR from NodeSource (found: $(node_major))"
  local keyring=/etc/apt/keyrings/nodesource.gpg
  run mkdir -p /etc/apt/keyrings
  pipe "curl -fsSL https://deb.nodesource.com/gpgkey/nodesource-repo.gpg.key | gpg --dearmor --yes -o $keyring"
  pipe "echo 'deb [signed-by=$keyring] https://deb.nodesource.com/node_$NODE_MAJOR.x nodistro main' > /etc/apt/sources.list.d/nodesource.list"
  run apt-get update -qq
  run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs
}

create_account() {
  on_machine || return 0
  step "Account $NAME"
  id -u "$NAME" >/dev/null 2>&1 ||
    run useradd --system --user-group --home-dir "/var/lib/$NAME" --shell /usr/sbin/nologin "$NAME"
}

# Beside the running release, so that one that does not build changes nothing.
build_release() {
  step "Build"
  run rm -rf "$staging"
  run mkdir -p "$staging"
  local source
  for source in "${SOURCES[@]}"; do
    [ ! -e "$checkout/$source" ] || run cp -R "$checkout/$source" "$staging/"
  done
  # "npm ci" also builds dist/ (the "prepare" script), for which it needs the compiler;
  # pruning drops the compiler and must not try to build again.
  run npm --prefix "$staging" ci --include=dev --no-audit --no-fund
  run npm --prefix "$staging" prune --omit=dev --ignore-scripts --no-audit --no-fund
}

put_release_in_place() {
  step "Release in $app"
  run rm -rf "$app/.old"
  run mkdir -p "$app/.old"
  local entry
  for entry in "${SOURCES[@]}" node_modules dist; do
    [ ! -e "$app/$entry" ] || run mv "$app/$entry" "$app/.old/"
    if $dry_run || [ -e "$staging/$entry" ]; then run mv "$staging/$entry" "$app/"; fi
  done
  run rm -rf "$app/.old" "$staging"

  [ -e "$app/data" ] || copy_example_data
  run mkdir -p "$app/var"
  if on_machine; then
    # A umask of 077 must not hide the program from the service's account.
    run chmod 0755 "$app"
    run chmod -R u=rwX,go=rX "$app/src" "$app/dist" "$app/deploy" "$app/node_modules" "$app/package.json"
    run chown -R "$NAME:$NAME" "$app/var"
    run chmod 0700 "$app/var"
    $dry_run || runuser -u "$NAME" -- test -r "$app/data" -a -x "$app/data" ||
      notice "$app/data cannot be read by $NAME: chgrp -R $NAME $app/data && chmod -R g+rX $app/data"
  fi
}

copy_example_data() {
  [ -d "$checkout/data" ] || return 0
  run cp -R "$checkout/data" "$app/data"
  on_machine || return 0
  # Whoever ran sudo may edit the texts; the service reads them.
  run chown -R "${SUDO_USER:-root}:$NAME" "$app/data"
  run chmod -R u=rwX,g=rX,o= "$app/data"
  run find "$app/data" -type d -exec chmod g+s {} +
}

write_settings() {
  step "Settings in $settings"
  if [ -e "$settings" ]; then
    notice_open_settings
  elif $dry_run; then
    echo "  would write $settings from the example, with new tokens, mode 0600"
  else
    mkdir -p "$(dirname "$settings")"
    (
      umask 077
      with_new_tokens <"$checkout/deploy/$NAME.env.example" >"$settings"
    )
  fi
  [ ! -e "$settings" ] || run chmod 0600 "$settings"
}

# In the shell itself: what stands on another program's command line, every account can read.
with_new_tokens() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in
      WEBHOOK_TOKEN=* | ADMIN_TOKEN=*) printf '%s=%s\n' "${line%%=*}" "$(new_token)" ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
}

# Settings of an earlier version keep working as they are; what they leave open is said.
notice_open_settings() {
  echo "  kept as they are"
  [ -n "$(setting ADMIN_TOKEN)" ] ||
    notice "ADMIN_TOKEN is not set: admin routes answer on this machine only, and to everybody if a proxy of yours hands requests on without its headers. Set one: openssl rand -hex 24"
  [ -n "$(setting WEBHOOK_TOKEN)" ] ||
    notice "WEBHOOK_TOKEN is not set: anybody who finds /webhook can write to the agent."
  [ "$(setting API_HOST)" != 0.0.0.0 ] ||
    notice "API_HOST is 0.0.0.0: port 8000 is open beside nginx. 127.0.0.1 closes it."
  ! grep -Eq "^[A-Z_]+=[^\"'#]*[[:space:]]#" "$settings" ||
    notice "a value is followed by a comment: systemd takes it for part of the value. Put it on a line of its own."
}

install_unit() {
  step "Service"
  local unit="$root/etc/systemd/system/$NAME.service"
  # The one of the Python version, which had the same name.
  if [ -e "$unit" ] && ! grep -q pm2-runtime "$unit"; then run cp -p "$unit" "$unit.before"; fi
  put "$checkout/deploy/systemd/$NAME.service" "$unit"
  run mkdir -p "$root/var/log/$NAME"
  local log="$root/var/log/$NAME/agent.log"
  [ -e "$log" ] || run install -m 0640 /dev/null "$log"
  if on_machine; then
    run chown root:adm "/var/log/$NAME" "$log"
    run chmod 0750 "/var/log/$NAME"
  fi
}

install_site() {
  step "nginx site"
  local shipped="$checkout/deploy/nginx/$NAME.conf"
  local site="$root/etc/nginx/sites-available/$NAME" enabled="$root/etc/nginx/sites-enabled"
  if [ -e "$site" ] && ! cmp -s "$shipped" "$site"; then
    put "$shipped" "$site.new"
    notice "$site differs from the one shipped and is kept; the one shipped is $site.new"
  else
    put "$shipped" "$site"
  fi
  run mkdir -p "$enabled"
  run ln -sfn "../sites-available/$NAME" "$enabled/$NAME"
  if is_stock_default "$enabled/default"; then run rm -f "$enabled/default"; fi
  on_machine || return 0
  run nginx -t
}

# The welcome page of the package, as the package brought it: it would take the requests that name
# no site. An edited one is somebody's site and stays.
is_stock_default() {
  [ -f "$1" ] || return 1
  local shipped
  shipped=$(dpkg-query -W -f='${Conffiles}\n' nginx-common 2>/dev/null |
    awk '$1 == "/etc/nginx/sites-available/default" { print $2 }') || return 1
  [ -n "$shipped" ] && [ "$(md5sum <"$1")" = "$shipped  -" ]
}

install_log_rotation() {
  step "Log rotation"
  put "$checkout/deploy/logrotate/$NAME" "$root/etc/logrotate.d/$NAME"
  put "$checkout/deploy/logrotate/hourly.conf" "$root/etc/systemd/system/logrotate.timer.d/$NAME.conf"
}

start_service() {
  on_machine || return 0
  step "Start"
  run systemctl daemon-reload
  run systemctl try-restart logrotate.timer ||
    notice "logrotate has no timer here: have it run every hour, or a flood fills the disk within a day."
  run systemctl enable "$NAME" nginx
  run systemctl reload-or-restart nginx
  if ! $dry_run && is_unfinished; then
    notice "not started yet: $settings still holds the texts of the example."
    return 0
  fi
  run systemctl restart "$NAME"
  run curl -fsS --retry 20 --retry-delay 1 --retry-all-errors --max-time 5 -o /dev/null \
    "http://127.0.0.1:$(setting API_PORT 8000)/health" ||
    fail "the service does not answer; its reason: tail -n 30 /var/log/$NAME/agent.log"
}

say_what_is_next() {
  if $dry_run; then
    step "Nothing was done."
    return 0
  fi
  local token address
  token=$(setting WEBHOOK_TOKEN)
  address=$(hostname -I 2>/dev/null | awk '{ print $1 }') || address=""
  step "Done"
  if is_unfinished; then
    echo "  Next: fill in the keys, then start it:"
    echo "    sudo nano ${settings#"$root"}"
    echo "    sudo systemctl restart $NAME"
  fi
  echo "  Webhook for the Mega API panel:"
  echo "    http://YOUR_PUBLIC_ADDRESS/webhook${token:+/$token}"
  echo "    (this machine calls itself ${address:-unknown}; on EC2 the public address is another)"
  echo "  Try it:    curl -s http://127.0.0.1/health"
  echo "  Your texts: ${app#"$root"}/data    Log: sudo tail -f /var/log/$NAME/agent.log"
}

# --- small tools -------------------------------------------------------------------------------

# False where only files are laid out: the machine itself is not to be touched.
on_machine() { [ -z "$root" ]; }

run() {
  if $dry_run; then
    printf '  would run:'
    printf ' %q' "$@"
    printf '\n'
  else
    "$@"
  fi
}

# For the few lines that need a pipe; nothing from outside goes into them.
pipe() {
  if $dry_run; then echo "  would run: $1"; else bash -o pipefail -c "$1"; fi
}

put() { run install -D -m 0644 "$1" "$2"; }

new_token() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# The value of a setting, or the second argument where it has none.
setting() {
  local value=""
  if [ -r "$settings" ]; then
    value=$(sed -n "s/^$1=//p" "$settings" | tail -n 1 | tr -d "\"'")
  fi
  echo "${value:-${2:-}}"
}

is_unfinished() {
  [ "$(setting MEGA_API_TOKEN)" = SEU_TOKEN ] || [ "$(setting MEGA_INSTANCE_ID)" = megastart-XXXXXX ] ||
    [ "$(setting OPENAI_API_KEY)" = COLOQUE_SUA_CHAVE_AQUI ]
}

node_major() {
  local version
  version=$(command -v npm >/dev/null && node --version 2>/dev/null) || version=v0
  version=${version#v}
  echo "${version%%.*}"
}

step() { printf '\n== %s\n' "$1"; }
notice() { printf '  NOTE: %s\n' "$1"; }
fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit 1
}

main "$@"
