#!/bin/sh
# Kontrollerer en rapportpakke (.asice) fra WPS Desk med bare unzip, openssl og POSIX sh.
# Checks a bundle (.asice) from WPS Desk with nothing but unzip, openssl and POSIX sh.
#
#   sh verify.sh bundle.asice ca-and-crls.pem [-attime EPOCH]
#
# ca-and-crls.pem holds the root, the chain and the revocation lists: "wpsdesk trust export ca-and-crls.pem".
# -attime: judge by that moment, in seconds since 1970, as when a bundle is looked at years after its
# certificate has expired. A sealed bundle (.asice.cms) is opened first: "wpsdesk open FILE.cms OUT.asice", or with
# the recovery key "wpsdesk desk recover KEYFILE FILE.cms OUT.asice"; what lies in an archive has been opened already.
# SELF_SIGNED=yes in the environment: ca-and-crls.pem is the signer's own certificate, whose key is vouched for
# elsewhere (see verify-all.sh); there are no revocation lists for it.
# Exit: 0 everything holds; 1 something does not; 2 wrong usage.
set -eu

[ $# -ge 2 ] || { echo "sh verify.sh bundle.asice ca-and-crls.pem [-attime EPOCH]" >&2; exit 2; }
bundle=$1 trusted=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() { echo "FEIL: $1" >&2; exit 1; }

# 1. The container unpacks without a remark, and is of the right sort.
unzip -q -o "$bundle" -d "$folder/inside" || fail "pakken lar seg ikke pakke ut"
[ "$(cat "$folder/inside/mimetype")" = application/vnd.etsi.asic-e+zip ] || fail "filen er ikke en ASiC-E-pakke"
manifest=$folder/inside/META-INF/ASiCManifest001.xml
signature=$folder/inside/META-INF/signature001.p7s
[ -f "$manifest" ] && [ -f "$signature" ] || fail "pakken er ikke signert"

lists=-crl_check_all
[ "${SELF_SIGNED:-}" != yes ] || lists=-partial_chain

# 2. The signature over the list of contents; its path to the root; nobody on the path revoked.
openssl cms -verify -cades -binary -inform DER -in "$signature" -content "$manifest" \
    -CAfile "$trusted" -no-CApath -no-CAstore "$lists" "$@" \
    -signer "$folder/signer.pem" -out /dev/null || fail "signaturen holder ikke"
openssl x509 -in "$folder/signer.pem" -noout -subject -issuer -serial

# 3. Every file on the list has the digest that was signed.
sed -n 's/.*<asic:DataObjectReference URI="\([^"]*\)".*<ds:DigestValue>\([^<]*\)<.*/\1 \2/p' "$manifest" >"$folder/list"
count=0
while read -r name digest; do
    case /$name/ in */../*) fail "ugyldig filnavn i listen: $name" ;; esac
    [ -f "$folder/inside/$name" ] || fail "$name mangler"
    found=$(openssl dgst -sha256 -binary "$folder/inside/$name" | openssl base64 -A)
    [ "$found" = "$digest" ] || fail "$name er endret"
    echo "OK   $name"
    count=$((count + 1))
done <"$folder/list"

# 4. No file stands outside the list.
there=$(cd "$folder/inside" && find . -type f ! -path ./mimetype ! -path './META-INF/*' | wc -l)
listed=$(sort -u "$folder/list" | wc -l)
[ "$count" -gt 0 ] && [ "$count" -eq "$there" ] && [ "$listed" -eq "$count" ] ||
    fail "pakken har $there filer, men listen har $count"
[ "$(find "$folder/inside/META-INF" -type f | wc -l)" -eq 2 ] || fail "META-INF har flere filer enn den skal"
echo "Alle $count filer er dekket av signaturen."
