"""Nothing but the public network is asked: judged at the moment of connecting, by the very address connected to."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sources.faults import Answer, FaultServer, faulty
from tests.sources.fetching.conftest import Names
from timeline.sources.fetching import Fetcher, FetchError, connecting
from timeline.sources.fetching.addresses import closed

Make = Callable[..., Fetcher]

# Addresses that lead, or may lead, to this machine or its networks. {port} is that of a server on it.
_TABLE = """
http://127.0.0.1:{port}/                  http://127.0.0.1./                       http://127.1:{port}/
http://127.255.255.254/                   http://localhost:{port}/                 http://LOCALHOST/
http://localhost./                        http://sub.localhost/                    http://0.0.0.0:{port}/
http://0/                                 http://0.1.2.3/                          http://2130706433:{port}/
http://0x7f000001/                        http://0x7f.1/                           http://0X7F.0.0.1/
http://0177.0.0.1/                        http://017700000001/                     http://127.0x0.0.01/
http://127.0.1/                           http://127.000.000.001/                  http://4294967295/
http://10.0.0.1/                          http://10.255.255.255/                   http://167772161/
http://172.16.0.1/                        http://172.31.255.255/                   http://192.168.1.1/
http://0xc0a80101/                        http://169.254.169.254/latest/meta-data/ http://2852039166/
http://0xa9fea9fe/                        http://0251.0376.0251.0376/              http://100.64.0.1/
http://100.100.100.200/                   http://192.0.0.192/                      http://198.18.0.1/
http://192.0.2.1/                         http://224.0.0.1/                        http://239.255.255.250/
http://240.0.0.1/                         http://255.255.255.255/                  http://192.88.99.1/
http://[::1]:{port}/                      http://[::]/                             http://[0:0:0:0:0:0:0:1]/
http://[::ffff:127.0.0.1]:{port}/         http://[::ffff:7f00:1]/                  http://[::ffff:10.0.0.1]/
http://[::ffff:8.8.8.8]/                  http://[::127.0.0.1]/                    http://[64:ff9b::127.0.0.1]/
http://[64:ff9b::a9fe:a9fe]/              http://[64:ff9b:1::1]/                   http://[fe80::1]/
http://[fe80::1%25lo]/                    http://[fc00::1]/                        http://[fd00:ec2::254]/
http://[fec0::1]/                         http://[ff02::1]/                        http://[2001:db8::1]/
http://[2002:7f00:1::]/                   http://[2001:0:7f00:1::]/                http://[100::1]/
http://[4000::1]/                         http://private.example/                  http://meta.example/latest
http://both.example/                      http://mapped.example/                   http://six.example/
http://127.0.0.1.nip.example/             http://127。0。0。1/                      http://①②⑦.0.0.1/
http://%31%32%37.0.0.1/                   http://127%2e0.0.1/                      http://localhost%00.example/
http://user@127.0.0.1/                    http://public.example@127.0.0.1/         http://public.example:pw@public.example/
http://public.example\\@127.0.0.1/         http://127.0.0.1\\@public.example/        http://127.0.0.1#@public.example/
http://127.0.0.1?@public.example/         https://127.0.0.1:{port}/                https://localhost/
file:///etc/passwd                        FILE:/etc/passwd                         ftp://public.example/x
gopher://127.0.0.1:6379/_INFO             data:text/html,hello                     javascript:alert(1)
dict://127.0.0.1:11211/stat               ldap://127.0.0.1/                        ws://127.0.0.1/
unix:///var/run/docker.sock               jar:http://127.0.0.1!/                   view-source:http://127.0.0.1/
//127.0.0.1/                              127.0.0.1                                /etc/passwd
http://                                   http:///etc/passwd                       http:127.0.0.1
http://:80/                               http://public.example:0/                 http://public.example:99999/
http://[::1/                              http://[127.0.0.1]/                      http://1.2.3.4.5/
http://256.256.256.256/                   http://..../                             http://a_very_bad_host!/
"""
REFUSED = _TABLE.split()

HERE: dict[str, list[list[str]]] = {
    "localhost": [["::1", "127.0.0.1"]],
    "localhost.": [["127.0.0.1"]],
    "sub.localhost": [["127.0.0.1"]],
    "private.example": [["10.1.2.3"]],
    "meta.example": [["169.254.169.254"]],
    "both.example": [["192.168.0.1", "fd00::1"]],
    "mapped.example": [["::ffff:192.168.0.1"]],
    "six.example": [["fe80::1"]],
    "127.0.0.1.nip.example": [["127.0.0.1"]],
}


@pytest.mark.parametrize("url", REFUSED)
def test_no_address_leads_to_this_machine_or_its_networks(
    url: str, server: FaultServer, fetcher: Make, names: Names, connected: list[str]
) -> None:
    names.known = dict(HERE)
    with pytest.raises(FetchError) as refused:
        fetcher(allow_private=False, tries=1).fetch(url.format(port=server.port))
    error = refused.value
    assert not error.passing
    assert error.hint
    assert "\n" not in str(error)
    assert connected == []
    assert server.requests == []


def test_the_table_has_the_sixty_addresses_and_more() -> None:
    assert len(set(REFUSED)) >= 60


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "127.0.0.1."])
def test_private_addresses_open_when_they_are_allowed(
    host: str, server: FaultServer, fetcher: Make, names: Names
) -> None:
    names.known["localhost"] = [["127.0.0.1"]]
    server.say("/", Answer(b"hello"))
    assert fetcher().fetch(server.url("/", host)).data == b"hello"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://u:p@127.0.0.1/", "data:,x"])
def test_other_schemes_and_users_stay_refused_when_private_addresses_are_allowed(url: str, fetcher: Make) -> None:
    with pytest.raises(FetchError) as refused:
        fetcher().fetch(url)
    assert not refused.value.passing


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 counts as the public's, 127.0.0.2 and the rest do not."""
    monkeypatch.setattr(connecting, "closed", lambda address: "" if address == "127.0.0.1" else closed(address))


