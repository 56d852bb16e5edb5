"""What the steps of an Okta administrator have in common: where and about whom."""

from typing import Annotated

from pydantic import Field

from okta_scenarios.language.models.claims import (
    OktaExpect,
    OktaPersonExpect,
    PushExpect,
)
from okta_scenarios.language.models.names import (
    AppName,
    OktaGroupName,
    OrgName,
    PersonName,
)
from okta_scenarios.language.models.steps import ClaimingStep, PeopleStep

People = Annotated[tuple[PersonName, ...], Field(min_length=1)]


class OktaStep(ClaimingStep):
    org: OrgName | None = None
    """The Okta org; the only one when left out."""
    expect: OktaExpect | None = None
    """What should follow."""


class OktaAppStep(OktaStep):
    app: AppName | None = None
    """The app instance; the only one when left out."""


class OktaUserStep(PeopleStep, OktaStep):
    user: PersonName | None = None
    """The person, by short name."""
    users: People | None = None
    """In place of `user`, several people for whom the same is done, one after the other, until somebody is refused."""
    expect: OktaPersonExpect | None = None
    """What should follow, for this person and around."""


class OktaAppUserStep(OktaUserStep, OktaAppStep):
    pass


class OktaGroupStep(OktaStep):
    group: OktaGroupName
    """The Okta group."""


class OktaPushStep(OktaAppStep, OktaGroupStep):
    expect: PushExpect | None = None
    """What should follow, for this group's mapping and around."""
