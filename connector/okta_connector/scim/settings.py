"""What an admin chooses for one SCIM app, and what no source settles about Okta's client."""

from dataclasses import dataclass
from typing import Literal, Protocol

from okta_connector.scim.mapping import DEFAULT_MAPPING, is_mappable
from okta_connector.values import User

AppKind = Literal["custom", "catalogue_patch", "catalogue_put"]
YesOrNo = Literal["yes", "no"]


class Switches(Protocol):
    """The open questions about the client, by the names of the assumptions that hold the answers."""

    @property
    def okta_app_kind(self) -> AppKind: ...
    @property
    def okta_link_reads_by_id(self) -> YesOrNo: ...
    @property
    def okta_link_activation(self) -> Literal["patch", "with_profile"]: ...
    @property
    def okta_several_hits(self) -> Literal["same_username", "fails"]: ...
    @property
    def okta_email_type(self) -> Literal["work", "absent"]: ...
    @property
    def okta_empty_attributes(self) -> Literal["absent", "echoed"]: ...
    @property
    def okta_create_answer(self) -> Literal["any_success", "only_201"]: ...
    @property
    def okta_reactivation(self) -> Literal["look_up", "known_id"]: ...
    @property
    def okta_group_reads_before_put(self) -> YesOrNo: ...
    @property
    def okta_import_user_schema(self) -> YesOrNo: ...


@dataclass(frozen=True, slots=True)
class ScimSwitches:
    """The best guess throughout. What each question is, and what speaks for the guess, is said in `okta_org`."""

    okta_app_kind: AppKind = "custom"
    okta_link_reads_by_id: YesOrNo = "no"
    okta_link_activation: Literal["patch", "with_profile"] = "patch"
    okta_several_hits: Literal["same_username", "fails"] = "same_username"
    okta_email_type: Literal["work", "absent"] = "work"
    okta_empty_attributes: Literal["absent", "echoed"] = "absent"
    okta_create_answer: Literal["any_success", "only_201"] = "any_success"
    okta_reactivation: Literal["look_up", "known_id"] = "look_up"
    okta_group_reads_before_put: YesOrNo = "yes"
    okta_import_user_schema: YesOrNo = "no"


@dataclass(frozen=True, slots=True)
class ScimSettings:
    """One app instance with SCIM provisioning.

    `kind` tells an app of the App Integration Wizard, which only ever sends PUT, from one of the catalogue, whose
    version decides between PATCH and PUT; None leaves it to the switch `okta_app_kind`. `mapping` names the mapped
    attributes (`mapping.MAPPABLE`), and `groups` says whether a feature about groups is ticked.
    """

    kind: AppKind | None = None
    mapping: tuple[str, ...] = DEFAULT_MAPPING
    groups: bool = False

    def __post_init__(self) -> None:
        for attribute in self.mapping:
            if not is_mappable(attribute):
                raise ValueError(f"{attribute!r} cannot be mapped")


def mapping_of(settings: ScimSettings, user: User) -> tuple[str, ...]:
    """The attributes that are mapped for a profile: as they were when Okta made it, else as the settings have them."""
    return settings.mapping if user.mapping is None else user.mapping
