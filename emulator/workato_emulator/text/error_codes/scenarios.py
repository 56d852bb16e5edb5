"""The errors of a scenario file: what each means, an example, and what to do about it."""

from workato_emulator.text.error_codes.catalogue import declare

SCN_FILE = declare(
    "SCN-1",
    "The scenario file cannot be read",
    meaning="It is missing, may not be read, or is not UTF-8.",
    example="mine/SC-900.yaml:1:1: no such file or folder",
    fix="Check the path; save the file as UTF-8.",
)
SCN_YAML = declare(
    "SCN-2",
    "The file is not YAML as scenarios use it",
    meaning="Scenarios are plain YAML: one document, string keys, no duplicate keys, no anchors, aliases, tags or "
    "merge keys. Or the file is not YAML at all: a missing bracket, a tab.",
    example="title: first\ntitle: second",
    fix="Look at the line and column. Put repeated setup into a fixture: `given: {fixture: name}`.",
)
SCN_MISSING = declare(
    "SCN-3",
    "A key is missing",
    meaning="The step or the scenario is incomplete without it.",
    example="- {workato: accept_invitation}",
    fix="Add the key that the message names. An editor that knows the JSON Schema offers it.",
)
SCN_UNKNOWN_KEY = declare(
    "SCN-4",
    "An unknown key",
    meaning="Unknown keys are refused: a misspelt expectation would otherwise expect nothing. The fields that a "
    "call sends are checked as well, against its operation.",
    example="- {okta: assign, user: ada, expect: {mmeber: absent}}",
    fix="Take the spelling that the message offers, or look the verb up in the schema.",
)
SCN_VALUE = declare(
    "SCN-5",
    "A value that is not allowed here",
    meaning="It has the wrong type, is empty, or is not one of the allowed words.",
    example="- clock: {advance: 20 minuets}",
    fix="The message says what it should be. Quote a number that is meant as text.",
)
SCN_STEP = declare(
    "SCN-6",
    "An unknown kind of step",
    meaning="A step has exactly one of the keys `okta:`, `workato:`, `clock:`, `fault:`, `call:` and `check:`. The "
    "first two need a known verb.",
    example="- {okta: asign, user: ada}",
    fix="Take the spelling that the message offers; scenarios/README.md lists the kinds, and the schema the verbs.",
)
SCN_UNKNOWN_NAME = declare(
    "SCN-7",
    "An unknown name",
    meaning="The person, group, workspace, client, operation, rule or event is not declared, or not where the step "
    "looks for it.",
    example="- {okta: assign, user: adda}",
    fix="Take the spelling that the message offers, or add the name under `given`.",
)
SCN_WHERE = declare(
    "SCN-8",
    "The workspace, org, app or user is ambiguous",
    meaning="`org`, `app`, `workspace` and `user` may be left out only where there is exactly one.",
    example="- {okta: assign, user: ada}, with two app instances",
    fix="Name one: the message lists them.",
)
SCN_FIXTURE = declare(
    "SCN-9",
    "The fixture cannot be used",
    meaning="A fixture is a file in the nearest folder `fixtures`, named by its `fixture:`, with a `given` and nothing "
    "else, and builds on no other.",
    example="given: {fixture: two-ogrs}",
    fix="Check its name and its two keys.",
)
SCN_TOGETHER = declare(
    "SCN-10",
    "Two keys or values that exclude each other",
    meaning="Each is valid alone: two keys that exclude each other, two expectations that cannot both be met, "
    "somebody who is both invited and a collaborator, or a `given` that the workspace or the org would "
    "refuse.",
    example="- {okta: configure_app, client: narrow, token: abc}",
    fix="Remove one of the two.",
)
SCN_SHOWS_NOTHING = declare(
    "SCN-11",
    "A step that shows nothing",
    meaning="A claim without an expectation, an empty expectation or one that is always met, a fault or a step with "
    "`during` with no step after it, or a change that changes nothing.",
    example="- {okta: force_sync, user: ada, proves: [PPU-1]}",
    fix="Say what should be true, or leave the step out.",
)
SCN_LIVE = declare(
    "SCN-12",
    "The scenario allows a live tenant but cannot run there",
    meaning="`live: read` only reads, `live: write` changes things. A live clock cannot be moved, and faults cannot be "
    "armed there.",
    example="live: read with the step - {workato: accept_invitation, user: ada}",
    fix="Remove the step, or say `live: never`, which is what a file without the key says.",
)
SCN_REPEATED_ID = declare(
    "SCN-13",
    "Two scenarios have one id",
    meaning="Reports, `--failed` and the audit identify a scenario by its id.",
    example="mine/b.yaml:1:1: SC-900 is the id of mine/a.yaml too",
    fix="Give one of them another id.",
)
SCN_HINT = declare(
    "SCN-14",
    "The first line does not name the schema (a warning)",
    meaning="With it an editor completes keys and explains them. Nothing else depends on it.",
    example="scenario: SC-900 in the first line",
    fix="Start the file with `# yaml-language-server: $schema=scenario.schema.json` and write that file with "
    "`workato-emulator schema`.",
)
SCN_CSV = declare(
    "SCN-15",
    "A table of a plan cannot be used",
    meaning="A column is missing or there twice, or a row names somebody twice, somebody unknown or no day.",
    example="people.csv:1:1: no column login; there is Mail, Name",
    fix="Mend the row that the message names, or say under `columns` what a header means.",
)
SCN_PLAN = declare(
    "SCN-16",
    "A plan does not fit its Workato side",
    meaning="The seed cannot be built, or the plan grants a role that its workspace does not have.",
    example="plan.yaml:12:60: unknown role 'Memer' in acme; did you mean 'Member'?",
    fix="Take the spelling that the message offers, or create the role in a step before it is granted.",
)
