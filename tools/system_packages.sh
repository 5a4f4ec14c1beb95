#!/usr/bin/env bash
# Installs what scans and Word 97 files need, where this user may; says what is missing where not. Never fails a build.
set -u
missing=()
command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx vie || missing+=(tesseract-ocr tesseract-ocr-vie)
find /usr/share/fonts \( -name DejaVuSerif.ttf -o -name LiberationSerif-Regular.ttf \) 2>/dev/null | grep -q . || missing+=(fonts-dejavu-core)
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
# the tests of the web page drive a real browser
[ -z "${KHPARSE_DEV:-}" ] || command -v chromium >/dev/null || missing+=(chromium)
# playwright's own node links to it, and a bare Debian has none
[ -z "${KHPARSE_DEV:-}" ] || ldconfig -p 2>/dev/null | grep -q libatomic.so.1 || missing+=(libatomic1)
# and those of `khparse publish` a real server, started by the tests in a folder of their own
[ -z "${KHPARSE_DEV:-}" ] || command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Cài gói hệ thống: ${missing[*]} (một lần)" >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 && exit 0
fi
echo "Chưa có: ${missing[*]}. Bản quét và tệp .doc chưa đọc được; cài bằng: sudo apt-get install ${missing[*]}" >&2
exit 0
