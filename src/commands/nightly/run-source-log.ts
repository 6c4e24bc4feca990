/** The log of one source of a run: every line says which source it is about. */
import type { Log } from "../../runs/log.js";

export function sourceLog(log: Log, source: string): Log {
  // JSON has a member for it.
  const named = (message: string) => (log.settings.format === "json" ? message : `${source}: ${message}`);
  return {
    settings: log.settings,
    info: (message, facts) => log.info(named(message), { ...facts, source }),
    warn: (message, facts) => log.warn(named(message), { ...facts, source }),
    error: (message, facts) => log.error(named(message), { ...facts, source }),
    status: (line) => log.status(line === undefined ? undefined : named(line)),
  };
}
