"""What acts come to, beyond what can be looked at afterwards: a refusal, a response, an import's numbers."""

from dataclasses import dataclass

import httpx

from okta_org import CheckResult, ImportResult


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What an act came to.

    `refused` is what Okta or Workato said instead of doing it, `lost` what the client said where no answer came.
    `unplayable` is why nobody could have done it: the step names something that is not there.
    """

    refused: str | None = None
    unplayable: str | None = None
    response: httpx.Response | None = None
    lost: str | None = None
    imported: ImportResult | None = None
    checked: CheckResult | None = None


DONE = StepOutcome()
