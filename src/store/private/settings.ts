/**
 * The private server's settings, as its command line takes them.
 * Small hashes stay listpacks, which are a third smaller; the values of ours are under 1,024 bytes.
 */
const serverSettings = {
  port: '0',
  unixsocketperm: '700',
  appendonly: 'yes',
  // Nothing is answered before it is on the disk.
  appendfsync: 'always',
  save: '',
  'maxmemory-policy': 'noeviction',
  'hash-max-listpack-entries': '512',
  'hash-max-listpack-value': '1024',
  daemonize: 'no',
} as const;

/** `--name value …`; `changed` replaces or adds. */
export const serverArguments = (changed: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries({ ...serverSettings, ...changed }).flatMap(([name, value]) => [`--${name}`, value]);
