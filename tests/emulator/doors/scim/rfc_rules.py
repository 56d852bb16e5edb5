"""The rules of RFC 7643 and 7644 that a service provider is held to, in our own words.

A row that is not served says why. `test_rfc.py` has a demonstration for each of the others.
"""

from typing import NamedTuple


class RfcRule(NamedTuple):
    number: int
    sentence: str
    where: str
    not_served: str = ""


GROUPS = "the door has no groups unless assumption scim_groups says so"
NO_IMMUTABLE = "no attribute of a user is immutable"
NO_BULK = "bulk is not served"
NO_SEARCH = "a search is not posted"
ONE_TYPE = "users are the only resources"
OFF_BY_DEFAULT = "entity tags are off unless assumption scim_etag says so, whose probe shows them"

RFC_RULES = (
    RfcRule(1, "Names of attributes, URNs in paths and operators are matched without regard to case.", "7643 2.1"),
    RfcRule(2, "Null, or an empty array, means the same as an attribute that is not there.", "7643 2.5"),
    RfcRule(3, "At most one entry of a multi-valued attribute is primary.", "7643 2.4"),
    RfcRule(4, "Every resource lists the schemas that it holds data of.", "7643 3"),
    RfcRule(5, "The server chooses an id, which is stable, unique and part of every representation.", "7643 3.1"),
    RfcRule(6, "An id that a client sends is ignored.", "7644 3.5.1"),
    RfcRule(7, "externalId is the client's, and need not be unique.", "7643 3.1"),
    RfcRule(8, "meta comes from the server; a client's is ignored.", "7643 3.1"),
    RfcRule(9, "meta.location is what the Location header says.", "7643 3.1"),
    RfcRule(10, "lastModified changes when the resource does, and not otherwise.", "7643 3.1"),
    RfcRule(11, "Attributes of an extension are in an object named by its URN.", "7643 3.3"),
    RfcRule(12, "userName is required, not empty, and unique without regard to case.", "7643 4.1.1"),
    RfcRule(13, "active is a boolean that the server gives a meaning.", "7643 4.1.1"),
    RfcRule(14, "A password is never returned, and is not filtered on.", "7643 4.1.1"),
    RfcRule(15, "A user's groups are not written through the user.", "7643 4.1.2"),
    RfcRule(16, "A group needs a displayName, and has its members by value.", "7643 4.2", GROUPS),
    RfcRule(17, "ServiceProviderConfig says what is supported, and needs no id.", "7643 5"),
    RfcRule(18, "The authentication schemes are read without authentication.", "7643 5"),
    RfcRule(19, "A resource type has name, endpoint, schema, and its extensions.", "7643 6"),
    RfcRule(20, "The description of an attribute says its type and all of its characteristics.", "7643 7"),
    RfcRule(21, "What is read-only is ignored in POST and PUT, and refused in PATCH.", "7644 3.5.2"),
    RfcRule(22, "What is immutable is set once.", "7644 3.5.1", NO_IMMUTABLE),
    RfcRule(23, "What is always returned is in every answer, and what never is in none.", "7643 7"),
    RfcRule(24, "A body that is answered is application/scim+json.", "7644 3.1"),
    RfcRule(25, "application/json is accepted as well.", "7644 8.1"),
    RfcRule(26, "A request without authentication is answered 401 with WWW-Authenticate.", "7644 2"),
    RfcRule(27, "A creation is answered 201 with Location and the resource as stored.", "7644 3.3"),
    RfcRule(28, "A unique value that is taken is 409 uniqueness.", "7644 3.3"),
    RfcRule(29, "The server may change what it was given, and shows the result.", "7644 3.3"),
    RfcRule(30, "Reading an id is answered 200 or 404.", "7644 3.4.1"),
    RfcRule(31, "A query that matches nothing is answered 200 with a list.", "7644 3.4.2"),
    RfcRule(32, "totalResults counts all matches, whatever the page.", "7644 3.4.2"),
    RfcRule(33, "Resources are left out only where none are returned.", "7644 3.4.2"),
    RfcRule(34, "A filter on an attribute of other types only matches nothing.", "7644 3.4.2.1", ONE_TYPE),
    RfcRule(35, "Text is compared by the caseExact of its attribute.", "7644 3.4.2.2"),
    RfcRule(36, "pr is true of a value that is there and not empty.", "7644 3.4.2.2"),
    RfcRule(37, "Booleans have no order; dates are compared as times.", "7644 3.4.2.2"),
    RfcRule(38, "not binds before and, and before or; parentheses come first.", "7644 3.4.2.2"),
    RfcRule(39, "A filter in brackets is met by one and the same entry.", "7644 3.4.2.2"),
    RfcRule(40, "A filter that cannot be read is 400 invalidFilter.", "7644 3.4.2.2"),
    RfcRule(41, "A filter may be posted to .search.", "7644 3.4.3", NO_SEARCH),
    RfcRule(42, "A server that does not sort ignores sortBy.", "7644 3.4.2.3"),
    RfcRule(43, "A startIndex below 1 is read as 1.", "7644 3.4.2.4"),
    RfcRule(44, "A count below 0 is read as 0, which returns the total only.", "7644 3.4.2.4"),
    RfcRule(45, "No more than count are returned.", "7644 3.4.2.4"),
    RfcRule(46, "itemsPerPage is how many are returned, startIndex the place of the first.", "7644 3.4.2.4"),
    RfcRule(47, "A PUT of an unknown id is 404 and creates nobody.", "7644 3.5.1"),
    RfcRule(48, "A PUT replaces what may be written; what is left out may be cleared.", "7644 3.5.1"),
    RfcRule(49, "A PUT without a required attribute is 400.", "7644 3.5.1"),
    RfcRule(50, "A PATCH has operations, each add, remove or replace in any case of letters.", "7644 3.5.2"),
    RfcRule(51, "A PATCH is carried out as a whole or not at all.", "7644 3.5.2"),
    RfcRule(52, "A PATCH is answered 200 with the resource, or 204 unless attributes were asked for.", "7644 3.5.2"),
    RfcRule(53, "add without a path merges the attributes of its value.", "7644 3.5.2.1"),
    RfcRule(54, "add replaces a single value, and changes nothing where the value is there.", "7644 3.5.2.1"),
    RfcRule(55, "add appends to a multi-valued attribute.", "7644 3.5.2.1", "one address is kept of a person"),
    RfcRule(56, "remove without a path is 400 noTarget.", "7644 3.5.2.2"),
    RfcRule(57, "remove with a filter takes the entries that match, and no others.", "7644 3.5.2.2"),
    RfcRule(58, "remove of what is required or read-only is refused with mutability.", "7644 3.5.2.2"),
    RfcRule(59, "replace without a path writes each attribute of its value.", "7644 3.5.2.3"),
    RfcRule(60, "replace of what is not there acts as add.", "7644 3.5.2.3"),
    RfcRule(61, "replace whose filter matches nothing is 400 noTarget.", "7644 3.5.2.3"),
    RfcRule(62, "A path that cannot be read is 400 invalidPath.", "7644 3.5.2"),
    RfcRule(63, "DELETE is answered 204; afterwards the id is 404 and no query finds it.", "7644 3.6"),
    RfcRule(64, "What was deleted does not block another with the same unique values.", "7644 3.6"),
    RfcRule(65, "Bulk beyond its limits is 413.", "7644 3.7.4", NO_BULK),
    RfcRule(66, "attributes and excludedAttributes are paths; schemas and id are always there.", "7644 3.9"),
    RfcRule(67, "/Me that is not supported is 501.", "7644 3.11"),
    RfcRule(68, "An error has the Error URN, the status as text, the type and a detail.", "7644 3.12"),
    RfcRule(69, "Without a version in the path the server takes its own.", "7644 3.13"),
    RfcRule(70, "If-None-Match that is equal is 304, If-Match that is not is 412.", "7644 3.14", OFF_BY_DEFAULT),
    RfcRule(71, "Discovery ignores paging and sorting, and refuses a filter with 403.", "7644 4"),
    RfcRule(72, "One resource type is read by its id, one schema by its URN.", "7644 4"),
    RfcRule(73, "An unknown endpoint is 404, an operation that is not supported 501.", "7644 3.12"),
)
