/**
 * Loaded first into what `run` starts: ends it, in order, when `run` itself is gone (killed, out of memory), so that
 * nothing of it goes on working.
 */
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.channel !== undefined) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // The channel alone is no reason to stay.
  process.channel.unref();
}