@pytest.mark.usefixtures("public")
class TestFromThePublicNetwork:
    """A public site that means to lead to a private one."""

    @pytest.mark.parametrize(
        "target",
        [
            "http://127.0.0.2:{port}/secret",
            "http://localhost:{port}/secret",
            "//127.0.0.2:{port}/secret",
            "http://2130706434:{port}/secret",
            "http://[::ffff:127.0.0.1]:{port}/secret",
            "http://inner.example:{port}/secret",
            "http://u:p@site.example:{port}/secret",
            "file:///etc/passwd",
            "data:text/plain,hello",
            "ftp://site.example/",
            "http://",
            "http://[",
        ],
    )
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_every_redirect_is_judged_as_what_a_person_gives(
        self, target: str, status: int, server: FaultServer, fetcher: Make, names: Names
    ) -> None:
        names.known = {"site.example": [["127.0.0.1"]], "inner.example": [["127.0.0.2"]], "localhost": [["::1"]]}
        server.say("/", Answer(status=status, headers={"Location": target.format(port=server.port)}))
        with pytest.raises(FetchError) as refused:
            fetcher(allow_private=False).fetch(server.url("/", "site.example"))
        assert not refused.value.passing
        assert server.asked("/secret") == 0

    def test_a_robots_txt_that_leads_to_a_private_address_is_not_followed(
        self, server: FaultServer, fetcher: Make, names: Names
    ) -> None:
        names.known = {"site.example": [["127.0.0.1"]]}
        server.say("/robots.txt", Answer(status=302, headers={"Location": f"http://127.0.0.2:{server.port}/secret"}))
        server.say("/", Answer(b"hello"))
        assert fetcher(allow_private=False).fetch(server.url("/", "site.example")).data == b"hello"
        assert server.asked("/secret") == 0

    def test_a_name_that_means_another_address_a_moment_later_gains_nothing(
        self, server: FaultServer, fetcher: Make, names: Names, connected: list[str]
    ) -> None:
        names.known = {"rebound.example": [["127.0.0.1"], ["127.0.0.2"], ["169.254.169.254"]]}
        server.say("/", Answer(b"hello", headers={"Connection": "close"}))
        made = fetcher(allow_private=False, robots=False)
        url = server.url("/", "rebound.example")
        assert made.fetch(url).data == b"hello"
        for _ in range(2):
            with pytest.raises(FetchError):
                made.fetch(url)
        assert connected == ["127.0.0.1"]

    def test_the_address_that_was_judged_is_the_one_connected_to(
        self, server: FaultServer, fetcher: Make, names: Names, connected: list[str]
    ) -> None:
        names.known = {"site.example": [["10.0.0.1", "127.0.0.1", "127.0.0.2"]]}
        server.say("/", Answer(b"hello"))
        assert fetcher(allow_private=False, robots=False).fetch(server.url("/", "site.example")).data == b"hello"
        assert connected == ["127.0.0.1"]
        assert names.asked == ["site.example"]
        assert server.requests[0].host == "site.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of secure.example with its key, which no one trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here to make a certificate")
    at = tmp_path_factory.mktemp("tls") / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command += ["-subj", "/CN=secure.example", "-addext", "subjectAltName=DNS:secure.example", "-days", "2"]
    subprocess.run([*command, "-keyout", at, "-out", at.with_suffix(".crt")], check=True, capture_output=True)
    at.write_text(at.read_text() + at.with_suffix(".crt").read_text())
    return at


