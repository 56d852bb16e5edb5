"""What recordings say of the assumptions and of the contract."""

from okta_scenarios.live.drift.fields import FieldDrift, field_drift
from okta_scenarios.live.drift.report import Drift, drift_of
from okta_scenarios.live.drift.verdicts import AssumptionDrift, Status

__all__ = ["AssumptionDrift", "Drift", "FieldDrift", "Status", "drift_of", "field_drift"]
