"""What the emulator's commands print when something cannot be."""

from workato_emulator.text.error_codes.catalogue import declare

# Seeds

SEED_MISFIT = declare(
    "SEED-1",
    "Two parts of the seed contradict each other",
    meaning="Each part is valid by itself, but two of them contradict each other: a duplicate name or id, or "
    "something in a place where it is not allowed.",
    example="workspaces.acme.groups.1.name: a second group called Payroll",
    fix="Look at the place that the message names. Rename or remove one of the two.",
)
SEED_UNREADABLE = declare(
    "SEED-2",
    "The seed file cannot be read, or is neither YAML nor JSON",
    meaning="The file is missing or not readable, not UTF-8, or breaks the rules of YAML or JSON. A duplicate key, "
    "a key that is not a string, a YAML tag, a merge key, an alias within its own anchor and a number of "
    "more than 300 digits are refused as well.",
    example="world.yaml:4:1: duplicate key 'acme'; first in line 2",
    fix="Check the path, then the line and column that the message names. YAML is read as YAML 1.2 has it: yes, on, "
    "2026-01-05, 1:30, 0100 and .inf are texts. A file whose name ends in .json is read as JSON.",
)
SEED_UNKNOWN_NAME = declare(
    "SEED-3",
    "A name in the seed is unknown",
    meaning="The seed names a role, group, account or workspace that neither it nor Workato has.",
    example="workspaces.acme.collaborators.0.roles.dev: no role called 'Envirnment admin'",
    fix="Take the spelling that the message offers, or add what is missing to the seed.",
)
SEED_SHAPE = declare(
    "SEED-4",
    "The seed has an unknown key, or a value of the wrong kind",
    meaning="Unknown keys are refused. A misspelt key would otherwise look like a default.",
    example="workspaces.acme.colaborators: unknown key 'colaborators'; did you mean 'collaborators'?",
    fix="Correct the key or value. emulator/README.md shows every key of a seed.",
)

# State files

STATE_PLACE = declare(
    "STATE-1",
    "The state file cannot be created here",
    meaning="Its folder does not exist, something other than a regular file has that name, or this user may not "
    "read or write there.",
    example="/srv/none/acme.state: no such folder: /srv/none",
    fix="Make the folder, or name another file with --state.",
)
STATE_IN_USE = declare(
    "STATE-2",
    "Another emulator is using this state file",
    meaning="A state file belongs to one process at a time; two would overwrite each other's changes.",
    example="acme.state: another `serve` is using it",
    fix="Stop the other one, or give this one a file of its own.",
)
STATE_FOREIGN = declare(
    "STATE-3",
    "The file is not a state file, or another version wrote it",
    meaning="The first line is not what the emulator writes. The file was left as it is.",
    example="notes.txt: is not a state file of the emulator",
    fix="Name another file; a file that does not exist is created. For a file of another version, run that version,"
    " export its state over the control plane, and start with the export as --seed.",
)
STATE_DAMAGED = declare(
    "STATE-4",
    "The state file is damaged",
    meaning="A line is not as it was written, or no longer has the same effect. Nothing after it can be trusted, so"
    " the emulator did not start. The file is unchanged.",
    example="acme.state:17: this line, or the one before it, is not as it was written",
    fix="Restore the file from a copy. Without one, keep the lines before the damaged one and start with these.",
)
STATE_POSIX = declare(
    "STATE-5",
    "State files need a POSIX system",
    meaning="The file is locked with a call that this operating system does not have.",
    example="--state needs a POSIX system (No module named 'fcntl')",
    fix="Serve without --state, or in a Linux container.",
)

# Assumptions

ASSUME_UNKNOWN = declare(
    "ASSUME-1",
    "No such assumption, or no such choice",
    meaning="An assumption is an open question with a few possible answers; each has a name.",
    example="no assumption is called 'removal_anwser'; did you mean 'removal_answer'?",
    fix="`workato-emulator assumptions` lists them with their answers. Give one as --assume NAME=VALUE. Those about "
    "Okta are for `run` and for scenarios: the emulator is Workato's side only.",
)

ASSUME_FILE = declare(
    "ASSUME-2",
    "The file of what was seen cannot be used",
    meaning="The file that --assume-file names is missing, is not TOML, or names an assumption or a choice that does "
    "not exist.",
    example="settled.toml: no assumption is called 'removal_anwser'; did you mean 'removal_answer'?",
    fix="Let `workato-emulator live drift RECORDING --settled FILE` write it, or correct what the message names.",
)

# Serving

SRV_ADDRESS = declare(
    "SRV-1",
    "The emulator cannot listen on this address",
    meaning="Something else listens on this port, the port needs more rights, or the address is not this machine's.",
    example="cannot listen on 127.0.0.1:8086 (Address already in use)",
    fix="`workato-emulator doctor` says who holds the port. Stop that, or take another: --port 0 takes a free one.",
)
SRV_EXPOSED = declare(
    "SRV-2",
    "Others could drive the emulator",
    meaning="On an address that other machines reach, the control plane would let anybody reset or read everything.",
    example="workato-emulator serve --host 0.0.0.0",
    fix="Give it a --control-token (or WORKATO_EMULATOR_CONTROL_TOKEN) and send it as a bearer token to /_emulator.",
)
SRV_TOKEN = declare(
    "SRV-3",
    "The control token cannot be used",
    meaning="It is empty, as from a variable that is not set, or holds a blank or a character that no header carries. "
    "An empty token would open the control plane to everybody.",
    example='workato-emulator serve --control-token "$NOT_SET"',
    fix="Give one of visible ASCII characters, or unset WORKATO_EMULATOR_CONTROL_TOKEN to serve on loopback without.",
)

