export const usage = `Usage: patchbay COMMAND

  start                                         serve the editor and the API
  run FLOW.json --inputs '{…}' [--stream]       run a flow without a server; prints its outputs as JSON
  check FLOW.json [--json]                      print every problem of a flow with its place
  keys create --name NAME --scope SCOPE         make an API key and show it once; scopes: run, read, manage
            [--flow SLUG]…                      only for these flows
  backup FILE|FOLDER [--force]                  copy all data into one file, while a server runs
  restore FILE [--data FOLDER] [--keys FILE]    put a backup in the place of the data
            [--force]                             where there is data already
  secrets rotate                                seal stored keys with a new master key, while a server runs
  doctor                                        say whether this machine has what Patchbay needs
  --version                                     print the version

Inputs may be read from a file: --inputs @inputs.json, or from standard input: --inputs -
Settings are environment variables (PORT, HOST, PATCHBAY_DATA, OPENAI_API_KEY, …); see docs/settings.md.
Exit codes: 0 done, 1 the flow or the input is wrong, 2 wrong usage, 3 the run failed.`;

/** What `patchbay COMMAND --help` says of commands with more to say. */
export const details: ReadonlyMap<string, string> = new Map([
  [
    'backup',
    `Usage: patchbay backup FILE|FOLDER [--data FOLDER] [--force]

Copies all data (flows, versions, runs, API keys, connections) into one file, as it is at this moment, while a server
works with it, and reads the copy through. A folder gets a file named by the time.

  --data FOLDER   the data folder; without it PATCHBAY_DATA, else ./data
  --force         write over a file of that name

Master keys are not in the backup. Stored connections do not open without them: keep a copy of secret-keys.json of the
data folder, or of PATCHBAY_SECRET_KEY, in another place than the backup.`,
  ],
  [
    'restore',
    `Usage: patchbay restore FILE [--data FOLDER] [--keys FILE] [--force]

Puts a backup in the place of the data. First all of it is checked on a copy: the file reads through, its schema is known
and brought up to date, its connections open. Where that fails, nothing is changed. Stop the server of that folder first.

  --data FOLDER   the data folder; without it PATCHBAY_DATA, else ./data
  --keys FILE     the secret-keys.json of the installation the backup is of. It must open all connections of the backup;
                  its keys are put into the data folder. Without it the keys that are there and PATCHBAY_SECRET_KEY are
                  tried; what they do not open is told, and all else is restored
  --force         replace data that is there; it is kept in the folder backups of the data folder`,
  ],
]);
