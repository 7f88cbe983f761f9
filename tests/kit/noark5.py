"""What the public schema of Noark 5 asks of an archive structure, as a table, and a real validator for it.

Read off arkivstruktur.xsd and metadatakatalog.xsd of version 5.0 (Arkivverket, github.com/arkivverket/schemas, the
folder N5/v5.0): every element of the kinds that an archive of ours has, in the schema's order. What is of other kinds
(meetings, precedents, disposal) is in the table by name alone.
"""

from __future__ import annotations

from lxml import etree

STRUCTURE = "http://www.arkivverket.no/standarder/noark5/arkivstruktur"

# ? may be left out, + at least one, * any number; (a|b) one or the other. A kind after < goes on where that one ends.
KINDS = {
    "arkiv": "systemID tittel beskrivelse? arkivstatus? dokumentmedium? oppbevaringssted* opprettetDato opprettetAv "
    "avsluttetDato avsluttetAv arkivskaper+ (arkiv+|arkivdel+)",
    "arkivskaper": "arkivskaperID arkivskaperNavn beskrivelse?",
    "arkivdel": "systemID tittel beskrivelse? arkivdelstatus dokumentmedium? oppbevaringssted* opprettetDato "
    "opprettetAv avsluttetDato avsluttetAv arkivperiodeStartDato? arkivperiodeSluttDato? referanseForloeper? "
    "referanseArvtaker? kassasjon? utfoertKassasjon? sletting? skjerming? gradering? "
    "(klassifikasjonssystem*|mappe*|registrering*)",
    "mappe": "systemID mappeID tittel offentligTittel? beskrivelse? noekkelord* dokumentmedium? oppbevaringssted* "
    "opprettetDato opprettetAv avsluttetDato avsluttetAv referanseArkivdel* virksomhetsspesifikkeMetadata? part* "
    "kryssreferanse* merknad* kassasjon? skjerming? gradering? (mappe*|registrering*)",
    "saksmappe < mappe": "saksaar sakssekvensnummer saksdato administrativEnhet saksansvarlig journalenhet? saksstatus "
    "utlaantDato? utlaantTil? referanseSekundaerKlassifikasjon* presedens*",
    "registrering": "systemID opprettetDato opprettetAv arkivertDato arkivertAv referanseArkivdel* part* kassasjon? "
    "skjerming? gradering? dokumentbeskrivelse* registreringsID? tittel offentligTittel? beskrivelse? noekkelord* "
    "forfatter* dokumentmedium? oppbevaringssted* virksomhetsspesifikkeMetadata? merknad* kryssreferanse* "
    "korrespondansepart*",
    "journalpost < registrering": "journalaar journalsekvensnummer journalpostnummer journalposttype journalstatus "
    "journaldato dokumentetsDato? mottattDato? sendtDato? forfallsdato? offentlighetsvurdertDato? antallVedlegg? "
    "utlaantDato? utlaantTil? journalenhet? avskrivning* dokumentflyt* presedens* elektroniskSignatur?",
    "korrespondansepart": "korrespondanseparttype korrespondansepartNavn postadresse* postnummer? poststed? land? "
    "epostadresse? telefonnummer* kontaktperson? administrativEnhet? saksbehandler?",
    "dokumentbeskrivelse": "systemID dokumenttype dokumentstatus tittel beskrivelse? forfatter* opprettetDato "
    "opprettetAv dokumentmedium? oppbevaringssted? referanseArkivdel* tilknyttetRegistreringSom dokumentnummer "
    "tilknyttetDato tilknyttetAv part* merknad* kassasjon? utfoertKassasjon? sletting? "
    "skjerming? gradering? elektroniskSignatur? dokumentobjekt*",
    "dokumentobjekt": "systemID versjonsnummer variantformat format formatDetaljer? opprettetDato opprettetAv "
    "referanseDokumentfil sjekksum sjekksumAlgoritme filstoerrelse elektroniskSignatur? konvertering*",
    "skjerming": "tilgangsrestriksjon skjermingshjemmel skjermingMetadata+ skjermingDokument? skjermingsvarighet? "
    "skjermingOpphoererDato?",
    "elektroniskSignatur": "elektroniskSignaturSikkerhetsnivaa elektroniskSignaturVerifisert verifisertDato "
    "verifisertAv",
}  # fmt: skip
NOT_OURS = {
    "klassifikasjonssystem", "kassasjon", "utfoertKassasjon", "sletting", "gradering", "part", "kryssreferanse",
    "merknad", "presedens", "avskrivning", "dokumentflyt", "konvertering", "virksomhetsspesifikkeMetadata",
}  # fmt: skip
TYPES = {
    "dateTime": "opprettetDato avsluttetDato arkivertDato mottattDato sendtDato tilknyttetDato",
    "date": "saksdato journaldato dokumentetsDato verifisertDato forfallsdato offentlighetsvurdertDato utlaantDato "
    "arkivperiodeStartDato arkivperiodeSluttDato skjermingOpphoererDato",
    "integer": "saksaar sakssekvensnummer journalaar journalsekvensnummer journalpostnummer dokumentnummer "
    "versjonsnummer filstoerrelse antallVedlegg skjermingsvarighet",
}
WORDS = {
    "arkivstatus": ("Opprettet", "Avsluttet"),
    "arkivdelstatus": ("Aktiv periode", "Overlappingsperiode", "Avsluttet periode", "Uaktuelle mapper"),
    "saksstatus": ("Under behandling", "Avsluttet", "Utgår"),
    "journalstatus": ("Journalført", "Ekspedert", "Arkivert", "Utgår"),
    "dokumentstatus": ("Dokumentet er under redigering", "Dokumentet er ferdigstilt"),
    "journalposttype": (
        "Inngående dokument", "Utgående dokument", "Organinternt dokument for oppfølging",
        "Organinternt dokument uten oppfølging", "Saksframlegg",
    ),
    "korrespondanseparttype": (
        "Avsender", "Mottaker", "Kopimottaker", "Gruppemottaker", "Intern avsender", "Intern mottaker",
    ),
    "tilknyttetRegistreringSom": ("Hoveddokument", "Vedlegg"),
    "dokumentmedium": ("Fysisk arkiv", "Elektronisk arkiv", "Blandet fysisk og elektronisk arkiv"),
    "tilgangsrestriksjon": ("Unntatt offentlighet",),
    "skjermingMetadata": (
        "Skjerming klasseID", "Skjerming tittel klasse", "Skjerming tittel mappe - unntatt første linje",
        "Skjerming tittel mappe - utvalgte ord", "Skjerming navn part i sak",
        "Skjerming tittel registrering - unntatt første linje", "Skjerming tittel registrering - utvalgte ord",
        "Skjerming navn avsender", "Skjerming navn mottaker", "Skjerming tittel dokumentbeskrivelse",
        "Skjerming merknadstekst", "Midlertidig skjerming",
    ),
    "skjermingDokument": ("Skjerming av hele dokumentet", "Skjerming av deler av dokumentet"),
    "elektroniskSignaturSikkerhetsnivaa": (
        "Symmetrisk kryptert", "Sendt med PKI/virksomhetssertifikat", "Sendt med PKI/'person standard'-sertifikat",
        "Sendt med PKI/'person høy'-sertifikat",
    ),
    "elektroniskSignaturVerifisert": ("Signatur påført, ikke verifisert", "Signatur påført og verifisert"),
    "variantformat": ("Produksjonsformat", "Arkivformat", "Dokument hvor deler av innholdet er skjermet"),
    "sjekksumAlgoritme": ("SHA256",),  # not in the schema: the catalogue's own condition on M706
}  # fmt: skip


