"""Every error that the scenario commands print: its code, what it means, an example, and what to do about it."""

from workato_emulator import explained

SCN_FILE = explained(
    "SCN-1",
    "The scenario file cannot be read",
    meaning="It is missing, may not be read, or is not UTF-8.",
    example="mine/SC-900.yaml:1:1: there is no such file or folder",
    fix="Check the path; save the file as UTF-8.",
)
SCN_YAML = explained(
    "SCN-2",
    "The file is not YAML as scenarios use it",
    meaning="Scenarios are plain YAML: one document, text keys, each key once; no anchors, aliases, tags or merge "
    "keys. Or it is no YAML at all: a missing bracket, a tab.",
    example="title: first\ntitle: second",
    fix="Look at the line and column. What repeats becomes a fixture: `given: {fixture: name}`.",
)
SCN_MISSING = explained(
    "SCN-3",
    "A key is missing",
    meaning="The step or the scenario cannot be understood without it.",
    example="- {workato: accept_invitation}",
    fix="Add the key that the message names. An editor that knows the JSON Schema offers it.",
)
SCN_UNKNOWN_KEY = explained(
    "SCN-4",
    "A key that nobody reads",
    meaning="Every step is a closed shape: a misspelt expectation would otherwise expect nothing. So is what a call "
    "sends: a field that its operation does not know would be read by nobody.",
    example="- {okta: assign, user: ada, expect: {mmeber: absent}}",
    fix="Take the spelling that the message offers, or look the verb up in the schema.",
)
SCN_VALUE = explained(
    "SCN-5",
    "A value that means nothing here",
    meaning="It is of another kind than the key takes, empty, or none of the words that are possible.",
    example="- clock: {advance: 20 minuets}",
    fix="The message says what it should be. A number that is text is quoted.",
)
SCN_STEP = explained(
    "SCN-6",
    "A step that is no step",
    meaning="A step is one thing: `okta:`, `workato:`, `clock:`, `fault:`, `call:` or `check:`, and the first two need "
    "a verb that exists.",
    example="- {okta: asign, user: ada}",
    fix="Take the spelling that the message offers; scenarios/README.md lists the kinds, and the schema the verbs.",
)
SCN_UNKNOWN_NAME = explained(
    "SCN-7",
    "A name that leads nowhere",
    meaning="The person, group, workspace, client, operation, rule or event is declared nowhere, or not where the step "
    "looks for it.",
    example="- {okta: assign, user: adda}",
    fix="Take the spelling that the message offers, or add the name under `given`.",
)
SCN_WHERE = explained(
    "SCN-8",
    "It cannot be said where or about whom",
    meaning="`org`, `app`, `workspace` and `user` may be left out only where there is one of the kind.",
    example="- {okta: assign, user: ada}, with two app instances",
    fix="Write which one: the message lists them.",
)
SCN_FIXTURE = explained(
    "SCN-9",
    "The fixture cannot be used",
    meaning="A fixture is a file in the nearest folder `fixtures`, named by its `fixture:`, with a `given` and nothing "
    "else, and builds on no other.",
    example="given: {fixture: two-ogrs}",
    fix="Check its name and its two keys.",
)
SCN_TOGETHER = explained(
    "SCN-10",
    "Two things that cannot be together",
    meaning="Each is fine alone: two keys that exclude each other, two expectations that cannot both be met, somebody "
    "who is both invited and a collaborator, or something given that the workspace or the org would not take.",
    example="- {okta: configure_app, client: narrow, token: abc}",
    fix="Remove one of the two.",
)
SCN_SHOWS_NOTHING = explained(
    "SCN-11",
    "A step that shows nothing",
    meaning="A claim without an expectation, an expectation without content or one that everything meets, a fault or a "
    "step with `during` with nothing after it, or a change that changes nothing.",
    example="- {okta: force_sync, user: ada, proves: [PPU-1]}",
    fix="Say what should be true, or leave the step out.",
)
SCN_LIVE = explained(
    "SCN-12",
    "The scenario says it may run against a live tenant, and cannot",
    meaning="`live: read` only looks, `live: write` changes; nothing can move a live clock or arm a fault there.",
    example="live: read with the step - {workato: accept_invitation, user: ada}",
    fix="Remove the step, or say `live: never`, which is what a file without the key says.",
)
SCN_REPEATED_ID = explained(
    "SCN-13",
    "Two scenarios have one id",
    meaning="Reports, `--failed` and the audit know a scenario by its id.",
    example="mine/b.yaml:1:1: SC-900 is the id of mine/a.yaml too",
    fix="Give one of them another id.",
)
SCN_HINT = explained(
    "SCN-14",
    "The first line does not name the schema (a warning)",
    meaning="With it an editor completes keys and explains them. Nothing else depends on it.",
    example="scenario: SC-900 in the first line",
    fix="Start the file with `# yaml-language-server: $schema=scenario.schema.json` and write that file with "
    "`workato-emulator schema`.",
)

