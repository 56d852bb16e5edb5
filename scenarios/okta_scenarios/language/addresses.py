"""Whether somebody can be invited and a collaborator at once: only at two addresses, as one is a person once.

A person has a second address where an app username is not the email, or where one of both changes. An assumption that
is settled may tell two spellings of one address apart.
"""

from collections.abc import Iterator, Mapping, Sequence

from okta_scenarios.language.models.claims import Expect, PersonClaims
from okta_scenarios.language.models.given import Given
from okta_scenarios.language.models.okta_people import OktaEditProfile, OktaMoveDomain, OktaUpdateUsernamesNow
from okta_scenarios.language.models.steps import ClaimingStep, Step
from okta_scenarios.language.references import Complain, Path


def check_one_address(steps: Sequence[Step], given: Given, complain: Complain) -> None:
    """Whether each claim about a person can be true, where everybody has one address."""
    if _somebody_may_have_two(steps, given):
        return
    for number, step in enumerate(steps):
        if isinstance(step, ClaimingStep) and step.expect is not None:
            for at, claims in _claims(step.expect, ("steps", number, "expect")):
                if isinstance(claims.member, Mapping) and (claims.invited or isinstance(claims.invitation, Mapping)):
                    said = "`invited: true`" if claims.invited else "`invitation: …`"
                    why = "an invitation is gone when it is accepted, and a person here has one address"
                    complain((*at, "member"), f"{said} and `member: …` cannot both be true: {why}", None)


def _somebody_may_have_two(steps: Sequence[Step], given: Given) -> bool:
    return (
        bool(given.assumptions)
        or any(person.user_name is not None for person in given.people.values())
        or any(app.user_names for org in given.okta.values() for app in org.apps.values())
        or any(getattr(step, "user_name", None) is not None for step in steps)
        or any(isinstance(step, OktaMoveDomain | OktaUpdateUsernamesNow | OktaEditProfile) for step in steps)
    )


def _claims(expect: Expect, at: Path) -> Iterator[tuple[Path, PersonClaims]]:
    if isinstance(expect, PersonClaims):
        yield at, expect
    for name, about in expect.people.items():
        for index, claims in enumerate(about if isinstance(about, tuple) else (about,)):
            yield (*at, "people", name, index), claims
