import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** The command line of a living process; null when there is none of that id. A server's names its socket. */
export const commandOf = (pid: number): string | null => {
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    // A dead process that nobody has waited for has an id and no command line.
    return command.trim() || null;
  } catch {
    return null;
  }
};

/** Resolves when no process `pid` speaks of `socket` any more: the id alone may be somebody else's by then. */
export const gone = async (pid: number, socket: string): Promise<void> => {
  while (commandOf(pid)?.includes(socket)) await setTimeout(200, undefined, { ref: false });
};
