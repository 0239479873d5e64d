import { readFileSync, readlinkSync } from 'node:fs';

/** What a process number means something in: this start of this machine and, in a container, its own numbers. */
const numbering = (): string | null => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
};

/** A name for this process that others beside it can look for; '' where there are none to be had, as outside Linux. */
export const processName = (): string => {
  const here = numbering();
  return here === null ? '' : `${here} ${process.pid}`;
};

/** Whether the process of that name has surely ended. One elsewhere, or whose number was given again, may live. */
export const isGone = (name: string): boolean => {
  const here = numbering();
  const pid = Number(name.slice(name.lastIndexOf(' ') + 1));
  if (here === null || pid <= 0 || name !== `${here} ${pid}`) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
};
