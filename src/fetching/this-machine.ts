/** Whether the host of an address (`URL.hostname`) is this machine, so that what is sent there passes no network. */
export function isThisMachine(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
