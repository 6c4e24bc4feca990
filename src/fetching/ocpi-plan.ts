/** What is asked for: all, what has changed, or all if anything has. */
import type { Log } from "../runs/log.js";
import type { Clock } from "./clock.js";
import { lengthOfTime } from "../runs/length-of-time.js";
import type { OcpiFeed } from "./ocpi-feed.js";
import type { StoredFacts, StoredFeed } from "./ocpi-stored-feed.js";

interface PlanSettings {
  readonly feed: OcpiFeed;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Plan {
  readonly stored: StoredFeed | undefined;
  /** Only what has changed is asked for. */
  readonly isDelta: boolean;
}

/** Only what has changed where that is asked for and there is something to put it into; else all. */
export function planOf({ feed, clock, log }: PlanSettings, stored: StoredFeed | string): Plan {
  const full = (why: string): Plan => {
    if (feed.deltas) log.info(`all is asked for, because ${why}`, { event: "full" });
    return { stored: typeof stored === "string" ? undefined : stored, isDelta: false };
  };
  if (typeof stored === "string") return full(stored);
  const age = clock.date() - Date.parse(stored.facts.full_at);
  if (age < 0) return full("the last time is in the future: this machine's clock was changed");
  if (age >= lengthOfTime(feed.fullEvery)) return full(`the last time was ${feed.fullEvery} ago or more`);
  return feed.deltas ? { stored, isDelta: true } : full("");
}

/** The headers by which a server can say that nothing has changed. */
export function conditions(facts: StoredFacts | undefined): Record<string, string> {
  const { etag, last_modified: lastModified } = facts ?? {};
  return {
    ...(etag !== undefined && { "if-none-match": etag }),
    ...(lastModified !== undefined && { "if-modified-since": lastModified }),
  };
}
