// A fake that knows only what it was given: a name it does not have throws, so a misspelled one cannot pass for one that does nothing.

import { EventEmitter } from "node:events";

/** Asked of any value by the language, by promises, by vitest's printing. */
const ASKED_OF_ALL = new Set<string | symbol>(["then", "toJSON", "asymmetricMatch", "nodeType", "tagName", "$$typeof"]);

/** Keys of the real thing: a fake cannot have more. */
export type Known<T> = { readonly [K in keyof T]?: unknown };

export function strict<T extends object>(name: string, real: T): T {
  return new Proxy(real, {
    get(target, key, receiver) {
      if (!(key in target) && typeof key === "string" && !ASKED_OF_ALL.has(key))
        throw new Error(`The fake has no ${name}.${key}.`);
      return Reflect.get(target, key, receiver);
    },
    set(target, key, value, receiver) {
      if (!(key in target)) throw new Error(`The fake has no ${name}.${String(key)} to be set.`);
      return Reflect.set(target, key, value, receiver);
    },
  });
}

/** Hears these events and no other. */
export function emitterOf(name: string, events: readonly string[]): Emitter {
  const emitter = new EventEmitter();
  const known = (event: string): void => {
    if (!events.includes(event)) throw new Error(`The fake ${name} has no event "${event}".`);
  };
  return {
    on: (event, hear) => {
      known(event);
      emitter.on(event, hear as (...args: unknown[]) => void);
    },
    once: (event, hear) => {
      known(event);
      emitter.once(event, hear as (...args: unknown[]) => void);
    },
    emit: (event, ...args) => {
      known(event);
      return emitter.emit(event, ...args);
    },
    listenerCount: (event) => emitter.listenerCount(event),
  };
}

/** A listener of any event: what it is told is Electron's affair. */
export type Listener = (...args: never[]) => void;
export type Emitter = {
  on(event: string, hear: Listener): void;
  once(event: string, hear: Listener): void;
  emit(event: string, ...args: unknown[]): boolean;
  listenerCount(event: string): number;
};

/** An event whose default can be prevented. */
export function newEvent<T extends object>(details: T): T & { defaultPrevented: boolean; preventDefault(): void } {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}
