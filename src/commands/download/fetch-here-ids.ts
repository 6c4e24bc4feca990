/** Where the ids of `fetch here` come from: lists, and feeds that carry them. */
import { text } from "node:stream/consumers";
import { distinctIds, parseIdList, type WantedId } from "../../fetching/here-ids.js";
import { counted } from "../../runs/counted.js";
import { UnreadableInputError, UsageError } from "../../runs/exit-codes.js";
import type { Log } from "../../runs/log.js";
import { readTextFile } from "../../runs/text-file.js";
import { isHereContentId } from "../../sources/here-content-id.js";
import { readFeed } from "../read-feed.js";

/** Where ids are to be taken from; both may be given. */
export interface IdSources {
  /** A list; `-` for stdin. */
  readonly ids?: string | undefined;
  /** Feeds, as `readFeed` takes them. */
  readonly idsFrom: readonly string[];
}

/**
 * The ids, each once, in the order they first came. Says how many there are, and what had none.
 *
 * @throws {UsageError} where there is no id at all, or a list holds something else; otherwise as `readFeed`.
 */
export async function wantedIds({ ids, idsFrom }: IdSources, log: Log): Promise<readonly WantedId[]> {
  if (ids === "-" && idsFrom.includes("-"))
    throw new UsageError("--ids and --ids-from cannot both be read from stdin");
  const given = ids === undefined ? [] : await listedIds(ids);
  if (idsFrom.length > 0) for await (const id of feedIds(idsFrom, log)) given.push(id);
  const { wanted, repeated } = distinctIds(given);
  const from = [ids, ...idsFrom].filter((name) => name !== undefined).join(", ");
  if (wanted.length === 0)
    throw new UsageError(`${from}: there is no id of HERE in it, so there is nothing to ask for`);
  const twice = repeated === 0 ? "" : `; ${counted(repeated, "more was", "more were")} there already`;
  log.info(`${counted(wanted.length, "id")} in ${from}${twice}`, {
    event: "ids",
    ids: wanted.length,
    repeated,
  });
  return wanted;
}

async function listedIds(name: string): Promise<string[]> {
  if (name === "-") return parseIdList(await text(process.stdin), "stdin");
  const file = await readTextFile(name);
  if (file === undefined) throw new UnreadableInputError(`${name}: there is no such file`);
  return parseIdList([...file.lines()].join("\n"), name);
}

async function* feedIds(inputs: readonly string[], log: Log): AsyncGenerator<string, void, undefined> {
  let records = 0;
  let without = 0;
  let example: string | undefined;
  for await (const { file, record, read, source } of readFeed(inputs)) {
    records += 1;
    const id = "unreadable" in read ? undefined : read.location.id;
    // What HERE's own API has sent is HERE's, whatever it looks like.
    if (id !== undefined && (source === "here-v3" || isHereContentId(id))) yield id;
    else {
      without += 1;
      example ??= `${file}, record ${record}${id === undefined ? "" : `, id ${id}`}`;
    }
  }
  if (without > 0)
    log.warn(
      `${counted(without, "record")} of ${records.toLocaleString("en")} in ${inputs.join(", ")} ${without === 1 ? "has" : "have"} no id of HERE's ` +
        `EV Charge Points, so they are not asked for (the first: ${example})`,
      { event: "no-here-id", records, without },
    );
}
