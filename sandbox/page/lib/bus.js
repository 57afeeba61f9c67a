/**
 * Says to the panes that something they show has changed; while somebody presses a control they are told
 * afterwards. A click is one only when press and release hit the same node: what is redrawn between loses it.
 */

// A tap's click is an event of its own, soon after the release.
const CLICK_MS = 60;
// A release that never comes (outside of the window, in a menu of the browser) holds up nothing for long.
const LONGEST_MS = 3_000;

const listeners = new Map();
let held = null; // what was said during a press, in order; null when nobody presses
let ending = null;

export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function emit(topic, detail) {
  if (held) held.push([topic, detail]);
  else tell(topic, detail);
}

function tell(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

function press() {
  held ??= [];
  endIn(LONGEST_MS);
}

function endIn(ms) {
  if (!held) return;
  clearTimeout(ending);
  ending = setTimeout(release, ms);
}

function release() {
  const waiting = held ?? [];
  held = null;
  for (const [topic, detail] of waiting) tell(topic, detail);
}

// The space bar presses a button, too: its click comes with the release of the key.
const pressing = (event) => event.key === " " && event.target.closest?.("button, summary, [role=button]");

addEventListener("pointerdown", press, true);
addEventListener("pointerup", () => endIn(CLICK_MS), true);
addEventListener("pointercancel", () => endIn(0), true);
addEventListener("keydown", (event) => { if (pressing(event)) press(); }, true);
addEventListener("keyup", (event) => { if (event.key === " ") endIn(0); }, true);
addEventListener("blur", (event) => { if (event.target === window) endIn(0); });
// What the click itself brings about is told at once; what waited follows when its handlers are done.
addEventListener("click", () => {
  const waiting = held;
  held = null;
  if (waiting) setTimeout(() => { for (const [topic, detail] of waiting) tell(topic, detail); });
}, true);
