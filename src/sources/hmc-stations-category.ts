/** Which places of the layer are for charging, by HERE's place categories. */
import { type Part, asPart, elementsOf, memberOf } from "./hmc-stations-part.js";
import { CHARGING_CATEGORIES } from "./hmc-stations-tables.js";
import { unwrapped } from "./proto-json.js";

/** HERE's own notation (`700-7600-0322`), alone or at the end of a longer identifier. */
const CATEGORY = /\d{3}-\d{4}-\d{4}/;

/** The categories of a place that are in HERE's notation; references of any other kind say nothing. */
export function categoriesOf(place: Part): string[] {
  const categories = memberOf(place, "category");
  const found: string[] = [];
  for (const element of categories ? elementsOf(categories) : []) {
    const part = asPart(element);
    const held = part ? memberOf(part, "identifier")?.value : element.value;
    const identifier = unwrapped(held);
    const category = typeof identifier === "string" ? CATEGORY.exec(identifier)?.[0] : undefined;
    if (category !== undefined) found.push(category);
  }
  return found;
}

/** All places of the layer charge but those that say what else they are, and only that. */
export function isCharging(place: Part): boolean {
  const categories = categoriesOf(place);
  return categories.length === 0 || categories.some((category) => CHARGING_CATEGORIES.includes(category));
}
