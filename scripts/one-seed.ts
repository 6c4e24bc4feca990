/**
 * In CI, property-based tests draw the same worlds each time: what turns a build red is the change it builds. Anywhere
 * else each run draws new ones.
 */
import * as fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_121 });