def schema() -> etree.XMLSchema:
    """The table as an XML Schema, for libxml2 to judge by."""
    kinds = "".join(_kind(*name.split(" < "), inside=inside) for name, inside in KINDS.items())
    return etree.XMLSchema(
        etree.fromstring(
            f'<xs:schema xmlns="{STRUCTURE}" xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{STRUCTURE}" '
            f'elementFormDefault="qualified"><xs:element name="arkiv" type="arkiv"/>{kinds}</xs:schema>'
        )
    )


def _kind(name: str, base: str = "", *, inside: str) -> str:
    members = "".join(_member(each) for each in inside.split())
    said = f"<xs:sequence>{members}</xs:sequence>"
    if base:
        said = f'<xs:complexContent><xs:extension base="{base}">{said}</xs:extension></xs:complexContent>'
    return f'<xs:complexType name="{name}">{said}</xs:complexType>'


def _member(word: str) -> str:
    if word.startswith("("):
        return f"<xs:choice>{''.join(_member(each) for each in word[1:-1].split('|'))}</xs:choice>"
    name = word.rstrip("?+*")
    least, most = {"?": ("0", "1"), "*": ("0", "unbounded"), "+": ("1", "unbounded")}.get(word[-1], ("1", "1"))
    said = f'<xs:element name="{name}" minOccurs="{least}" maxOccurs="{most}"'
    if name in WORDS:
        values = "".join(f'<xs:enumeration value="{each}"/>' for each in WORDS[name])
        restricted = f'<xs:restriction base="xs:string">{values}</xs:restriction>'
        return f"{said}><xs:simpleType>{restricted}</xs:simpleType></xs:element>"
    return f'{said} type="{_type(name)}"/>'


def _type(name: str) -> str:
    if name in KINDS:
        return name
    if name in NOT_OURS:
        return "xs:anyType"
    return next((f"xs:{kind}" for kind, names in TYPES.items() if name in names.split()), "xs:string")
