/** `--format osm`: an OSM XML document for JOSM and osmium. */
import { boundsElement, boundsOffset } from "../osm/bounds.js";
import type { DocumentFrame } from "../osm/document-frame.js";
import { nodeXml } from "../osm/node-xml.js";
import type { OutputAbout, TaggingForm } from "./output-form.js";

/**
 * Station and charge points as new nodes. Without a licence JOSM refuses to upload the file; with one it asks first,
 * because nothing here has been compared with OSM (D9).
 */
export const osmForm: TaggingForm = {
  name: "osm",
  reads: "tagging",
  separator: "",
  head: async (about) => (await frame(about)).head,
  record({ station, chargePoints }) {
    let xml = nodeXml(station);
    for (const chargePoint of chargePoints) xml += nodeXml(chargePoint);
    return xml;
  },
  tail: async (about) => (await frame(about)).tail,
  boundsPatch: (head, bounds) => ({ offset: boundsOffset(head), text: boundsElement(bounds) }),
};

/** Loaded late: workers write records only and never need xmlbuilder2. */
async function frame({ generator, licensed, changeset, licence }: OutputAbout): Promise<DocumentFrame> {
  const { documentFrame } = await import("../osm/document-frame.js");
  return documentFrame({
    generator,
    upload: licensed ? "false" : "never",
    changeset,
    license: licence?.url ?? licence?.id,
  });
}
