#!/bin/sh
# Everything that is handed out, from a clean checkout: the folder with the program, the same packed, and the Debian
# package. Usage: make.sh [OUT], by default dist/. Needs Debian's dpkg-deb, xz and binutils, and the two commands' Python.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
out=$(mkdir -p "${1:-$top/dist}" && cd "${1:-$top/dist}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$top"

# 1. The program as a folder, from an environment that holds nothing else.
UV_PROJECT_ENVIRONMENT=$work/venv uv run --no-default-groups --group building pyinstaller build.spec --noconfirm --clean --log-level WARN \
  --distpath "$work/dist" --workpath "$work/build"
version=$("$work/dist/wpsdesk/wpsdesk" --version | sed 's/^WPS Desk //')
architecture=$(dpkg --print-architecture)
glibc=$(ldd --version | sed -n '1s/.* //p')

# 2. The same packed.
tar -C "$work/dist" --sort=name --owner=0 --group=0 --numeric-owner -cf - wpsdesk |
  xz -9 >"$out/wpsdesk-$version-linux-$architecture.tar.xz"

# 3. The Debian package: the folder below /opt, a command, a menu entry, the icon, and what kind of file is whose.
root=$work/root
mkdir -p "$root/DEBIAN" "$root/opt" "$root/usr/bin" "$root/usr/share/applications" "$root/usr/share/mime/packages" \
  "$root/usr/share/doc/wpsdesk"
cp -a "$work/dist/wpsdesk" "$root/opt/wpsdesk"
ln -s /opt/wpsdesk/wpsdesk "$root/usr/bin/wpsdesk"
cp "$here/debian/wpsdesk.desktop" "$root/usr/share/applications/"
cp "$here/debian/wpsdesk.xml" "$root/usr/share/mime/packages/"
cp SECURITY.md CHANGELOG.md "$root/usr/share/doc/wpsdesk/"
icons=$root/usr/share/icons/hicolor/scalable
mkdir -p "$icons/apps" "$icons/mimetypes"
cp resources/icons/wpsdesk.svg "$icons/apps/"
for kind in "" -bundle -sealed -part; do
  cp resources/icons/wpsdesk.svg "$icons/mimetypes/application-x-wpsdesk$kind.svg"
done
size=$(du -sk --apparent-size "$root" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" -e "s/@GLIBC@/$glibc/" \
  "$here/debian/control" >"$root/DEBIAN/control"
chmod -R go-w,a+rX "$root"
dpkg-deb --root-owner-group -Zxz -z9 --build "$root" "$out/wpsdesk_${version}_$architecture.deb" >/dev/null

rm -rf "$out/wpsdesk" && mv "$work/dist/wpsdesk" "$out/wpsdesk"
ls -l "$out"
