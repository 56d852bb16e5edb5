"""What every shape of the language shares: closed, strict, frozen, and described for the editor's hover text."""

from typing import Any, ClassVar

from pydantic import ConfigDict, model_validator

from okta_scenarios.language.models.described import Described
from okta_scenarios.language.objections import objection
from okta_scenarios.language.yaml_nodes import Table


class Shape(Described):
    """A closed object. A field's docstring is what an editor shows when the pointer rests on its key."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    nullable: ClassVar[frozenset[str]] = frozenset()
    """Keys whose null means something. Of any other key it is a value that somebody forgot to write."""

    @model_validator(mode="before")
    @classmethod
    def _look_at_keys(cls, data: Any) -> Any:  # noqa: ANN401  (pydantic hands over whatever it was given)
        """Leave word of what could be written here, so that a misspelt key can be told its neighbour."""
        if isinstance(data, Table):
            data.known_keys = frozenset(cls.model_fields)
            for key, value in data.items():
                if value is None and key in cls.model_fields and key not in cls.nullable:
                    raise objection(f"{key} is empty; write a value or leave it out", at=(key,))
        return data
