/** The ids a download from HERE asks for: read from lists, told apart, put into requests. */
import { contentIdOf, isHereContentId } from "../sources/here-content-id.js";
import { UsageError } from "../runs/exit-codes.js";

/** An id that is asked for. */
export interface WantedId {
  /** What HERE looks it up by, which is the same for all spellings of an id: the content id without its prefix. */
  readonly key: string;
  /** As it was given first; for messages and lists. */
  readonly asked: string;
}

/** No id is as long; what is longer is some other file. */
const LONGEST_ID = 500;

/** Punctuation of JSON and tables, and what shows that a text is in another encoding than UTF-8. */
// oxlint-disable-next-line no-control-regex
const NOT_IN_IDS = /[{}[\]"<>\u0000-\u001F\u007F\uFFFD]/;

/** What HERE looks an id up by: of its own ids the last part, any other as it is. */
export function hereKeyOf(id: string): string {
  const trimmed = id.trim();
  return trimmed.toLowerCase().startsWith("here:") ? contentIdOf(trimmed) : trimmed;
}

/**
 * The ids of a list: one a line or several with commas or blanks between; empty lines and what follows a `#` are
 * passed over.
 *
 * @throws {UsageError} naming the line, where something cannot be an id. `name`: the file, for that message.
 */
export function parseIdList(text: string, name: string): string[] {
  const ids: string[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    const plain = line.replace(/(^|\s)#.*$/, "");
    for (const word of plain.split(/[\s,]+/)) {
      const id = /^"(.*)"$/.exec(word)?.[1] ?? word;
      if (id === "") continue;
      if (id.length > LONGEST_ID || NOT_IN_IDS.test(id) || hereKeyOf(id) === "")
        throw new UsageError(
          `${name}, line ${index + 1}: ${JSON.stringify(id.slice(0, 60))} is no id. A list of ids has one a line; ` +
            "to take the ids from a feed or a map export, use --ids-from",
        );
      ids.push(id);
    }
  }
  return ids;
}

/** Each id once, in the order they first came; `repeated` counts the others. */
export function distinctIds(ids: Iterable<string>): {
  readonly wanted: readonly WantedId[];
  readonly repeated: number;
} {
  const wanted = new Map<string, WantedId>();
  let given = 0;
  for (const asked of ids) {
    given += 1;
    const key = hereKeyOf(asked);
    if (!wanted.has(key)) wanted.set(key, { key, asked });
  }
  return { wanted: [...wanted.values()], repeated: given - wanted.size };
}

/** Of content ids HERE takes 100 a request, of others 50. */
const MOST_CONTENT_IDS = 100;
const MOST_OTHER_IDS = 50;

/**
 * The ids in groups, each for one request. `room`: how many bytes of an address are left for ids.
 */
export function* idGroups(ids: Iterable<WantedId>, room: number): Generator<readonly WantedId[]> {
  const content = new IdGroup(MOST_CONTENT_IDS, room);
  const other = new IdGroup(MOST_OTHER_IDS, room);
  for (const id of ids) {
    const group = isHereContentId(id.key) || isHereContentId(id.asked) ? content : other;
    const full = group.add(id);
    if (full !== undefined) yield full;
  }
  for (const group of [content, other]) if (group.ids.length > 0) yield group.ids;
}

/** A group that is being filled. */
class IdGroup {
  ids: WantedId[] = [];
  #bytes = 0;
  readonly #most: number;
  readonly #room: number;

  constructor(most: number, room: number) {
    this.#most = most;
    this.#room = room;
  }

  /** Adds an id; gives the group before it where there was no more room. */
  add(id: WantedId): readonly WantedId[] | undefined {
    const bytes = encodeURIComponent(id.key).length + 1;
    const isFull =
      this.ids.length === this.#most || (this.ids.length > 0 && this.#bytes + bytes > this.#room);
    const full = isFull ? this.ids : undefined;
    if (isFull) {
      this.ids = [];
      this.#bytes = 0;
    }
    this.ids.push(id);
    this.#bytes += bytes;
    return full;
  }
}
