export const usage = `Usage: patchbay COMMAND

  start                                         serve the editor and the API
  run FLOW.json --inputs '{…}' [--stream]       run a flow without a server; prints its outputs as JSON
  check FLOW.json [--json]                      print every problem of a flow with its place
  keys create --name NAME --scope SCOPE         make an API key and show it once; scopes: run, read, manage
            [--flow SLUG]…                      only for these flows
  secrets rotate                                seal stored keys with a new master key, while a server runs
  doctor                                        say whether this machine has what Patchbay needs

Inputs may be read from a file: --inputs @inputs.json, or from standard input: --inputs -
Settings are environment variables (PORT, HOST, PATCHBAY_DATA, OPENAI_API_KEY, …); see docs/settings.md.
Exit codes: 0 done, 1 the flow or the input is wrong, 2 wrong usage, 3 the run failed.`;
