"""The probes of SCIM, and what no probe of it reaches."""

from collections.abc import Mapping

from okta_scenarios.live.probes.model import Probe
from okta_scenarios.live.probes.scim.leaving import LEAVING
from okta_scenarios.live.probes.scim.people import PEOPLE
from okta_scenarios.live.probes.scim.reading import READING
from okta_scenarios.live.probes.scim.refused import REFUSED
from okta_scenarios.live.probes.scim.special import SPECIAL
from okta_scenarios.live.probes.scim.updates import UPDATES

SCIM_PROBES: tuple[Probe, ...] = (*READING, *REFUSED, *PEOPLE, *UPDATES, *LEAVING, *SPECIAL)
UNREACHED: Mapping[str, str] = {
    "scim_disabled_answer": "no probe asks it: it needs a workspace whose licence for SCIM has ended",
    "scim_extra_environments": "no probe asks it: it needs a workspace with a further environment than dev, test, prod",
    "scim_protected": "no probe asks it: where it is let through, an administrator whom no probe made is removed",
    "scim_saml_wins": "no probe asks it: it needs somebody who signs in by SAML in between",
    "scim_then_jit": "no probe asks it: it needs somebody who signs in by SAML afterwards",
    "scim_token_count": "no probe asks it: it needs a second token, which ends the first one",
}
"""Why no probe asks it, by the assumption's id."""
