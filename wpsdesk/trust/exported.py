"""Reading back what auditors are given: root, chain and revocation lists in one PEM file."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from wpsdesk.trust.anchors import MAX_AUTHORITIES, MAX_LISTS, TrustSet
from wpsdesk.trust.certificates import Certificate, RevocationList
from wpsdesk.trust.errors import BadCertificate, BadRevocationList

MAX_PEM: Final = 16 << 20  # bytes
_BLOCK: Final = re.compile(r"-----BEGIN (CERTIFICATE|X509 CRL)-----([A-Za-z0-9+/=\s]+)-----END \1-----")


def trust_from_pem(text: str) -> TrustSet:
    """The trust set in a PEM text; what stands between the blocks is passed over.

    The root is the one certificate that vouches for itself. Raises BadCertificate, BadRevocationList.
    """
    blocks = [(found.group(1), _der(found.group(2))) for found in _BLOCK.finditer(text)]
    certificates = [Certificate.from_der(der) for label, der in blocks if label == "CERTIFICATE"]
    lists = [RevocationList.from_der(der) for label, der in blocks if label == "X509 CRL"]
    roots = [each for each in certificates if each.is_authority and each.is_self_signed]
    if len(roots) != 1 or len(certificates) > MAX_AUTHORITIES + 1:
        raise BadCertificate(problem="not-of-this-root")
    if len(lists) > MAX_LISTS:
        raise BadRevocationList(problem="too-large")
    between = tuple(each for each in certificates if each != roots[0])
    return TrustSet(root=roots[0], intermediates=between, lists=tuple(lists))


def _der(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()).encode("ascii"), validate=True)
    except binascii.Error:
        raise BadCertificate(problem="unreadable") from None
