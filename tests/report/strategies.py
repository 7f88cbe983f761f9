"""Entries as hypothesis makes them up: everything an entry can hold."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from wpsdesk.base.ids import CommitmentNumber, CountryCode, Digest, Year, nfc
from wpsdesk.report.model import (
    NARRATIVE,
    Access,
    AccessScope,
    ChallengeKind,
    Entry,
    EntryKey,
    Evidence,
    EvidenceKind,
    GenderMarker,
    Indicator,
    LegalBasis,
    Links,
    Measure,
    MeasureStatus,
    Money,
    Part,
    Partner,
    PartnerKind,
    Passage,
    ResultKind,
    Status,
)

letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
lines = st.text(letters, max_size=40).map(nfc)
names = st.text(letters, min_size=1, max_size=40).map(nfc).filter(bool)
languages = st.sampled_from(("nb", "nn", "en"))
texts = st.builds(Passage, text=st.text(letters | st.just("\n"), min_size=1, max_size=200).map(nfc), language=languages)
passages = st.just(Passage()) | texts
counts = st.none() | st.integers(0, 10**9)
decimals = st.none() | st.decimals(min_value=-(10**9), max_value=10**9, places=3)
days = st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1))

access = st.just(Access()) | st.builds(
    Access,
    scope=st.sampled_from((AccessScope.PART, AccessScope.WHOLE)),
    basis=st.none() | st.sampled_from(LegalBasis),
    basis_text=lines,
    reason=lines,
    wider_access_considered=st.booleans(),
    wider_access_refusal=lines,
    delayed_until=days,
    ends_on=days,
    public=st.dictionaries(st.sampled_from(NARRATIVE), texts, max_size=3).map(
        lambda found: tuple((field, found[field]) for field in NARRATIVE if field in found)
    ),
)
indicators = st.builds(
    Indicator,
    name=names, measure=lines, value=decimals, unit=lines, women=counts, men=counts, other=counts, unknown=counts,
    baseline=decimals, baseline_year=st.none() | st.integers(1990, 2100), measured_on=days, source=lines,
)  # fmt: skip
evidence = st.builds(
    Evidence,
    digest=st.binary(min_size=32, max_size=32).map(lambda b: Digest(b.hex())),
    name=st.just("fil.pdf"),
    media_type=st.just("application/pdf"),
    size=st.integers(0, 2 << 30),
    title=names, kind=st.sampled_from(EvidenceKind), dated=days, language=languages, source=lines,
    consent=st.booleans(), access=access,
)  # fmt: skip
keys = st.builds(
    EntryKey,
    st.integers(1, 35).map(CommitmentNumber),
    st.none() | st.sampled_from(("SO", "UA", "ZA")).map(CountryCode),
)
entries = st.builds(
    Entry,
    key=keys, part=st.sampled_from(Part), status=st.none() | st.sampled_from(Status),
    effort=passages, results=passages, challenges=passages, lessons=passages, context=passages,
    nothing_reason=passages,
    result_kinds=st.lists(st.sampled_from(ResultKind), unique=True).map(tuple),
    challenge_kinds=st.lists(st.sampled_from(ChallengeKind), unique=True).map(tuple),
    measures=st.lists(
        st.builds(
            Measure, title=names, owner=lines, due=st.none() | st.dates(), status=st.sampled_from(MeasureStatus),
            result=lines,
        ), max_size=2,
    ).map(tuple),
    indicators=st.lists(indicators, max_size=2).map(tuple),
    partners=st.lists(
        st.builds(Partner, name=names, kind=st.sampled_from(PartnerKind), may_be_named=st.booleans()), max_size=2
    ).map(tuple),
    money=st.lists(
        st.builds(
            Money, agreement=lines, amount_nok=counts, disbursed_nok=st.none() | st.integers(-(10**9), 10**9),
            gender_marker=st.sampled_from(GenderMarker), dac_sector=st.sampled_from(("", "15170")),
        ), max_size=2,
    ).map(tuple),
    links=st.builds(
        Links, sdg_targets=st.just(()) | st.just(("5.5", "16.a")), commitments=st.just((CommitmentNumber(7),)),
        resolutions=st.just(("1325",)),
    ),
    evidence=st.lists(evidence, max_size=2, unique_by=lambda e: e.digest).map(tuple),
    access=access, identifies_person_at_risk=st.booleans(), graded_annex=lines,
    unchanged_since=st.sampled_from(((), (("effort", Year(2025)),))),
)  # fmt: skip
