/** Business time as the workspace keeps it, carried on between two answers of the server. */

let origin = { business: Date.now() / 1000, wall: performance.now(), rate: 1 };

/** `clock` is {now: unix seconds or ISO text, rate}. */
export function setClock(clock) {
  const now = typeof clock.now === "number" ? clock.now : Date.parse(clock.now) / 1000;
  origin = { business: now, wall: performance.now(), rate: clock.rate ?? 1 };
}

/** Unix seconds of business time. */
export function now() {
  return origin.business + ((performance.now() - origin.wall) / 1000) * origin.rate;
}

export const rate = () => origin.rate;
