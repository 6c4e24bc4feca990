/** What the browser remembers of the reviewer; without its storage, of this visit only. */
import { effect, signal } from "@preact/signals";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The browser's storage; undefined where it is switched off for this page. */
export function browserStorage(): Storage | undefined {
  try {
    const probe = "ocpi2osm probe";
    window.localStorage.setItem(probe, "");
    window.localStorage.removeItem(probe);
    return window.localStorage;
  } catch {
    return undefined;
  }
}

export class Preferences {
  /** The reviewer's name, as it stands in decisions. */
  readonly who = signal("");
  readonly theme = signal<Theme>("system");
  /** Whether a decision goes on to the next proposal. */
  readonly goesOn = signal(true);

  constructor(storage: Storage | undefined) {
    const kept = (name: string): string | null => storage?.getItem(`ocpi2osm ${name}`) ?? null;
    this.who.value = kept("who") ?? "";
    this.theme.value = THEMES.find((theme) => theme === kept("theme")) ?? "system";
    this.goesOn.value = kept("goes on") !== "no";
    const keep = (name: string, value: string): void => {
      try {
        storage?.setItem(`ocpi2osm ${name}`, value);
      } catch {
        // A full storage is told where decisions are kept.
      }
    };
    effect(() => keep("who", this.who.value));
    effect(() => keep("theme", this.theme.value));
    effect(() => keep("goes on", this.goesOn.value ? "yes" : "no"));
  }
}
