#!/bin/sh
# Installs the Debian package in a bare Debian, tries it there, and takes it off again. Needs root, debootstrap, xvfb;
# with xdotool a desk is opened in the window too, in French, and F1 is pressed.
# Usage: try_in_bare_debian.sh PACKAGE.deb [FOLDER]; the FOLDER, where given, is kept and used again.
set -eu
package=$1
bare=${2:-$(mktemp -d)/bare}
[ -d "$bare/usr" ] || debootstrap --variant=minbase bookworm "$bare" >/dev/null
cp /etc/resolv.conf "$bare/etc/resolv.conf"
cp "$package" "$bare/wpsdesk.deb"
mountpoint -q "$bare/proc" || mount -t proc proc "$bare/proc"
screen=""
trap 'test -z "$screen" || kill "$screen"; umount "$bare/proc"' EXIT INT TERM
inside() { chroot "$bare" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LANG=C.UTF-8 "$@"; }

echo "1. It installs, with what it depends on."
inside apt-get update -qq
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  /wpsdesk.deb shared-mime-info desktop-file-utils >/dev/null
inside wpsdesk --version

echo "2. The whole year, without Python or any library of ours."
rm -rf "$bare/srv/demo" "$bare/tmp/.config"
inside wpsdesk demo /srv/demo >"$bare/srv/demo.txt"
tail -n 2 "$bare/srv/demo.txt"
rm -f "$bare/srv/manual.pdf"
inside wpsdesk manual --form pdf --language nb --out /srv/manual.pdf

echo "3. What is whose: each kind of file opens with it."
inside desktop-file-validate /usr/share/applications/wpsdesk.desktop
inside touch /tmp/a.wpsdesk /tmp/a.asice.cms /tmp/a.wpspart /tmp/a.asice
inside sh -c 'for kind in x-wpsdesk x-wpsdesk-bundle x-wpsdesk-sealed x-wpsdesk-part; do
  grep -q "application/$kind=wpsdesk.desktop" /usr/share/applications/mimeinfo.cache || exit 1; done
  grep -q "80:application/x-wpsdesk-sealed:\*.asice.cms" /usr/share/mime/globs2'

echo "4. The window opens, and a second start goes to it."
Xvfb :97 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 & screen=$!
sleep 2
inside env DISPLAY=:97 wpsdesk /srv/demo/stores/nair.wpsdesk & window=$!
sleep 10
kill -0 "$window"
command -v import >/dev/null && DISPLAY=:97 import -window root "$bare/srv/window.png" && echo "   $bare/srv/window.png"
inside env DISPLAY=:97 timeout 10 wpsdesk
kill "$window"
wait "$window" || true

if command -v xdotool >/dev/null; then
  echo "5. A desk is opened in French, and F1 opens the manual at its place."
  kill "$screen"
  Xvfb :98 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 & screen=$!
  press() { DISPLAY=:98 timeout 60 xdotool "$@"; }
  appears() { press search --sync --onlyvisible --name "$1" >/dev/null || { echo "no window is named $1"; exit 1; }; }
  sleep 2
  inside env DISPLAY=:98 WPSDESK_LANG=fr wpsdesk /srv/demo/stores/nair.wpsdesk & window=$!
  appears "^WPS Desk"
  sleep 8
  press search --onlyvisible --name "^WPS Desk" windowfocus
  press type "$(cat "$bare/srv/demo/passphrase.txt")"
  press key Return
  appears "NAIR$"
  sleep 8
  press key F1
  appears "^Manuel$"
  sleep 2
  command -v import >/dev/null && DISPLAY=:98 import -window root "$bare/srv/manual.png" && echo "   $bare/srv/manual.png"
  kill "$window"
  wait "$window" || true
fi

echo "6. It goes without a trace."
inside apt-get purge -y -qq wpsdesk >/dev/null
for left in "$bare/opt/wpsdesk" "$bare/usr/bin/wpsdesk" "$bare/usr/share/applications/wpsdesk.desktop"; do
  test ! -e "$left" || { echo "left behind: $left"; exit 1; }
done
rm "$bare/wpsdesk.deb"
echo "All of it works."