def test_tls_speaks_of_the_name_and_not_of_the_address(certificate: Path, fetcher: Make, names: Names) -> None:
    named: list[str | None] = []
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    served.sni_callback = lambda _socket, name, _context: named.append(name)
    names.known = {"secure.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]}
    trusting = {"tls": ssl.create_default_context(cafile=str(certificate))}
    with faulty(served) as server:
        server.say("/", Answer(b"hello"))
        assert fetcher(trusting).fetch(server.url("/", "secure.example", "https")).data == b"hello"
        assert set(named) == {"secure.example"}
        # The certificate is another name's, or no one's.
        for own, host in ((trusting, "other.example"), ({}, "secure.example")):
            with pytest.raises(FetchError, match="certificate") as refused:
                fetcher(own).fetch(server.url("/", host, "https"))
            assert not refused.value.passing
        assert server.asked("/") == 1


def test_a_secret_address_is_not_sent_on_without_encryption(
    certificate: Path, server: FaultServer, fetcher: Make, names: Names
) -> None:
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    names.known = {"secure.example": [["127.0.0.1"]]}
    made = fetcher({"tls": ssl.create_default_context(cafile=str(certificate))})
    server.say("/plain?token=s3cr3t", Answer(b"hello"))
    server.say("/plain", Answer(b"hello"))
    with faulty(served) as secure:
        secure.say("/", Answer(status=301, headers={"Location": server.url("/plain?token=s3cr3t")}))
        secure.say("/open", Answer(status=301, headers={"Location": server.url("/plain")}))
        with pytest.raises(FetchError, match="without encryption") as refused:
            made.fetch(secure.url("/", "secure.example", "https"))
        assert "s3cr3t" not in str(refused.value)
        assert server.asked("/plain?token=s3cr3t") == 0
        assert made.fetch(secure.url("/open", "secure.example", "https")).data == b"hello"


def test_proxies_of_the_environment_are_not_asked(
    server: FaultServer, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.3:1")
    server.say("/", Answer(b"hello"))
    assert fetcher().fetch(server.url()).data == b"hello"


def test_offline_asks_no_one(server: FaultServer, fetcher: Make, connected: list[str]) -> None:
    with pytest.raises(FetchError, match="offline"):
        fetcher(offline=True).fetch(server.url())
    assert connected == []
