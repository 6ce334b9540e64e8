/** What waits for its turn, by group: in each group in order, between groups in turns. */
export interface FairQueue<Item> {
  push(group: string, item: Item): void;
  /** The next item that may begin; it counts as under way until `done`. Undefined where none may. */
  take(): Item | undefined;
  done(group: string): void;
  /** Items that wait, and items under way. */
  waiting(): number;
  active(): number;
}

interface Group<Item> {
  name: string;
  items: Item[];
  /** Items before this place have been taken; cut off now and then, so that taking is cheap. */
  head: number;
  active: number;
}

const cutAt = 1_024;

/** `perGroup` items of a group are under way at most, `total` of all groups. */
export function createFairQueue<Item>({ perGroup, total }: { perGroup: number; total: number }): FairQueue<Item> {
  // In the order of their turns: who was served goes to the end.
  const groups = new Map<string, Group<Item>>();
  let waiting = 0;
  let active = 0;

  const forget = (group: Group<Item>): void => {
    if (group.active === 0 && group.head === group.items.length) groups.delete(group.name);
  };

  function takeFrom(group: Group<Item>): Item | undefined {
    const item = group.items[group.head];
    group.head += 1;
    group.active += 1;
    if (group.head >= cutAt) {
      group.items.splice(0, group.head);
      group.head = 0;
    }
    groups.delete(group.name);
    groups.set(group.name, group);
    waiting -= 1;
    active += 1;
    return item;
  }

  return {
    push(name, item) {
      const group = groups.get(name) ?? { name, items: [], head: 0, active: 0 };
      groups.set(name, group);
      group.items.push(item);
      waiting += 1;
    },
    take() {
      if (waiting === 0 || active >= total) return undefined;
      for (const group of groups.values()) {
        if (group.head < group.items.length && group.active < perGroup) return takeFrom(group);
      }
      return undefined;
    },
    done(name) {
      const group = groups.get(name);
      if (group === undefined || group.active === 0) return;
      group.active -= 1;
      active -= 1;
      forget(group);
    },
    waiting: () => waiting,
    active: () => active,
  };
}
