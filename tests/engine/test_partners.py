"""Addresses and keys of outside systems come from the settings and from nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.errors import ConfigurationError
from engine.partners import PATIENT, Partners, RetrySchedule, Unconfigured
from engine.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

KEY = "k1:" + "a" * 32
CENTRE = "PROCUREFLOW_PARTNER_TRADING_CENTRE"


def read(**variables: str) -> Partners:
    return Partners.from_environment(variables)


def secret() -> str:
    return "the installation's secret"


def test_a_partner_has_an_address_and_keys() -> None:
    partners = read(
        **{
            f"{CENTRE}_ADDRESS": "https://centre.example/api/",
            f"{CENTRE}_SENDING_KEY": KEY,
            f"{CENTRE}_RECEIVING_KEYS": f"{KEY}\nk2:{'b' * 40}",
        }
    )

    centre = partners.find("trading_centre", "", secret)

    assert centre.address == "https://centre.example/api"
    assert centre.sending_key is not None
    assert [key.key_id for key in centre.receiving_keys] == ["k1", "k2"]


def test_keys_come_from_files_that_not_everybody_reads(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    file.chmod(0o640)
    variables = {f"{CENTRE}_ADDRESS": "https://c.example", f"{CENTRE}_SENDING_KEY_FILE": str(file)}
    assert read(**variables).find("trading_centre", "", secret).sending_key is not None

    file.chmod(0o644)
    with pytest.raises(ConfigurationError, match="everybody"):
        read(**variables)
    file.unlink()
    with pytest.raises(ConfigurationError, match="Cannot read"):
        read(**variables)


@pytest.mark.parametrize("place", ["PDS-GGZY", "pdsggzy"])
def test_one_of_several_is_found_by_its_place(place: str) -> None:
    partners = read(
        **{
            f"{CENTRE}_ADDRESS": "https://all.example",
            f"{CENTRE}_SENDING_KEY": KEY,
            f"{CENTRE}__PDSGGZY_ADDRESS": "https://pds.example",
            f"{CENTRE}__PDSGGZY_SENDING_KEY": KEY,
        }
    )

    assert partners.find("trading_centre", place, secret).address == "https://pds.example"
    assert partners.find("trading_centre", "ZZ-GGZY", secret).address == "https://all.example"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        (f"{CENTRE}_ADDRESS", "http://centre.example"),
        (f"{CENTRE}_ADDRESS", "ftp://centre.example"),
        (f"{CENTRE}_ADDRESS", "https://user:word@centre.example"),
        (f"{CENTRE}_ADDRESS", "https://centre.example/?a=b"),
        (f"{CENTRE}_ADDRESS", "https://[centre"),
        (f"{CENTRE}_ADDRESS", "https://centre.example:99999"),
        (f"{CENTRE}_SENDING_KEY", "k1:short"),
        (f"{CENTRE}_SENDING_KEY", "a" * 40),
        (f"{CENTRE}_SENDING_KEY", f"{KEY} k2:{'b' * 32}"),
        (f"{CENTRE}_ADRESS", "https://centre.example"),
        ("PROCUREFLOW_PARTNERS", "production"),
        ("PROCUREFLOW_STANDINS_PORT", "0"),
        ("PROCUREFLOW_RETRY_SMS_SEND", "soon"),
        ("PROCUREFLOW_RETRY_SMS_SEND", "-5"),
        ("PROCUREFLOW_RETRY_SMS_SEND", "1x100000"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_told(variable: str, value: str) -> None:
    usable = {f"{CENTRE}_ADDRESS": "https://centre.example", f"{CENTRE}_SENDING_KEY": KEY}

    with pytest.raises(ConfigurationError) as refusal:
        read(**usable | {variable: value})

    assert variable in refusal.value.message_zh
    assert value not in refusal.value.message_zh.replace(variable, "")


def test_an_address_without_a_key_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="SENDING_KEY"):
        read(**{f"{CENTRE}_ADDRESS": "https://centre.example"})


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8200/x", "http://localhost", "http://[::1]:1"]
)
def test_plain_http_is_for_this_machine(address: str) -> None:
    variables = {f"{CENTRE}_ADDRESS": address, f"{CENTRE}_SENDING_KEY": KEY}

    assert read(**variables).find("trading_centre", "", secret).address == address


def test_plain_http_to_another_machine_must_be_asked_for() -> None:
    variables = {
        f"{CENTRE}_ADDRESS": "http://10.1.2.3/in",
        f"{CENTRE}_SENDING_KEY": KEY,
        f"{CENTRE}_PLAIN_HTTP": "1",
    }

    assert read(**variables).find("trading_centre", "", secret).address == "http://10.1.2.3/in"


def test_the_stand_in_shares_keys_derived_from_the_installations_secret() -> None:
    partners = Partners(unconfigured=Unconfigured.SIMULATED, standins_port=8201)

    centre = partners.find("trading_centre", "PDS-GGZY", secret)

    assert centre.address == "http://127.0.0.1:8201/trading_centre"
    assert centre.sending_key is not None
    assert centre.sending_key != centre.receiving_keys[0]
    treasury = partners.find("treasury", "", secret)
    assert treasury.sending_key != centre.sending_key
    assert partners.find("trading_centre", "", lambda: "another") != centre


def test_where_addresses_are_required_nothing_is_derived() -> None:
    partners = Partners(unconfigured=Unconfigured.REFUSED)

    centre = partners.find("trading_centre", "", secret)

    assert (centre.address, centre.sending_key, centre.receiving_keys) == ("", None, ())


def test_the_settings_read_them_and_show_no_secret() -> None:
    variables = {
        f"{CENTRE}_ADDRESS": "https://c.example",
        f"{CENTRE}_SENDING_KEY": KEY,
        "PROCUREFLOW_RETRY_PLATFORM_PUSH_PLAN": "1 2x3",
    }

    settings = Settings.from_environment(variables)

    assert settings.partner("trading_centre").address == "https://c.example"
    assert settings.partners.retry("platform.push_plan", PATIENT).delays == (1, 2, 2, 2)
    assert settings.partners.retry("sms.send", PATIENT) is PATIENT
    assert "a" * 32 not in repr(settings)


def test_a_schedule_says_when_and_how_often() -> None:
    schedule = RetrySchedule.read("10 30 60x2")

    assert schedule.tries == 5
    assert [schedule.delay(failures) for failures in (1, 2, 3, 4, 9)] == [10, 30, 60, 60, 60]
    assert RetrySchedule.read("-").tries == 1
    assert sum(PATIENT.delays) > 3 * 86_400 - 7_200
