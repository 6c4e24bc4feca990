/** The elements of a PBF block that are asked for; all the others are passed over. */
import type { PbfReader } from "pbf";
import { chargingForm } from "./charging-form.js";
import type { ElementType, LatLon } from "./osm-object.js";
import type { PbfBlock } from "./pbf-block.js";
import { denseIds, denseNodes } from "./pbf-dense-nodes.js";
import { type Span, NOTHING, bytesField, eachField, reading, sums, varints } from "./pbf-message.js";
import { infoOf, tagsOf } from "./pbf-tags.js";
import type { ElementRequest, ReadElement } from "./read-element.js";

const NODES = 1;
const DENSE = 2;
const TYPE_OF_FIELD: ReadonlyMap<number, ElementType> = new Map([
  [NODES, "node"],
  [3, "way"],
  [4, "relation"],
]);
const MEMBER_TYPES: readonly ElementType[] = ["node", "way", "relation"];

/** Calls back with type and id of every element of the block, in order. */
export function blockIds(block: PbfBlock, onId: (type: ElementType, id: number) => void): void {
  const pbf = reading(block.bytes);
  const onNode = (id: number): void => onId("node", id);
  eachPart(block, pbf, (field, part) => {
    const type = TYPE_OF_FIELD.get(field);
    if (field === DENSE) denseIds(pbf, part, onNode);
    else if (type !== undefined) onId(type, idOf(pbf, type, part));
  });
}

/** The block's elements that the request is after, in order. */
export function blockElements(block: PbfBlock, request: ElementRequest): ReadElement[] {
  const values: ReadonlySet<number> = request.charging ? block.chargingTexts() : new Set();
  const pbf = reading(block.bytes);
  const elements: ReadElement[] = [];
  if (values.size === 0 && Object.values(request.ids).every(({ size }) => size === 0)) return elements;
  const keep = (element: ReadElement): void => {
    const isCharging = request.charging && chargingForm(element.tags) !== undefined;
    if (isCharging || request.ids[element.type].has(element.id)) elements.push(element);
  };
  eachPart(block, pbf, (field, part) => {
    const type = TYPE_OF_FIELD.get(field);
    if (field === DENSE) denseNodes(block, pbf, part, { values, ids: request.ids.node }).forEach(keep);
    else if (type !== undefined) {
      const message = messageOf(pbf, type, part);
      const isWanted = request.ids[type].has(message.id) || hasValue(pbf, message.values, values);
      if (isWanted) keep(elementOf(block, pbf, type, message));
    }
  });
  return elements;
}

/** The parts of all groups; `onPart` may move the reader. */
function eachPart(block: PbfBlock, pbf: PbfReader, onPart: (field: number, part: Span) => void): void {
  for (const { start, end } of block.groups) {
    pbf.pos = start;
    eachField(pbf, end, (field) => {
      if (field !== DENSE && !TYPE_OF_FIELD.has(field)) return;
      const part = bytesField(pbf, end);
      onPart(field, part);
      pbf.pos = part.end;
    });
  }
}

interface Message {
  id: number;
  keys: Span;
  values: Span;
  info: Span;
  /** A way's nodes, a relation's roles, a node's latitude. */
  eighth: Span | number;
  /** A relation's members, a node's longitude, the latitudes of a way's nodes (LocationsOnWays). */
  ninth: Span | number;
  /** The types of a relation's members, the longitudes of a way's nodes. */
  tenth: Span;
}

function messageOf(pbf: PbfReader, type: ElementType, { start, end }: Span): Message {
  const message: Message = {
    id: 0,
    keys: NOTHING,
    values: NOTHING,
    info: NOTHING,
    eighth: NOTHING,
    ninth: NOTHING,
    tenth: NOTHING,
  };
  pbf.pos = start;
  eachField(pbf, end, (field) => {
    if (field === 1) message.id = type === "node" ? pbf.readSVarint() : pbf.readVarint(true);
    else if (field === 2) message.keys = bytesField(pbf, end);
    else if (field === 3) message.values = bytesField(pbf, end);
    else if (field === 4) message.info = bytesField(pbf, end);
    else if (field === 8) message.eighth = type === "node" ? pbf.readSVarint() : bytesField(pbf, end);
    else if (field === 9) message.ninth = type === "node" ? pbf.readSVarint() : bytesField(pbf, end);
    else if (field === 10 && type !== "node") message.tenth = bytesField(pbf, end);
  });
  return message;
}

/** The id alone, which every writer puts first. */
function idOf(pbf: PbfReader, type: ElementType, { start, end }: Span): number {
  pbf.pos = start;
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) {
    if (field === 1) return type === "node" ? pbf.readSVarint() : pbf.readVarint(true);
  }
  throw new RangeError("an element without id");
}

function hasValue(pbf: PbfReader, { start, end }: Span, values: ReadonlySet<number>): boolean {
  if (values.size === 0) return false;
  pbf.pos = start;
  while (pbf.pos < end) if (values.has(pbf.readVarint())) return true;
  return false;
}

function elementOf(block: PbfBlock, pbf: PbfReader, type: ElementType, message: Message): ReadElement {
  const { id, keys, values, info, eighth, ninth } = message;
  if (!Number.isSafeInteger(id)) throw new RangeError(`${id} is no id`);
  const { history, deleted } = infoOf(block, pbf, info);
  const position =
    typeof eighth === "number" && typeof ninth === "number" ? block.position(eighth, ninth) : undefined;
  const line = type === "way" ? lineOf(block, pbf, message) : [];
  return {
    type,
    id,
    deleted,
    ...(position === undefined ? {} : { position }),
    ...(line.length === 0 ? {} : { stated: { lines: [line] } }),
    tags: tagsOf(block, pbf, keys, values),
    nodes: type === "way" && typeof eighth === "object" ? sums(pbf, eighth) : [],
    members: type === "relation" ? membersOf(block, pbf, message) : [],
    ...history,
  };
}

/** Where a way's nodes are, in a file that says so on the way and may have no nodes; gaps for what it does not know. */
function lineOf(block: PbfBlock, pbf: PbfReader, { ninth, tenth }: Message): (LatLon | undefined)[] {
  const lats = typeof ninth === "object" ? sums(pbf, ninth) : [];
  const lons = sums(pbf, tenth);
  return lats.map((lat, index) => block.position(lat, lons[index] ?? Number.NaN));
}

function membersOf(
  block: PbfBlock,
  pbf: PbfReader,
  { eighth, ninth, tenth }: Message,
): ReadElement["members"] {
  const roles = typeof eighth === "object" ? varints(pbf, eighth) : [];
  const types = varints(pbf, tenth);
  const refs = typeof ninth === "object" ? sums(pbf, ninth) : [];
  return refs.map((ref, index) => {
    const type = MEMBER_TYPES[types[index] ?? -1];
    if (type === undefined) throw new RangeError("a member without type");
    return { type, ref, role: block.text(roles[index] ?? -1) };
  });
}
