/** Every key of the page: one table for what they do and for the help that lists them. */

export const COMMANDS = {
  next: { keys: ["j", "ArrowDown"], words: "next proposal" },
  previous: { keys: ["k", "ArrowUp"], words: "previous proposal" },
  "next-open": { keys: ["J"], words: "next undecided proposal" },
  accept: { keys: ["a"], words: "accept: the chosen tag or candidate, else the whole proposal" },
  reject: { keys: ["r"], words: "reject, likewise" },
  defer: { keys: ["d"], words: "defer, likewise: later, out of the files for editors" },
  clear: { keys: ["x"], words: "take the decision back, likewise" },
  undo: { keys: ["u"], words: "undo the last step, as often as you like" },
  choose: { keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], words: "choose a tag or a candidate" },
  "choose-next": { keys: ["]"], words: "choose the next tag or candidate" },
  "choose-previous": { keys: ["["], words: "choose the one before" },
  whole: { keys: ["0", "Escape"], words: "choose the whole proposal again; close what is open" },
  note: { keys: ["n"], words: "write a note; Escape leaves it" },
  search: { keys: ["/"], words: "search; Enter goes to the list" },
  filters: { keys: ["f"], words: "show or hide the filters" },
  osm: { keys: ["o"], words: "open the object, or the place, on openstreetmap.org" },
  josm: { keys: ["l"], words: "load it into JOSM" },
  copy: { keys: ["c"], words: "copy the tags" },
  exchange: { keys: ["e"], words: "export and import decisions" },
  theme: { keys: ["t"], words: "light, dark, or as the system has it" },
  help: { keys: ["?"], words: "this list" },
} as const satisfies Record<string, { readonly keys: readonly string[]; readonly words: string }>;
export type Command = keyof typeof COMMANDS;

const BY_KEY: ReadonlyMap<string, string> = new Map(
  Object.entries(COMMANDS).flatMap(([name, { keys }]) => keys.map((key) => [key, name] as const)),
);

/** The command of a key as the browser names it (`KeyboardEvent.key`); undefined: the key is the browser's. */
export function commandOf(key: string): Command | undefined {
  const name = BY_KEY.get(key);
  return name !== undefined && isCommand(name) ? name : undefined;
}

function isCommand(name: string): name is Command {
  return Object.hasOwn(COMMANDS, name);
}

/** What help and buttons call a key. */
export function keyWords(key: string): string {
  return KEY_WORDS.get(key) ?? key;
}

const KEY_WORDS: ReadonlyMap<string, string> = new Map([
  ["ArrowDown", "↓"],
  ["ArrowUp", "↑"],
  ["Escape", "Esc"],
]);
