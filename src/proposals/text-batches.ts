/** Texts joined to pieces worth a write each, so that a file of any size is never held. */

const PIECE_CHARACTERS = 1 << 18;

/** The texts of `items` in order, joined to pieces of about a quarter of a million characters. */
export function* inBatches<Item>(items: Iterable<Item>, text: (item: Item) => string): Generator<string> {
  let piece = "";
  for (const item of items) {
    piece += text(item);
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
