"""Whoever changes a dossier is found out, and the verifier says where."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from backend.commands import verify_dossier
from backend.complaints.dossier import signing
from backend.complaints.dossier.archive import Cover, pack
from backend.complaints.dossier.chain import canonical, chained, digest_after
from backend.complaints.dossier.checking import Unreadable, check

CARD_KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
KEYS = signing.public_keys([CARD_KEY])
COVER = Cover(
    "https://care.example", "d-1", "2261-0000-0098", "regulator", "id", datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
)
ENTRIES = [{"id": f"message:{n}", "kind": "message", "facts": {"text": f"Kata ke-{n} …", "n": n}} for n in range(1, 6)]
FILES = {"dossier.pdf": b"%PDF-1.7 paper", "originals/01-receipt.jpg": b"\xff\xd8\xff photo"}

Change = Callable[[dict[str, bytes]], None]


def packed(entries=ENTRIES) -> bytes:
    return pack(COVER, chained(entries), FILES, CARD_KEY)


def tampered(change: Change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def entries_changed(edit: Callable[[list[dict]], None], *, rechained: bool) -> Change:
    """Edit the entries as a forger would, with the digests left alone or computed anew."""

    def change(files: dict[str, bytes]) -> None:
        links = [json.loads(line) for line in files["entries.jsonl"].splitlines()]
        edit(links)
        if rechained:
            files["entries.jsonl"] = b"".join(
                link.line() + b"\n" for link in chained([link["entry"] for link in links])
            )
        else:
            files["entries.jsonl"] = b"".join(canonical(link) + b"\n" for link in links)

    return change


def findings(data: bytes, keys=KEYS) -> list[str]:
    return [str(finding) for finding in check(data, keys).findings]


def _reword(links):
    links[2]["entry"]["facts"]["text"] = "Kata lain"


def _remove(links):
    del links[2]


def _add(links):
    links.insert(2, {"number": 3, "previous": "", "digest": "", "entry": {"id": "message:9", "kind": "message"}})


def _swap(links):
    links[1], links[3] = links[3], links[1]


def _repeat(links):
    links.append(links[0])


def test_an_untouched_dossier_is_as_it_was_signed():
    assert findings(packed()) == []


@pytest.mark.parametrize("rechained", [True, False], ids=["digests computed anew", "digests left alone"])
@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (_reword, "changed: entry 3 (message:3)"),
        (_remove, "removed: entry 3 (message:3)"),
        (_add, "added: entry 3 (message:9)"),
        (_swap, "reordered: entry (message:4)"),
        (_repeat, "added: entry 6 (message:1)"),
    ],
    ids=["changed", "removed", "added", "reordered", "repeated"],
)
def test_a_touched_entry_is_named(edit, named, rechained):
    found = findings(tampered(entries_changed(edit, rechained=rechained)))
    assert any(one.startswith(named) for one in found), found
    assert "changed: file entries.jsonl" in found
    assert any(one.startswith("chain:") for one in found)


def test_only_the_touched_entry_is_named():
    found = findings(tampered(entries_changed(_reword, rechained=True)))
    assert [one for one in found if "entry" in one] == ["changed: entry 3 (message:3)"]


def test_digests_that_do_not_fit_are_found_though_every_entry_is_right():
    def edit(links):
        links[3]["previous"] = "f" * 64

    found = findings(tampered(entries_changed(edit, rechained=False)))
    assert found == ["changed: file entries.jsonl", "chain: broken at entry 4 (message:4)"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda files: files.update({"dossier.pdf": b"%PDF other"}), "changed: file dossier.pdf"),
        (lambda files: files.pop("originals/01-receipt.jpg"), "removed: file originals/01-receipt.jpg"),
        (lambda files: files.update({"originals/02-new.jpg": b"x"}), "added: file originals/02-new.jpg"),
        (lambda files: files.update({"manifest.json": b"{}"}), "changed: file manifest.json"),
        (lambda files: files.pop("manifest.json"), "removed: file manifest.json"),
        (lambda files: files.update({"entries.jsonl": b"not json\n"}), "changed: line 1 of entries.jsonl"),
    ],
    ids=["changed", "removed", "added", "manifest changed", "manifest removed", "entries unreadable"],
)
def test_a_touched_file_is_named(change, named):
    found = findings(tampered(change))
    assert any(one.startswith(named) for one in found), found


def test_a_name_that_stands_twice_in_the_zip_is_named():
    out = io.BytesIO(packed())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("dossier.pdf", b"%PDF another")
    assert any("more than once" in one for one in findings(out.getvalue()))


def test_a_dossier_signed_by_somebody_else_is_unsigned():
    forged = pack(COVER, chained(ENTRIES), FILES, OTHER_KEY)
    assert findings(forged) == [f"unsigned: the key {signing.key_id(OTHER_KEY)} is not among the published keys"]


def test_a_manifest_put_in_place_of_the_signed_one_is_unsigned():
    def change(files):
        head, _, tail = files["manifest.jws"].split(b".")
        other = pack(COVER, chained(ENTRIES[:3]), FILES, CARD_KEY)
        with zipfile.ZipFile(io.BytesIO(other)) as archive:
            payload = archive.read("manifest.jws").split(b".")[1]
        files["manifest.jws"] = b".".join([head, payload, tail])

    assert "unsigned: the signature does not fit the manifest" in findings(tampered(change))


@pytest.mark.parametrize("algorithm", ["none", "HS256", "EdDSA"])
def test_no_other_algorithm_counts_as_a_signature(algorithm):
    header = signing._encoded(canonical({"alg": algorithm, "kid": signing.key_id(CARD_KEY)}))

    def change(files):
        files["manifest.jws"] = b".".join([header.encode(), *files["manifest.jws"].split(b".")[1:]])

    assert any(one.startswith("unsigned:") for one in findings(tampered(change)))


def test_a_dossier_of_before_the_key_was_replaced_is_still_proven():
    assert findings(packed(), signing.public_keys([OTHER_KEY, CARD_KEY])) == []


def test_the_key_of_dossiers_is_not_the_key_of_cards():
    from backend.members import card_qr

    assert signing.public_keys([CARD_KEY])["keys"][0]["x"] != card_qr.public_keys([CARD_KEY])["keys"][0]["x"]


@pytest.mark.parametrize("data", [b"", b"no zip", packed()[:200]], ids=["empty", "no zip", "cut off"])
def test_what_is_no_dossier_is_said_to_be_none(data):
    with pytest.raises(Unreadable):
        check(data, KEYS)


def test_the_spelling_of_an_entry_does_not_depend_on_the_order_of_its_keys():
    assert digest_after("0" * 64, {"a": 1, "b": "é"}) == digest_after("0" * 64, {"b": "é", "a": 1})


def _on_disk(tmp_path, data: bytes) -> tuple[str, str]:
    file, keys = tmp_path / "dossier.zip", tmp_path / "keys.json"
    file.write_bytes(data)
    keys.write_text(json.dumps(KEYS))
    return str(file), str(keys)


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (packed(), 0, "as signed: 5 entries, 3 files"),
        (tampered(entries_changed(_reword, rechained=True)), 1, "changed: entry 3 (message:3)"),
        (b"no zip", 2, "cannot be checked: the file is no readable ZIP"),
    ],
    ids=["good", "changed", "unreadable"],
)
def test_the_command_says_what_it_found_and_answers_with_its_status(tmp_path, capsys, data, status, said):
    file, keys = _on_disk(tmp_path, data)
    assert verify_dossier.main([file, "--keys", keys]) == status
    assert said in capsys.readouterr().out


def test_without_keys_the_command_asks_the_address_that_the_dossier_names(tmp_path, capsys, monkeypatch):
    asked = []

    class Answer:
        content = json.dumps(KEYS).encode()

        def raise_for_status(self):
            pass

    monkeypatch.setattr(verify_dossier.requests, "get", lambda url, timeout: asked.append(url) or Answer())
    file, _ = _on_disk(tmp_path, packed())
    assert verify_dossier.main([file]) == 0
    assert asked == ["https://care.example/.well-known/dossier-keys.json"]
    assert "keys from https://care.example" in capsys.readouterr().out
