/** From a key that was pressed to what it does. */
import { copyTags, openInJosm, openInOsm } from "./outside.js";
import { THEMES } from "./preferences.js";
import type { Session } from "./session.js";
import { WHOLE } from "./decide.js";
import { type Command, commandOf } from "./shortcuts.js";

/** Ids of what keys put the focus on. */
export const SEARCH_ID = "search";
export const NOTE_ID = "note";
export const LIST_ID = "list";
export const FILTERS_ID = "filters";

export function onKey(event: KeyboardEvent, session: Session): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (session.dialog.value !== undefined) return;
  const { target, key } = event;
  if (isTyping(target)) {
    if (key === "Escape" && target instanceof HTMLElement) target.blur();
    return;
  }
  // Arrows scroll what has the focus, but for the list.
  if (key.startsWith("Arrow") && !isListOrNothing(target)) return;
  const command = commandOf(key);
  if (command === undefined) return;
  event.preventDefault();
  run(command, key, session);
}

function run(command: Command, key: string, session: Session): void {
  const { preferences, line } = session;
  if (NEEDS_SIGHT.has(command) && isOutOfSight()) {
    session.view.value = "proposal";
    session.said.value = `${session.table.title(session.selected.value)}: press again to decide`;
    return;
  }
  switch (command) {
    case "next":
      return session.step(1);
    case "previous":
      return session.step(-1);
    case "next-open":
      return session.nextOpen();
    case "accept":
    case "reject":
    case "defer":
      return session.decide(command);
    case "clear":
      return session.clear();
    case "undo":
      return session.undo();
    case "choose":
      return session.choose(Number(key) - 1);
    case "choose-next":
      return session.chooseBy(1);
    case "choose-previous":
      return session.chooseBy(-1);
    case "whole":
      session.choice.value = WHOLE;
      session.showsFilters.value = false;
      return;
    case "note":
      session.view.value = "proposal";
      return focus(NOTE_ID);
    case "search":
      session.view.value = "list";
      return focus(SEARCH_ID);
    case "filters":
      session.view.value = "list";
      session.showsFilters.value = !session.showsFilters.value;
      return focus(session.showsFilters.value ? FILTERS_ID : LIST_ID);
    case "osm":
      if (line.value !== undefined) openInOsm(line.value);
      return;
    case "josm":
      void openInJosm(session);
      return;
    case "copy":
      void copyTags(session);
      return;
    case "exchange":
    case "help":
      session.dialog.value = command;
      return;
    case "theme":
      preferences.theme.value =
        THEMES[(THEMES.indexOf(preferences.theme.value) + 1) % THEMES.length] ?? "system";
      session.said.value = `Colours: ${preferences.theme.value}`;
      return;
  }
}

/**
 * Puts the focus on an element: at once, else as soon as what was set is in the page, which is before the browser
 * hands out the next key: what is typed after `n` or `/` is text.
 */
export function focus(id: string): void {
  document.getElementById(id)?.focus();
  if (document.activeElement?.id !== id) queueMicrotask(() => document.getElementById(id)?.focus());
}

/** What needs the proposal in sight: nobody decides what they do not see. */
const NEEDS_SIGHT: ReadonlySet<Command> = new Set<Command>([
  "accept",
  "reject",
  "defer",
  "clear",
  "choose",
  "choose-next",
  "choose-previous",
]);

/** Narrow screens show the list or the proposal. */
function isOutOfSight(): boolean {
  const bar = document.getElementById(NOTE_ID);
  return bar !== null && bar.getClientRects().length === 0;
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox" && target.type !== "radio";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function isListOrNothing(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.id === LIST_ID);
}