# How commands are called

OPT_USAGE = declare(
    "OPT-1",
    "The command was called in a way that it does not understand",
    meaning="An argument too many, or two options that exclude each other.",
    example="workato-emulator assumptions --json --markdown",
    fix="`workato-emulator COMMAND --help` shows what it takes.",
)
OPT_UNKNOWN = declare(
    "OPT-2",
    "No such command, or no such option",
    meaning="The name is not known here. `run`, `check` and their relatives come with the package's entry points: "
    "after an upgrade from source they appear with the next `pip install`.",
    example="workato-emulator rnu",
    fix="Take the spelling that the message offers; `workato-emulator --help` lists the commands.",
)
OPT_MISSING = declare(
    "OPT-3",
    "An argument or option is missing",
    meaning="The command cannot start without it.",
    example="workato-emulator init",
    fix="`workato-emulator COMMAND --help` shows what it needs.",
)
OPT_VALUE = declare(
    "OPT-4",
    "A value cannot be used",
    meaning="The option is known, but its value has the wrong type or is out of range.",
    example="workato-emulator serve --port seventy",
    fix="The message names the range or the choices.",
)
OPT_FILE = declare(
    "OPT-5",
    "A file or folder cannot be used",
    meaning="It cannot be opened or written, or something else already has its name.",
    example="workato-emulator run --report json=/none/report.json",
    fix="Check the path and its permissions.",
)
OPT_OUTPUT = declare(
    "OPT-6",
    "The output cannot be written",
    meaning="The command's output goes to a file or device that is full or closed. Its work is done all the same.",
    example="workato-emulator rules > /dev/full",
    fix="Make room, or send the output elsewhere.",
)
FUZZ_EXTRA = declare(
    "FUZZ-1",
    "Fuzzing needs a package that is not installed",
    meaning="`fuzz` generates requests with schemathesis, which only this command needs.",
    example="fuzzing needs schemathesis",
    fix="Run the command that the message names: `pip install` with the extra `fuzz`.",
)
FUZZ_URL = declare(
    "FUZZ-2",
    "No emulator can be fuzzed at this address",
    meaning="Nothing answers there, or no emulator does; the control plane wants a token; somebody has a lease on it; "
    "or it keeps its state in a file. What was there is put back wherever it can still be reached.",
    example="workato-emulator fuzz --url http://localhost:8087",
    fix="The message says which. `workato-emulator serve` starts an emulator.",
)
FUZZ_REPORT = declare(
    "FUZZ-3",
    "The fuzzer's report cannot be written",
    meaning="Its kind is not junit, or its file cannot be: a folder, no folder there, no permission.",
    example="workato-emulator fuzz --report html=fuzz.html",
    fix="Write junit=FILE, with a file in a folder that exists.",
)

# Pulling a workspace

PULL_TENANT = declare(
    "PULL-1",
    "The live workspace cannot be read",
    meaning="The host is not a host, does not answer or refuses the token, or an answer is not as Workato's pages say. "
    "What was read so far is kept beside the seed, in a file that ends in .part.",
    example="GET /api/users/me is answered with 401",
    fix="Check --host and the token, then give the same command again: it goes on where it stopped.",
)
PULL_TOKEN = declare(
    "PULL-2",
    "The environment variable holds no token",
    meaning="The token is read from the environment, so that it stands in no history and in no process list.",
    example="the environment variable WORKATO_TOKEN is not set, or holds what is not a token",
    fix="Export it first, such as with `read -rs WORKATO_TOKEN && export WORKATO_TOKEN`.",
)
PULL_PLACE = declare(
    "PULL-3",
    "The seed cannot be written there",
    meaning="A file of that name exists, or its folder cannot be written. Nothing is overwritten.",
    example="seed.yaml exists; name another file, or delete it",
    fix="Name another file with -o.",
)
PULL_SEED = declare(
    "PULL-4",
    "The pulled seed is not one that the emulator takes",
    meaning="The live workspace has something that a seed cannot say, or that the emulator would refuse. The seed was "
    "written all the same.",
    example="serve would refuse it, so mend this first: seed.yaml:12:7: a second group called Payroll",
    fix="Change the place that the message names, or leave it out.",
)
JOURNAL_UNREACHABLE = declare(
    "JOURNAL-1",
    "The journal cannot be read",
    meaning="No emulator answers at the address, or it asks for its control token.",
    example="http://localhost:8086: no emulator answers there (ConnectError)",
    fix="Start it with `workato-emulator serve`, or name its address with --url and its token with --control-token.",
)
