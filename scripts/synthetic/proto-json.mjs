// @ts-check
/**
 * How printers of proto3 messages write JSON. The standard mapping is lowerCamelCase, bare enum names, 64-bit integers
 * as texts and nothing at a field's default; other printers and other .proto styles differ, and readers must not mind.
 */

/**
 * @typedef {object} Habits
 * @property {"camel" | "snake"} names of fields
 * @property {"plain" | "prefixed"} enums `DC`, or `POWER_TYPE_DC` as .proto style guides ask
 * @property {"number" | "text"} longs how 64-bit integers are written
 * @property {"left-out" | "written"} defaults false, 0, "" and empty lists
 * @property {"left-out" | "written"} zeroIndex an index of 0, which is a default unless the field is a wrapper type
 * @property {"inline" | "pooled"} connectors where the connectors of an EVSE are
 * @property {"plain" | "objects"} wrappers values of wrapper types: plain as the standard has them, or `{"value": 3}`
 * @property {"known" | "strange"} keys `strange`: some fields that no tag is made of renamed, and some added
 */

/** As HERE's own tools print. @type {Habits} */
export const STANDARD_HABITS = {
  names: "camel",
  enums: "plain",
  longs: "number",
  defaults: "left-out",
  zeroIndex: "written",
  connectors: "inline",
  wrappers: "plain",
  keys: "known",
};

/** What else each habit may be. @type {{ [Name in keyof Habits]: Habits[Name] }} */
export const OTHER_HABITS = {
  names: "snake",
  enums: "prefixed",
  longs: "text",
  defaults: "written",
  zeroIndex: "left-out",
  connectors: "pooled",
  wrappers: "objects",
  keys: "strange",
};

/**
 * `names=snake,enums=prefixed` → habits, the standard ones where nothing is said.
 * @param {string} text
 * @returns {Habits}
 * @throws {RangeError} on a habit that there is not
 */
export function parseHabits(text) {
  const entries = text
    .split(",")
    .filter(Boolean)
    .map((part) => part.split("="));
  for (const [name = "", value] of entries) {
    const known = Object.entries(STANDARD_HABITS).concat(Object.entries(OTHER_HABITS));
    if (!known.some(([habit, choice]) => habit === name && choice === value))
      throw new RangeError(
        `--habits "${name}=${value}" is none of ${known.map((each) => each.join("=")).join(", ")}`,
      );
  }
  return { ...STANDARD_HABITS, ...Object.fromEntries(entries) };
}

/** The enum type of the fields that hold one. @type {Readonly<Record<string, string>>} */
const ENUM_TYPES = {
  standard: "CONNECTOR_STANDARD",
  format: "CONNECTOR_FORMAT",
  powerType: "POWER_TYPE",
  parkingType: "PARKING_TYPE",
  restrictions: "ACCESS_RESTRICTION",
  capabilities: "EVSE_CAPABILITY",
  paymentSupports: "PAYMENT_SUPPORT",
  supportedVehicles: "VEHICLE_CATEGORY",
  days: "DAY_OF_WEEK",
  dayOfWeek: "DAY_OF_WEEK",
  source: "ENERGY_SOURCE",
};
const LONGS = new Set(["maxPower", "maxVoltage", "maxCurrent", "numberOfPorts", "totalNumberOfPorts"]);
const WRAPPED = new Set([
  "operatorIndex",
  "suboperatorIndex",
  "addressIndex",
  "maxPower",
  "cpoLocationId",
  "numberOfPorts",
]);

/**
 * @param {unknown} value a message with camelCase names and bare enum names
 * @param {Habits} habits
 * @param {string} [key] of the field that holds it
 * @returns {unknown}
 */
export function protoJson(value, habits, key = "") {
  if (Array.isArray(value)) return value.map((item) => protoJson(item, habits, key));
  if (typeof value === "object" && value !== null) {
    /** @type {Record<string, unknown>} */
    const printed = {};
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined || (isDefault(member) && isLeftOut(name, habits))) continue;
      printed[habits.names === "snake" ? snakeCase(name) : name] = protoJson(member, habits, name);
    }
    return printed;
  }
  const text = habits.enums === "prefixed" && key in ENUM_TYPES ? `${ENUM_TYPES[key]}_${value}` : value;
  const scalar = habits.longs === "text" && LONGS.has(key) ? String(text) : text;
  return habits.wrappers === "objects" && WRAPPED.has(key) ? { value: scalar } : scalar;
}

/** @param {unknown} value */
function isDefault(value) {
  return value === 0 || value === false || value === "" || (Array.isArray(value) && value.length === 0);
}

/** @param {string} name @param {Habits} habits */
function isLeftOut(name, habits) {
  return (name.endsWith("Index") ? habits.zeroIndex : habits.defaults) === "left-out";
}

/** @param {string} name */
function snakeCase(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
