/** Stations of an extract, each with the charge points that belong to it: rule D1.3. */
import { type ChargingForm, chargingForm } from "../osm/charging-form.js";
import { type OsmExtract, type OsmObject, compareElements } from "../osm/osm-object.js";
import { CodeBook } from "./code-book.js";
import { isInside, metresTo, reachOf } from "./distance.js";
import { haveInCommon, identifiersIn } from "./identifiers.js";
import { OperatorBook, type OperatorIdentity } from "./operator-identity.js";
import { PlaceIndex } from "./place-index.js";
import type { Station } from "./station.js";

/** Metres within which a charge point belongs to a station, or to other charge points without one (D1.3). */
export const BELONGS = 50;

const NO_CODES: readonly string[] = [];

interface Formed {
  readonly object: OsmObject;
  readonly form: ChargingForm;
  readonly operator: OperatorIdentity;
  /** Operator codes of its EVSE ids; empty where no charge points are to be dealt out. */
  readonly codes: readonly string[];
}

/** What tells operators apart: names, and codes that go by them. */
interface Operators {
  readonly names: OperatorBook;
  readonly codes: CodeBook;
}

/**
 * The stations in element order, whatever the order of the extract. A charge point belongs to the station whose
 * outline it lies in, else to the nearest within 50 m whose operator is the same or not stated on either side, by name
 * and by the operator codes of EVSE ids; ties go to the first element. Charge points without a station make one of their own: the first in element order, with the
 * others within 50 m of it. What is in use and what is not (lifecycle forms) never belong together.
 */
export function stationsOf(extract: OsmExtract): Station[] {
  const names = new OperatorBook();
  const codes = new CodeBook(names);
  const operators = { names, codes };
  const stations: Formed[] = [];
  const points: Formed[] = [];
  const forms = extract.objects.map(({ tags }) => chargingForm(tags));
  const hasPoints = forms.some((form) => form?.kind === "charge_point");
  for (const [place, object] of extract.objects.entries()) {
    const form = forms[place];
    if (form === undefined) continue;
    const formed = {
      object,
      form,
      operator: names.identityOf(object.tags, undefined),
      codes: hasPoints ? identifiersIn(object.tags).evseCodes : NO_CODES,
    };
    codes.learn(formed.codes, formed.operator);
    (form.kind === "station" ? stations : points).push(formed);
  }
  stations.sort(byElement);
  points.sort(byElement);
  const { owned, lone } = dealtOut(stations, points, operators);
  const all = stations.map(({ object, form }, i): Station => ({
    object,
    form,
    chargePoints: owned.get(i) ?? [],
  }));
  all.push(...grouped(lone, operators));
  return all.sort((a, b) => compareElements(a.object, b.object));
}

function byElement(a: Formed, b: Formed): number {
  return compareElements(a.object, b.object);
}

function dealtOut(
  stations: readonly Formed[],
  points: readonly Formed[],
  operators: Operators,
): { owned: ReadonlyMap<number, OsmObject[]>; lone: readonly Formed[] } {
  const owned = new Map<number, OsmObject[]>();
  const lone: Formed[] = [];
  if (points.length === 0) return { owned, lone };
  const index = new PlaceIndex(
    stations.map(({ object }) => object),
    stations.map(({ object }) => reachOf(object)),
  );
  for (const point of points) {
    const owner = ownerOf(point, stations, index, operators);
    const others = owner === undefined ? undefined : owned.get(owner);
    if (owner === undefined) lone.push(point);
    else if (others === undefined) owned.set(owner, [point.object]);
    else others.push(point.object);
  }
  return { owned, lone };
}

function ownerOf(
  point: Formed,
  stations: readonly Formed[],
  index: PlaceIndex,
  operators: Operators,
): number | undefined {
  let owner: number | undefined;
  let best: readonly number[] = [];
  for (const i of index.around(point.object, BELONGS)) {
    const station = stations[i];
    if (station === undefined || isInUse(station) !== isInUse(point)) continue;
    const isAnothers = differ(station, point, operators);
    const inside = isInside(point.object, station.object);
    const metres = metresTo(point.object, station.object);
    if (!inside && (metres > BELONGS || isAnothers)) continue;
    // Of several areas around it the one of its own operator; then the nearest; then the first element.
    const rank = [inside ? 0 : 1, isAnothers ? 1 : 0, metres, i];
    if (owner === undefined || isLess(rank, best)) {
      owner = i;
      best = rank;
    }
  }
  return owner;
}

/** Whether two are of different operators: by their names; or by their codes; or by a name that never goes by a code. */
function differ(a: Pick<Formed, "operator" | "codes">, b: Formed, { names, codes }: Operators): boolean {
  const { agreement } = names.compare(a.operator, b.operator);
  if (agreement !== "unknown") return agreement === "differs";
  if (a.codes.length > 0 && b.codes.length > 0) return !haveInCommon(a.codes, b.codes);
  return codes.compare(a.codes, b.operator) === "differs" || codes.compare(b.codes, a.operator) === "differs";
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function grouped(points: readonly Formed[], operators: Operators): Station[] {
  const index = new PlaceIndex(points.map(({ object }) => object));
  const isTaken = new Set<number>();
  const groups: Station[] = [];
  for (const [i, first] of points.entries()) {
    if (isTaken.has(i)) continue;
    isTaken.add(i);
    const members: OsmObject[] = [];
    const known: { operator: Formed["operator"]; codes: Formed["codes"] } = {
      operator: first.operator,
      codes: first.codes,
    };
    for (const j of index.around(first.object, BELONGS).sort((a, b) => a - b)) {
      const point = points[j];
      if (point === undefined || isTaken.has(j) || point.form.lifecycle !== first.form.lifecycle) continue;
      if (metresTo(point.object, first.object) > BELONGS) continue;
      if (differ(known, point, operators)) continue;
      if (known.operator.names.length === 0) known.operator = point.operator;
      if (known.codes.length === 0) known.codes = point.codes;
      isTaken.add(j);
      members.push(point.object);
    }
    groups.push({ object: first.object, form: first.form, chargePoints: members });
  }
  return groups;
}

function isInUse({ form }: Formed): boolean {
  return form.lifecycle === "";
}
