"""The ways in which a bundle is refused, in the order of the checks, and the ways in which one cannot be written."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Digest, EditionId, UnitCode


@dataclass(eq=False, kw_only=True)
class BundleRefused(WpsError):
    """Why a bundle is not taken in; only its subclasses are raised."""


# -- before the checks: what is it? --------------------------------------------------------------


class NotABundle(BundleRefused):
    """The file is something else: neither a sealed nor a signed bundle."""


@dataclass(eq=False, kw_only=True)
class NewerBundle(BundleRefused):
    """A later version of WPS Desk made it; ``version`` is what it says of itself (``wps-bundle/2``)."""

    version: str


# -- check 1: the file and the seal --------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class BundleTooLarge(BundleRefused):
    """More than a bundle may be, in bytes; met by who writes and by who opens."""

    size: int
    limit: int


@dataclass(eq=False, kw_only=True)
class Truncated(BundleRefused):
    """The file ends too early: a download or a copy was cut off. ``expected`` is None where nothing tells."""

    size: int
    expected: int | None


@dataclass(eq=False, kw_only=True)
class SealMalformed(BundleRefused):
    """The seal is not written as the profile says.

    ``code``: ``trailing``, ``not-der``, ``not-canonical``, ``recipient-count``, ``recipient`` or ``point``.
    """

    code: str


@dataclass(eq=False, kw_only=True)
class SealUnknown(BundleRefused):
    """The seal is of a sort that this version does not know; perhaps a later one does.

    ``code``: ``version``, ``content-type``, ``algorithm``, ``recipient-type`` or ``attributes``.
    """

    code: str


@dataclass(eq=False, kw_only=True)
class NotForThisDesk(BundleRefused):
    """Sealed for others; ``recipients`` are the serial numbers of those who can open it."""

    recipients: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class Altered(BundleRefused):
    """Something was changed after the bundle had been made.

    ``where``: ``seal`` (the tag), ``key`` (the sealed key), ``data`` (a file's checksum), ``file`` (a file's
    digest), ``manifest`` (its digest), ``signature``, or ``container`` (the file changed while it was read).
    ``name``: the file inside the bundle, or "".
    """

    where: str
    name: str = ""


# -- checks 2 to 4: the container ----------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class ZipMalformed(BundleRefused):
    """The container is not written as the profile says (check 2).

    ``code``: ``mimetype``, ``end-record``, ``counts``, ``directory``, ``tiling``, ``header``,
    ``not-canonical`` or ``order``.
    """

    code: str


@dataclass(eq=False, kw_only=True)
class EntryRefused(BundleRefused):
    """A file inside has properties that no file of a bundle has (check 3).

    ``code``: ``not-a-file``, ``method``, ``flags``, ``name``, ``device-name`` or ``twice``.
    """

    code: str
    name: str


@dataclass(eq=False, kw_only=True)
class Bomb(BundleRefused):
    """It would grow beyond all bounds when unpacked (check 4).

    ``code``: ``entries``, ``entry``, ``total``, ``ratio``, ``inflation``, and where the entry with this task is
    too large ``header``, ``payload``, ``manifest`` or ``signature``.
    """

    code: str
    name: str = ""


# -- checks 5 to 7: signature and manifest -------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class SignatureMalformed(BundleRefused):
    """The signature is not written as the profile says (check 5).

    ``code``: ``not-der``, ``not-canonical``, ``time``, ``certificates`` or ``no-signer``.
    """

    code: str


@dataclass(eq=False, kw_only=True)
class ManifestMalformed(BundleRefused):
    """The signed list of contents is not written as the profile says (check 6).

    ``code``: ``doctype``, ``entity``, ``instruction``, ``depth``, ``element``, ``not-xml`` or ``not-canonical``.
    """

    code: str


@dataclass(eq=False, kw_only=True)
class ContentsDiffer(BundleRefused):
    """The files inside are not those that the signature covers (check 7).

    ``code``: ``names`` (too many, too few or another order) or ``files`` (bundle.json tells of others);
    ``name`` the first one that differs.
    """

    code: str
    name: str


# -- check 8: the contents -----------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class ContentMalformed(BundleRefused):
    """A document inside cannot be read.

    ``document`` is its name, ``place`` where in it, ``problem`` a word from :data:`wpsdesk.base.decoding.PROBLEMS`
    or ``not-canonical``.
    """

    document: str
    place: str
    problem: str


@dataclass(eq=False, kw_only=True)
class NewerReport(BundleRefused):
    """The container can be read, the report in it is of a later schema (``wps-report/2``)."""

    version: str


@dataclass(eq=False, kw_only=True)
class OtherPlan(BundleRefused):
    """It is about an edition of the plan that this program does not have; ``expected`` is the one in use here."""

    found: EditionId
    expected: EditionId


@dataclass(eq=False, kw_only=True)
class DeskOfAnotherPlan(OtherPlan):
    """It is about an edition that this program has, and the desk was made for another: a desk keeps its edition."""


@dataclass(eq=False, kw_only=True)
class WrongUnit(BundleRefused):
    """Signed by one unit in the name of another: ``signer`` by its certificate, ``named`` by the contents."""

    signer: UnitCode | None
    named: UnitCode


@dataclass(eq=False, kw_only=True)
class NotTheAuthority(BundleRefused):
    """A call or a reply signed by a unit that is trusted, but is not the authority."""

    signer: UnitCode | None
    authority: UnitCode | None


# -- parts ---------------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class PartMalformed(BundleRefused):
    """The file is a part, and not written as the profile says.

    ``code``: ``zip`` (its records), ``index`` (its list of parts, at ``place``), or ``file`` (all parts are right and
    together make another file than the list says).
    """

    code: str
    place: str = ""


@dataclass(eq=False, kw_only=True)
class PartDamaged(BundleRefused):
    """The data in a part is none of those that its own list names: it was changed or cut off on the way."""

    set_id: Digest


# -- writing -------------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class AttachmentChanged(WpsError):
    """An attachment is not what it was when it was attached: other bytes, or gone."""

    name: str
    digest: Digest


@dataclass(eq=False, kw_only=True)
class TooManyAttachments(WpsError):
    """More files than one bundle may carry."""

    count: int
    limit: int


@dataclass(eq=False, kw_only=True)
class PartSizeRefused(WpsError):
    """Parts of this size (bytes) cannot be: a part is ``least`` to ``most`` bytes, and a set has not too many."""

    size: int
    least: int
    most: int
