/** What stands around the elements of an OSM XML document, by xmlbuilder2. */
import { create } from "xmlbuilder2";
import { BOUNDS_PLACEHOLDER } from "./bounds.js";
import { escapeAttribute } from "./xml-text.js";

export interface DocumentAbout {
  readonly generator: string;
  /**
   * JOSM's upload policy: `never` blocks an upload, `false` asks before it. There is no way to say `true`: nothing
   * written here has been compared with OSM.
   */
  readonly upload: "never" | "false";
  /**
   * `never`, the default, keeps JOSM from downloading into the layer, whose nodes stand beside OSM's; `allowed` is for
   * changes of OSM's own elements, whose surroundings a mapper must see.
   */
  readonly download?: "never" | "allowed" | undefined;
  /** Pre-fill JOSM's upload dialog. */
  readonly changeset: { readonly comment: string; readonly source: string };
  /** URL of the data's licence. */
  readonly license?: string | undefined;
  /** By default a place is kept for them. */
  readonly bounds?: "none" | undefined;
}

export interface DocumentFrame {
  /** XML declaration, `<osm>`, the place for `<bounds>` if it is kept, `<changeset>`. */
  readonly head: string;
  readonly tail: string;
}

const CLOSING = "</osm>";

/** The frame of a document in UTF-8; elements, each ending in a line break, go between head and tail. */
export function documentFrame(about: DocumentAbout): DocumentFrame {
  const root = create({ version: "1.0", encoding: "UTF-8" }).ele("osm", {
    version: "0.6",
    ...escaped({
      generator: about.generator,
      upload: about.upload,
      download: about.download === "allowed" ? undefined : "never",
      license: about.license,
    }),
  });
  const changeset = root.ele("changeset");
  changeset.ele("tag", escaped({ k: "comment", v: about.changeset.comment }));
  changeset.ele("tag", escaped({ k: "source", v: about.changeset.source }));
  const document = root.end({ prettyPrint: true });
  const firstChild = document.indexOf("\n", document.indexOf("<osm")) + 1;
  const closing = document.lastIndexOf(CLOSING);
  const bounds = about.bounds === "none" ? "" : BOUNDS_PLACEHOLDER;
  return {
    head: document.slice(0, firstChild) + bounds + document.slice(firstChild, closing),
    tail: `${CLOSING}\n`,
  };
}

/**
 * xmlbuilder2 leaves line breaks, control characters and anything that looks like an entity (`AT&T;`) as they are,
 * so it is handed text that needs nothing more.
 */
function escaped(attributes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, escapeAttribute(value)]],
    ),
  );
}
