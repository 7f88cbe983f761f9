#!/bin/sh
# Kontrollerer et arkiv fra WPS Desk med bare unzip, openssl og POSIX sh, også når alle sertifikater er utløpt.
# Checks an archive from WPS Desk with nothing but unzip, openssl and POSIX sh, long after every certificate has ended.
#
#   sh verify-all.sh [ROOT.pem]
#
# ROOT.pem: UD's root certificate, had from elsewhere; without it the archive's own root.pem is used, and its
# fingerprint, shown at the end, must be compared with what UD has made known.
# Every submission is judged by the moment at which UD received it, by the chain and the revocation lists of that
# day; UD's own signed note of the import (receipt.asice) says when it was, and holds them.
# Exit: 0 everything holds; 1 something does not; 2 wrong usage.
set -eu
export LC_ALL=C

[ $# -le 1 ] || { echo "sh verify-all.sh [ROOT.pem]" >&2; exit 2; }
known=${1:-}
[ -z "$known" ] || known=$(cd "$(dirname "$known")" && pwd)/$(basename "$known")
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
faults=0
fault() { echo "FEIL: $1" >&2; faults=$((faults + 1)); }

# Seconds since 1970 of a time like 2026-12-01T09:00:00Z.
epoch() {
    y=${1%%-*} rest=${1#*-}
    m=${rest%%-*} rest=${rest#*-}
    d=${rest%%T*} rest=${rest#*T}
    H=${rest%%:*} rest=${rest#*:}
    M=${rest%%:*} S=${rest#*:}
    S=${S%Z} m=${m#0} d=${d#0} H=${H#0} M=${M#0}
    S=${S#0}
    [ "$m" -gt 2 ] || { y=$((y - 1)); m=$((m + 12)); }
    days=$((365 * y + y / 4 - y / 100 + y / 400 + (153 * (m - 3) + 2) / 5 + d - 719469))
    echo $((days * 86400 + H * 3600 + M * 60 + S))
}

digest() { openssl dgst -sha256 -r "$1" | cut -c 1-64; }

# One PEM for each base64 string of a JSON list, or for one string alone.
pem() {
    tr -d '"[]' | tr ',' '\n' | while read -r base64; do
        [ -n "$base64" ] || continue
        echo "-----BEGIN $1-----"
        echo "$base64" | fold -w 64
        echo "-----END $1-----"
    done
}

# 1. The root.
[ -f root.pem ] || { fault "root.pem mangler"; exit 1; }
if [ -n "$known" ]; then
    openssl x509 -in "$known" -outform DER -out "$scratch/known.der" || { fault "$known er ikke et sertifikat"; exit 1; }
    openssl x509 -in root.pem -outform DER -out "$scratch/root.der" || { fault "root.pem er ikke et sertifikat"; exit 1; }
    cmp -s "$scratch/known.der" "$scratch/root.der" || fault "root.pem er ikke den roten som ble oppgitt"
fi

# A year may have been taken in from an archive that an earlier desk of UD's wrote, under another root. UD's signature on
# the list vouches for that root; it is the first certificate of its file.
root_of() { sed '/-----END CERTIFICATE-----/q' "$1"; }
is_a_root() {
    cmp -s "$1" root.pem && return 0
    for held in earlier/*.pem; do
        [ -f "$held" ] || continue
        root_of "$held" >"$scratch/held"
        ! cmp -s "$1" "$scratch/held" || return 0
    done
    return 1
}

# 2. The list of files: signed by UD when the archive was made; every file is there as it was, and no other.
made=$(sed -n '1s/^# \([0-9TZ:-]*\)$/\1/p' sha256.txt)
[ -n "$made" ] || { fault "sha256.txt sier ikke når arkivet ble laget"; exit 1; }
openssl cms -verify -cades -binary -inform DER -in sha256.p7s -content sha256.txt -CAfile trust.pem -no-CApath \
    -no-CAstore -crl_check_all -attime "$(epoch "$made")" -signer "$scratch/maker.pem" -out /dev/null \
    2>"$scratch/log" || { fault "signaturen på fillisten holder ikke"; cat "$scratch/log" >&2; }
sed 1d sha256.txt >"$scratch/list"
while read -r expected name; do
    case /$name/ in */../* | //*) fault "ugyldig filnavn i listen: $name"; continue ;; esac
    [ -f "$name" ] || { fault "$name mangler"; continue; }
    [ "$(digest "$name")" = "$expected" ] || fault "$name er endret"
done <"$scratch/list"
cut -c 67- "$scratch/list" | sort >"$scratch/listed"
find . -type f ! -path ./sha256.txt ! -path ./sha256.p7s | cut -c 3- | sort >"$scratch/there"
comm -13 "$scratch/listed" "$scratch/there" >"$scratch/more"
while read -r name; do fault "$name står ikke i listen"; done <"$scratch/more"

# 3. Each submission, by the moment at which UD received it.
signed_by() { # container, trust, time: verifies, and tells the unit that signed
    sh ./verify.sh "$1" "$2" -attime "$3" >"$scratch/out" 2>"$scratch/log" || return 1
    sed -n 's/^subject=.*serialNumber *= *\([A-Z0-9-]*\).*/\1/p' "$scratch/out"
}

# A first submission may be signed before the unit has its certificate: then UD's note holds the certificate that UD
# issued for the very same key, and that one is judged by the chain and the lists.
vouched_for() { # container, trust, time: as signed_by
    sed -n 's/.*"signer":"\([^"]*\)".*/\1/p' "$scratch/reply" | pem CERTIFICATE >"$scratch/issued.pem"
    unzip -p "$1" META-INF/signature001.p7s | openssl pkcs7 -inform DER -print_certs -out "$scratch/own.pem" || return 1
    [ "$(grep -c BEGIN "$scratch/own.pem")" -eq 1 ] || return 1
    openssl x509 -in "$scratch/issued.pem" -noout -pubkey >"$scratch/issued.key" || return 1
    openssl x509 -in "$scratch/own.pem" -noout -pubkey >"$scratch/own.key" || return 1
    cmp -s "$scratch/issued.key" "$scratch/own.key" || return 1
    openssl verify -CAfile "$2" -no-CApath -no-CAstore -crl_check_all -attime "$3" "$scratch/issued.pem" \
        >"$scratch/log" 2>&1 || return 1
    SELF_SIGNED=yes sh ./verify.sh "$1" "$scratch/own.pem" -attime "$3" >"$scratch/out" 2>"$scratch/log" || return 1
    openssl x509 -in "$scratch/issued.pem" -noout -subject |
        sed -n 's/^subject=.*serialNumber *= *\([A-Z0-9-]*\).*/\1/p'
}
member() { unzip -p "$1" "$2" 2>/dev/null; }

submission() {
    receipt=$1/receipt.asice package=$1/submission.asice trust=$1/trust.pem
    for name in "$receipt" "$package" "$trust"; do [ -f "$name" ] || { fault "$name mangler"; return; }; done
    member "$receipt" bundle.json >"$scratch/header" || { fault "$receipt lar seg ikke lese"; return; }
    member "$receipt" reply.json >"$scratch/reply" || { fault "$receipt lar seg ikke lese"; return; }
    received=$(sed -n 's/.*"about":{[^}]*"received":"\([0-9TZ:-]*\)".*/\1/p' "$scratch/reply")
    expected=$(sed -n 's/.*"about":{[^}]*"sha256":"\([0-9a-f]*\)".*/\1/p' "$scratch/reply")
    unit=$(sed -n 's/.*"to":"\([A-Z0-9-]*\)".*/\1/p' "$scratch/header")
    [ -n "$received" ] && [ -n "$expected" ] && [ -n "$unit" ] || { fault "$receipt mangler opplysninger"; return; }
    at=$(epoch "$received")
    # a. The chain and the lists are those that UD's note carries, and they begin with a root of the archive's.
    sed -n 's/.*"trust":{.*"root":"\([^"]*\)".*/\1/p' "$scratch/reply" | pem CERTIFICATE >"$scratch/trust"
    is_a_root "$scratch/trust" || { fault "$receipt bygger på en annen rot"; return; }
    sed -n 's/.*"trust":{"intermediates":\(\[[^]]*\]\).*/\1/p' "$scratch/reply" | pem CERTIFICATE >>"$scratch/trust"
    sed -n 's/.*"trust":{.*"lists":\(\[[^]]*\]\).*/\1/p' "$scratch/reply" | pem "X509 CRL" >>"$scratch/trust"
    cmp -s "$scratch/trust" "$trust" || { fault "$trust er ikke det som $receipt sier"; return; }
    # b. UD's note is signed by UD.
    by=$(signed_by "$receipt" "$trust" "$at") || { fault "$receipt holder ikke"; cat "$scratch/log" >&2; return; }
    [ "$by" = UD ] || { fault "$receipt er ikke signert av UD"; return; }
    # c. The submission is the one that the note names, and its own unit has signed it.
    [ "$(digest "$package")" = "$expected" ] || { fault "$package er ikke den som UD mottok"; return; }
    by=$(signed_by "$package" "$trust" "$at") || by=$(vouched_for "$package" "$trust" "$at" 2>>"$scratch/log") ||
        { fault "$package holder ikke"; cat "$scratch/log" >&2; return; }
    [ "$by" = "$unit" ] || { fault "$package er ikke signert av $unit"; return; }
    echo "OK   $1: signert av $unit, mottatt $received"
    count=$((count + 1))
}

count=0
for folder in submissions/*/; do
    [ -d "$folder" ] || continue
    submission "${folder%/}"
done

for held in earlier/*.pem; do
    [ -f "$held" ] || continue
    echo "Tidligere rot: $(root_of "$held" | openssl x509 -noout -fingerprint -sha256)"
done
openssl x509 -in root.pem -noout -fingerprint -sha256
if [ "$faults" -gt 0 ]; then
    echo "Arkivet holder ikke: $faults feil." >&2
    exit 1
fi
echo "Arkivet fra $made holder: $count innsendinger er kontrollert."
