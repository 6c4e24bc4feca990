/** Where ids stand. Nearly every id stands in one place, so only the others get a list. */
export class PlacesById {
  private readonly first = new Map<string, number>();
  private readonly all = new Map<string, number[]>();

  /** Places are added in ascending order. */
  add(id: string, place: number): void {
    const first = this.first.get(id);
    if (first === undefined) {
      this.first.set(id, place);
      return;
    }
    const all = this.all.get(id);
    if (all === undefined) this.all.set(id, [first, place]);
    else all.push(place);
  }

  /** Ascending. */
  get(id: string): readonly number[] {
    const all = this.all.get(id);
    if (all !== undefined) return all;
    const first = this.first.get(id);
    return first === undefined ? NOWHERE : [first];
  }

  /** Ids that stand in several places. */
  several(): Iterable<readonly [id: string, places: readonly number[]]> {
    return this.all;
  }
}

const NOWHERE: readonly number[] = [];
