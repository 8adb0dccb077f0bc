# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator can be told to do differently, because the behaviour of the real API is not known or may change."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

#: What null does: it clears, nothing, a 400, or a 500 with the JSON envelope.
NullMode = Literal["clears", "ignored", "rejected", "fails"]
Normalization = Literal["language_tag", "trim", "nfc"]


class Settings(BaseModel):
    """Behaviour that can be changed while the emulator runs.

    Every assignment is checked; an unknown name or a wrong value raises pydantic.ValidationError (a ValueError).
    """

    model_config = ConfigDict(strict=True, extra="forbid", validate_assignment=True)

    #: Whether trunk answers hold sipPassword at all.
    return_sip_password: bool = True
    #: Whether the sipPassword in trunk answers is replaced by asterisks.
    mask_sip_password: bool = False
    #: What null in a PATCH of a trunk does.
    trunk_patch_null: NullMode = "clears"
    #: What "", 0 and [] in an optional field of a trunk do.
    trunk_patch_empty: Literal["clears", "rejected"] = "clears"
    #: What null in referenceType and referenceId of a PATCH of a number does.
    tn_patch_null: NullMode = "clears"
    #: Whether PUT of a number's destination without one clears it (else nothing happens).
    tn_destination_put_clears: bool = True
    #: Whether PUT of a number without a destination clears it (else the destination stays).
    tn_put_clears: bool = True
    #: How answers spell the voice mail destination; kept: as it was written.
    voicemail_spelling: Literal["VOICE_MAIL", "VOICEMAIL", "kept"] = "VOICE_MAIL"
    #: Which spelling of it requests may use; the other one is refused.
    voicemail_accepted: Literal["both", "VOICE_MAIL", "VOICEMAIL"] = "both"
    #: How answers write the wildcards of extension patterns; kept: as they were written.
    extension_case: Literal["upper", "lower", "kept"] = "upper"
    #: Which case of them, and of wildcards that calls come from, requests may use; the other one is refused.
    extension_case_accepted: Literal["both", "upper", "lower"] = "both"
    #: DELETE of a number or wildcard that calls come from: ends its mapping, or is refused while it is mapped.
    from_number_deletion: Literal["unmaps", "refused_while_mapped"] = "unmaps"
    #: Whether a telephone number of the account can be created as a number that calls come from, or already exists.
    own_from_numbers: Literal["created", "refused"] = "created"
    #: Whether the list of mappings also holds the account's own numbers that show no caller ID.
    own_numbers_in_mappings: bool = False
    #: How the platform changes what it is given: en-us to en-US, blanks at the edges of names, composed characters.
    normalizations: list[Normalization] = []
    #: How many list reads after a change still show a trunk, number or mapping as it was before.
    list_lag_reads: int = Field(default=0, ge=0)
    #: For how many seconds after a change lists still show a trunk or number as it was before.
    list_lag_seconds: float = Field(default=0, ge=0)
    #: For how many seconds lists and GET of one number still show it as it was before.
    number_lag_seconds: float = Field(default=0, ge=0)
    #: For how many seconds lists and GET of one trunk and of its rules still show them as they were before.
    trunk_lag_seconds: float = Field(default=0, ge=0)
    #: Whether the answers to PUT and PATCH show what a GET would, so that they lag too.
    write_answers_lag: bool = False
    #: Whether the list of trunks holds each of them twice.
    trunks_listed_twice: bool = False
    #: DELETE of a trunk or group: done at once (204), done late or never (202).
    deletion: Literal["done", "late", "never"] = "done"
    #: How late.
    deletion_seconds: float = Field(default=2, ge=0)
    #: Status of a successful login.
    login_status: Literal[200, 201] = 200
    #: How many calls with a new token are answered 401 before it is known everywhere.
    unauthorized_after_login: int = Field(default=0, ge=0)
    #: Whether every call to trunk groups is refused (403).
    groups_refused: bool = False
    #: Status of every successful POST, PUT and PATCH below a partition; None is what the API describes. 204 has no body.
    write_status: Literal[200, 201, 202, 204] | None = None
    #: Wire fields of trunks, numbers, forwarding rules and mappings that are accepted but not taken.
    ignored_fields: list[str] = []
    #: Milliseconds that every request takes.
    latency_ms: float = Field(default=0, ge=0)
    #: Where PBXs register, host and port, as every trunk tells it.
    sip_proxy_server: str = "siptrunk.p2.example.net:5065"
    #: How many registrations refused in a row lock a trunk out; 0 locks none.
    lock_out_after: int = Field(default=4, ge=0)
    #: Language of the one-message error (GET of one account).
    locale: Literal["en", "de", "ja"] = "en"

    def change(self, values: dict[str, Any]) -> None:
        """Take several values, all or none of them; raises pydantic.ValidationError."""
        self.replace(Settings(**{**self.model_dump(), **values}))

    def replace(self, other: Settings) -> None:
        """Take all values of `other`; this object stays the one that everybody holds."""
        for name, value in other.model_dump().items():
            setattr(self, name, value)
