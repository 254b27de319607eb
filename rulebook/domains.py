"""Web addresses in a text, and whose domain they stand on.

Where one registration ends and the next begins is the Public Suffix List's to say (package `publicsuffixlist`, which
carries the list with it and asks no network). Tables of hosts: shorteners open to everybody, places that share files,
free mailboxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

Span = tuple[int, int]


def words(text: str) -> frozenset[str]:
    """A set of words written as running text: a table that stays readable."""
    return frozenset(text.split())


# Reserved for examples by RFC 2606, absent from the list.
_RESERVED = ("example", "test")
_LIST = PublicSuffixList()

_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://[^\s\"<>|]{1,2000}"
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{0,62}+\.){1,4}(?-i:[a-z]{2,24}|[A-Z]{2,24})(?![\w@-])(?:[/?#][^\s\"<>|"
    r",;]{0,2000})?"
    r"|(?<![\w@.-])localhost(?![\w@-])[^\s\"<>|,;]{0,2000}",
    re.IGNORECASE,
)
# No address stands in a run of signs without one of these.
_HINT = re.compile(r"\.[a-z]|://|localhost", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_TRAILING = ".,;:!?)]'\"*"

SHORTENERS = words(
    """
    bit.ly bitly.com j.mp tinyurl.com tiny.cc tiny.one t.co goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly
    shorturl.at shorturl.com rb.gy lnkd.in s.id t.ly bl.ink shorte.st adf.ly clck.ru tr.im soo.gd short.io
    snip.ly t2m.io dub.sh u.to kutt.it bit.do mcaf.ee gg.gg n9.cl surl.li t1p.de han.gl urlz.fr tny.im qr.ae
    x.co cli.re shrtco.de da.gd chilp.it budurl.com po.st zpr.io spoo.me ulvis.net clicky.me 2no.co x.gd tinu.be
    yourls.org switchy.io linktw.in short.cm bitly.is smarturl.it rotf.lol shortlink.com tinylink.com
    """
)
FILE_SHARES = words(
    """
    drive.google.com docs.google.com sites.google.com photos.google.com photos.app.goo.gl dropbox.com
    dropboxusercontent.com sharepoint.com onedrive.live.com onedrive.com 1drv.ms notion.so notion.site box.com
    app.box.com icloud.com wetransfer.com we.tl evernote.com airtable.com trello.com atlassian.net slack.com
    basecamp.com mega.nz mediafire.com sync.com egnyte.com pcloud.com sendspace.com hightail.com quip.com
    coda.io zoho.com workdrive.zoho.com teams.microsoft.com office.com 4shared.com sugarsync.com
    citrixsharefile.com sharefile.com
    """
)
_INTERNAL = re.compile(
    r"^(?:localhost|intranet|\d{1,3}(?:\.\d{1,3}){3}|.*\.(?:local|localhost|internal|intranet|corp|lan|home|private))$"
    r"|^(?:intranet|staging|localhost|internal|sharepoint|vpn)\."
)
FREE_MAIL = words(
    """
    gmail.com googlemail.com yahoo.com ymail.com rocketmail.com outlook.com hotmail.com live.com msn.com aol.com
    aim.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me gmx.com gmx.net gmx.us
    mail.com zohomail.com yandex.com yandex.ru mail.ru fastmail.com hey.com tutanota.com tuta.io tutamail.com
    inbox.com hushmail.com duck.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net
    charter.net earthlink.net juno.com rediffmail.com qq.com 163.com 126.com web.de lycos.com excite.com
    frontier.com optonline.net
    """
)
_FREE_MAIL_NAMES = ("yahoo", "hotmail", "outlook", "live", "gmx", "ymail", "aol", "proton", "protonmail")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address as it stands in a text, with or without https://."""

    text: str
    span: Span
    host: str

    @property
    def insecure(self) -> bool:
        return self.text[:7].lower() == "http://"


@lru_cache(maxsize=1024)
def addresses(text: str) -> tuple[Address, ...]:
    """The web addresses of a text, bare domains included, mailboxes not."""
    mail = tuple(mailboxes(text))
    matches = chain.from_iterable(_ADDRESS.finditer(text, *run) for run in _runs(text))
    return tuple(found for found in map(_address, matches) if found and not _inside(found.span, mail))


def _runs(text: str) -> Iterator[Span]:
    """The stretches without blanks that may hold an address: few, and the pattern is a slow one."""
    end = 0
    for hint in _HINT.finditer(text):
        if hint.start() >= end:
            start = max(end, text.rfind(" ", end, hint.start()), text.rfind("\n", end, hint.start()))
            blank = _BLANK.search(text, hint.end())
            end = blank.start() if blank else len(text)
            yield start, end


def mailboxes(text: str) -> Iterator[Span]:
    """Where the e-mail addresses of a text stand."""
    if "@" in text:
        yield from (found.span() for found in _MAILBOX.finditer(text))


@lru_cache(maxsize=1024)
def host_of(address: str) -> str:
    """The host in lower case without "www."; empty where there is none."""
    address = address.strip()
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    return host.rstrip(".").removeprefix("www.")


@lru_cache(maxsize=1024)
def registrable(address: str) -> str:
    """The registered domain ("shop.fern.co.uk" gives "fern.co.uk"); the host itself where there is none."""
    host = host_of(address)
    try:
        return _LIST.privatesuffix(host) or host
    except (UnicodeError, ValueError):
        return host


def is_shortener(host: str) -> bool:
    """Whether anybody may shorten links there. A shortener's paying customers bring domains of their own."""
    return host in SHORTENERS


def is_private_host(host: str) -> bool:
    """Whether a reviewer is likely to meet a locked door: shared files, an intranet, somebody's own machine."""
    return bool(_INTERNAL.search(host)) or any(host == name or host.endswith(f".{name}") for name in FILE_SHARES)


def is_free_mail(mailbox: str) -> bool:
    """Whether the mailbox is one that anybody can have for nothing."""
    domain = mailbox.rpartition("@")[2].strip().lower()
    return domain in FREE_MAIL or (domain.split(".")[0] in _FREE_MAIL_NAMES and len(domain.split(".")) in (2, 3))


def same_address(one: str, other: str) -> bool:
    """Whether two addresses differ in letter case, "www." and a final slash at most."""
    return _folded(one) == _folded(other)


def _folded(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.strip().casefold()).rstrip("/")


def _address(found: re.Match[str]) -> Address | None:
    text = found[0].rstrip(_TRAILING)
    host = host_of(text)
    if not host or not ("://" in text or host == "localhost" or _is_domain(host)):
        return None
    return Address(text, (found.start(), found.start() + len(text)), host)


@lru_cache(maxsize=4096)
def _is_domain(host: str) -> bool:
    """Whether the last part is a suffix that exists: "order.Reply" is a missing blank, no domain."""
    return host.rpartition(".")[2] in _RESERVED or _LIST.privatesuffix(host, accept_unknown=False) is not None


def _inside(span: Span, spans: tuple[Span, ...]) -> bool:
    return any(start <= span[0] < end for start, end in spans)
