"""What a recording keeps as it is: words that are Workato's own and not somebody's.

Everything else of a text is replaced. Enumerations come from the contract; the lists here are of open sets.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from okta_scenarios.live.exchange import Json
from workato_emulator import contract_documents, privileges

_SYSTEM_NAMES = frozenset(
    {
        *("All collaborators", "Home assets"),
        *("Environment admin", "Environment manager", "Member", "No access", "NoAccess"),
        *("Project admin", "Builder", "Operator", "Operations", "Viewer", "Admin", "Analyst", "Project manager"),
        *("Development", "Test", "Production", "DEV", "TEST", "PROD", "dev", "test", "prod"),
    }
)
"""Roles, groups and environments that every workspace has."""
_EVENTS = re.compile(
    r"(?:api_client|connector|environment_role|folder|managed_user|member|privilege_group|project|project_grant|"
    r"project_role|role|team|team_invitation|user|user_group|workspace)(?:_(?:accept|accepted|added|changed|copied|"
    r"created|deleted|grant|granted|invitation|login|logout|member|members|migrated|property|regenerated|removed|revoked|"
    r"role|roles|sent|token|updated))+"
)
_RESOURCES = frozenset(
    {
        *("ApiClient", "ApiClientRole", "DeveloperApiClient", "EnvironmentRole", "Folder", "Group", "ManagedUser"),
        *("ManagedUserGrant", "Member", "MemberInvitation", "PrivilegeGroup", "Project", "ProjectGrant", "ProjectRole"),
        *("Role", "Team", "User", "UserGroup", "Workspace"),
    }
)
_SCHEMAS = frozenset(
    {
        *(f"urn:ietf:params:scim:api:messages:2.0:{each}" for each in ("Error", "ListResponse", "PatchOp")),
        *(f"urn:ietf:params:scim:schemas:core:2.0:{each}" for each in ("Group", "ResourceType", "Schema", "User")),
        "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole",
    }
)
"""SCIM's schemas that everybody has."""
_OF_SCIM = frozenset(
    {
        *("ResourceType", "ResourceTypes", "Schema", "Schemas", "ServiceProviderConfig", "Users", "Groups"),
        *("binary", "boolean", "complex", "dateTime", "decimal", "integer", "reference", "string"),
        *("immutable", "readOnly", "readWrite", "writeOnly", "always", "default", "never", "request"),
        *("add", "remove", "replace", "home", "work", "ascending", "descending"),
        *("global", "none", "server", "oauthbearertoken", "WorkatoRole"),
    }
)
"""What SCIM's discovery says of itself (RFC 7643, sections 5 to 7)."""
_KEYS_OF_SCIM = frozenset(
    {
        *("authenticationSchemes", "bulk", "changePassword", "etag", "filter", "patch", "sort", "supported"),
        *("documentationUri", "endpoint", "maxOperations", "maxPayloadSize", "maxResults", "schemaExtensions"),
        *("attributes", "canonicalValues", "caseExact", "description", "multiValued", "mutability", "referenceTypes"),
        *("required", "returned", "schema", "specUri", "subAttributes", "uniqueness"),
    }
)
"""The keys of its documents, which the contract leaves open."""
_CODES = re.compile(r"[A-Z]{2,}(?:_[A-Z]{2,}){1,4}")
_CODE_WORDS = frozenset(
    [
        "ACCESS",
        "ALREADY",
        "BAD",
        "CONFLICT",
        "DENIED",
        "ERROR",
        "EXISTS",
        "EXCEEDED",
        "FORBIDDEN",
        "FOUND",
        "INTERNAL",
        "INVALID",
        "LIMIT",
        "MANY",
        "NOT",
        "PARAM",
        "PARAMETER",
        "PARAMS",
        "RATE",
        "REQUEST",
        "REQUESTS",
        "REQUIRED",
        "TOO",
        "UNAUTHORIZED",
        "UNPROCESSABLE",
        "VALIDATION",
        "VALUE",
    ]
)
_OF_MEDIA_TYPES = frozenset({"application", "charset", "html", "json", "plain", "text", "utf"})
_OF_URNS = frozenset({"api", "core", "enterprise", "extension", "ietf", "messages", "params", "schemas", "scim", "urn"})
_WORD = re.compile(r"[A-Za-z]+")
_PLAIN = re.compile(r"(?<![\w@.'-])[a-z]{2,}(?![\w@'-])")


def is_ours(text: str) -> bool:
    """Whether the whole text is a word of Workato's."""
    return text in _of_the_contract() or text in _SYSTEM_NAMES or text in _RESOURCES or is_event(text) or is_code(text)


def is_event(text: str) -> bool:
    return _EVENTS.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """An error code, such as INVALID_PARAMS."""
    return _CODES.fullmatch(text) is not None and set(text.split("_")) <= _CODE_WORDS


def is_plain(word: str) -> bool:
    """Whether this is a small word that the contract's own sentences use."""
    return word in _prose()


def is_known_key(name: str) -> bool:
    """Whether the contract has a field or a parameter of this name, or a privilege group or action."""
    return name in _keys()


@cache
def _of_the_contract() -> frozenset[str]:
    """Values that the contract enumerates, and what a client role may tick."""
    ticked = (part for each in privileges() for part in (each, *each.split(".")))
    return frozenset(
        (*_values(contract_documents(), "enum"), *_values(contract_documents(), "const"), *ticked, *_SCHEMAS, *_OF_SCIM)
    )


def _values(node: Json, key: str) -> Iterator[str]:
    if isinstance(node, Mapping):
        found = node.get(key, ())
        yield from (each for each in ((found,) if key == "const" else found) if isinstance(each, str))
    for each in node.values() if isinstance(node, Mapping) else node if isinstance(node, list | tuple) else ():
        yield from _values(each, key)


@cache
def _keys() -> frozenset[str]:
    return frozenset(_names(contract_documents())) | _KEYS_OF_SCIM


def _names(node: Json) -> Iterator[str]:
    if isinstance(node, Mapping):
        properties = node.get("properties")
        yield from properties if isinstance(properties, Mapping) else ()
        if node.get("in") == "query":
            yield str(node["name"])
        for each in node.values():
            yield from _names(each)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _names(each)


@cache
def _prose() -> frozenset[str]:
    """Small words of the contract's descriptions and texts of refusal."""
    texts = [*_texts(contract_documents(), {"description", "summary", "title", "message", "detail"})]
    return frozenset(word for text in texts for word in _PLAIN.findall(text)) | _OF_MEDIA_TYPES | _OF_URNS


def _texts(node: Json, keys: set[str]) -> Iterator[str]:
    if isinstance(node, Mapping):
        yield from (node[key] for key in keys & node.keys() if isinstance(node[key], str))
        for each in node.values():
            yield from _texts(each, keys)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _texts(each, keys)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)