RUN_UNUSABLE = explained(
    "RUN-1",
    "What the command was given cannot be used",
    meaning="Nothing was played.",
    example="workato-emulator run --seed",
    fix="The message says what; `workato-emulator COMMAND --help` shows what it takes.",
)
RUN_NO_SCENARIOS = explained(
    "RUN-2",
    "No scenarios there",
    meaning="The path does not exist, or holds no .yaml or .yml file outside of `fixtures`.",
    example="workato-emulator run mien",
    fix="Check the path. Without one, the scenarios that come with the tool are played.",
)
RUN_NONE_WANTED = explained(
    "RUN-3",
    "No scenario is like that",
    meaning="There are scenarios, and none fits all of --rule, --tag, --text and --failed. `--failed` finds nothing "
    "when all passed the last time, or ran from another folder.",
    example="workato-emulator run --rule PNU-1 --tag smoke",
    fix="Leave out one of them. `workato-emulator index` shows what there is.",
)
RUN_UNKNOWN_ID = explained(
    "RUN-4",
    "Nothing has this id",
    meaning="There is no such rule, tag or error code.",
    example="workato-emulator rules PNU-99",
    fix="Take the spelling that the message offers; without an id, `rules` and `explain` list them all.",
)
RUN_REPORT = explained(
    "RUN-5",
    "The report or export cannot be written",
    meaning="A report's kind is unknown, or its file cannot be: a folder, no folder there, no permission, a full disk.",
    example="workato-emulator run --report jsn=report.json",
    fix="Write KIND=FILE with a kind that the message lists, and a file in a folder that exists.",
)
RUN_PLAYER_GONE = explained(
    "RUN-6",
    "A process that plays scenarios is gone",
    meaning="Scenarios are played in several processes, and something outside ended one of them: a limit on memory, or "
    "somebody. No result is shown, because some of them are lost.",
    example="a process that plays scenarios was ended from outside",
    fix="Play with `-n 1`, which needs no further process, or give the machine more memory.",
)
INIT_TAKEN = explained(
    "INIT-1",
    "The starter project cannot go there",
    meaning="`init` writes into a new or empty folder and overwrites nothing; or it may not write there at all.",
    example="workato-emulator init .",
    fix="Name a folder that does not exist, or an empty one.",
)

explained(
    "verified",
    "A status of rules: shown to hold",
    meaning="A scenario claims the rule and passes, and fails at a step that claims it when the rule is broken.",
    example="PNU-1   verified  documented  SC-001",
    fix="Nothing is to be done.",
)
explained(
    "unnoticed",
    "A status of rules: claimed, and not shown",
    meaning="The rule was broken, and every scenario that claims it passed all the same, or failed at another step.",
    example="PUD-1   unnoticed",
    fix="Put the claim on the step that `run` names, or expect something there that depends on the rule. Until then "
    "`run` exits with 1.",
)
explained(
    "unclaimed",
    "A status of rules: no scenario speaks of it",
    meaning="No step has the rule under `proves`.",
    example="PUD-1   unclaimed",
    fix="Write a scenario that shows it, or claim it where one does.",
)
explained(
    "unbreakable",
    "A status of rules: there is no world in which it does not hold",
    meaning="Scenarios claim it and pass, and it cannot be broken on purpose; `workato-emulator rules ID` says why.",
    example="PUD-1   unbreakable",
    fix="Nothing is to be done.",
)
explained(
    "failed",
    "A status of rules and scenarios: an expectation was not met",
    meaning="A scenario stops at the first expectation that is not met. Its rules are not judged. A fault that did not "
    "strike as often as it was armed for fails it too, and so does a step with `during` that was "
    "refused or never happened.",
    example="FAILED SC-900 A leaver loses access to the workspace",
    fix="Read the failure from above: the step, expected against actual, what was sent, Okta's task.",
)
