"""Every error and status of the scenario commands: its code, what it means, an example, and what to do about it."""

from workato_emulator.text.error_codes import declare
from workato_emulator.text.error_codes import scenarios as _scenarios  # noqa: F401  (declares the codes of files)

RUN_UNUSABLE = declare(
    "RUN-1",
    "An argument of the command cannot be used",
    meaning="Nothing was played.",
    example="workato-emulator run --seed",
    fix="The message says what; `workato-emulator COMMAND --help` shows what it takes.",
)
RUN_NO_SCENARIOS = declare(
    "RUN-2",
    "No scenarios there",
    meaning="The path does not exist, or holds no .yaml or .yml file outside of `fixtures`.",
    example="workato-emulator run mien",
    fix="Check the path. Without one, the scenarios that come with the tool are played.",
)
RUN_NONE_WANTED = declare(
    "RUN-3",
    "No scenario fits the options",
    meaning="Scenarios were found, but none fits all of --rule, --tag, --text and --failed. `--failed` finds nothing "
    "when all passed the last time, or ran from another folder.",
    example="workato-emulator run --rule PNU-1 --tag smoke",
    fix="Leave out one option. `workato-emulator index` lists the scenarios.",
)
RUN_UNKNOWN_ID = declare(
    "RUN-4",
    "Nothing has this id",
    meaning="No rule, tag or error code is called so.",
    example="workato-emulator rules PNU-99",
    fix="Take the spelling that the message offers; without an id, `rules` and `explain` list them all.",
)
RUN_REPORT = declare(
    "RUN-5",
    "The report or export cannot be written",
    meaning="A report's kind is unknown, or its file cannot be: a folder, no folder there, no permission, a full disk.",
    example="workato-emulator run --report jsn=report.json",
    fix="Write KIND=FILE with a kind that the message lists, and a file in a folder that exists.",
)
RUN_PLAYER_GONE = declare(
    "RUN-6",
    "A process that plays scenarios ended",
    meaning="Scenarios are played in several processes, and one of them was ended from outside, for example by a "
    "memory limit. No result is shown, because some results are lost.",
    example="a process that plays scenarios was ended from outside",
    fix="Use `-n 1`, which starts no further process, or give the machine more memory.",
)
RUN_TARGET = declare(
    "RUN-7",
    "Scenarios cannot be played at this target",
    meaning="Nothing answers there, or no emulator does; the control plane wants a token; another run has the emulator "
    "to itself; or it keeps its state in a file. What was there before the run is put back wherever the emulator can "
    "still be reached.",
    example="workato-emulator run --target http://localhost:8087",
    fix="The message says which. `workato-emulator serve` starts an emulator; --control-token gives the token that it "
    "was started with.",
)
RUN_CLUSTER = declare(
    "RUN-8",
    "Scenarios cannot be played on this cluster",
    meaning="Dask is not installed here; nothing answers at the address, or no worker is there; the workers have "
    "another version of this tool; all of them died; or the address is another machine's and not tls://.",
    example="workato-emulator run --cluster tcp://scheduler.example.test:8786",
    fix="The message says which. `dask scheduler` and `dask worker` start a cluster; TLS is set up in Dask's own "
    "configuration.",
)
LIVE_SETTINGS = declare(
    "LIVE-1",
    "The settings of a live workspace cannot be used",
    meaning="The file is missing or is not TOML, a key or a value in it is unknown, the host is not one that a token "
    "may be sent to, or an environment variable that it names holds no token.",
    example="live.toml: unknown key 'mailbox'; did you mean 'mailboxes'?",
    fix="Correct what the message names. `workato-emulator live plan live.toml` reads the file and sends nothing.",
)
LIVE_WORKSPACE = declare(
    "LIVE-2",
    "This is not the workspace that was named",
    meaning="The first request asks what the workspace is called. It is another name than the one that was typed, or "
    "the token is not taken. Nothing else was sent.",
    example="the token leads to another workspace than the one that was named",
    fix="Give the token of the workspace that you mean, or name the other one with --workspace.",
)
LIVE_STOPPED = declare(
    "LIVE-3",
    "The run at a live workspace was stopped",
    meaning="The answer to a write was not foreseen, the host gave no answer, or a mailbox of the pool belongs to "
    "a collaborator already. Nothing more is sent. What was made and not yet removed is in `made.jsonl`.",
    example="group, step unknown-user: POST /api/user_groups/… was answered with 500, which was not foreseen",
    fix="Look at the answer in the recording, then remove what was made with "
    "`workato-emulator live clean-up live.toml RECORDING`.",
)
LIVE_RECORDING = declare(
    "LIVE-4",
    "The recording cannot be written, read or kept",
    meaning="The folder is not a recording, or has one already; or the scan found in a new one what should have been "
    "replaced, and deleted it.",
    example="the recording was deleted: exchange 7 has an email address at response.body.data[0].note",
    fix="Name another folder. After a deletion, report the place that the message names: the value is in no file.",
)
PLAY_REFUSED = declare(
    "PLAY-1",
    "Okta's SCIM client cannot be played against this server",
    meaning="The URL or the token cannot be used, or the server is not on this machine and creating users there "
    "was not agreed to. Nothing was sent.",
    example="workato-emulator okta-play https://scim.example.com/scim/v2 --token-env SCIM_TOKEN",
    fix="The message says which. --i-accept-side-effects allows a server elsewhere: use one where made-up users do no "
    "harm.",
)
INIT_TAKEN = declare(
    "INIT-1",
    "The starter project, or the new scenario, cannot be written there",
    meaning="`init` writes into a new or empty folder, `new` a file that does not exist yet; nothing is overwritten. "
    "Or it may not write there at all, or the id of the scenario is none.",
    example="workato-emulator init .",
    fix="Name a folder that does not exist, or an empty one; for `new`, another id or another folder.",
)

declare(
    "verified",
    "A status of rules: shown to hold",
    meaning="A scenario claims the rule and passes, and fails at a step that claims it when the rule is broken.",
    example="PNU-1   verified  documented  SC-001",
    fix="There is nothing to do.",
)
declare(
    "unnoticed",
    "A status of rules: claimed, and not shown",
    meaning="The rule was broken, and every scenario that claims it passed all the same, or failed at another step.",
    example="PUD-1   unnoticed",
    fix="Put the claim on the step that `run` names, or expect something there that depends on the rule. Until then "
    "`run` exits with 1.",
)
declare(
    "unclaimed",
    "A status of rules: no scenario claims it",
    meaning="No step has the rule under `proves`.",
    example="PUD-1   unclaimed",
    fix="Write a scenario that shows it, or claim it where one does.",
)
declare(
    "unbreakable",
    "A status of rules: it cannot be broken on purpose",
    meaning="Scenarios claim it and pass. It cannot be broken on purpose; `workato-emulator rules ID` says why.",
    example="PUD-1   unbreakable",
    fix="There is nothing to do.",
)
declare(
    "failed",
    "A status of rules and scenarios: an expectation was not met",
    meaning="A scenario stops at the first expectation that is not met. Its rules are not judged. A fault that did not "
    "strike as often as it was armed for fails it too, and so does a step with `during` that was "
    "refused or never happened.",
    example="FAILED SC-900 A leaver loses access to the workspace",
    fix="Read the failure from above: the step, expected against actual, what was sent, Okta's task.",
)
