/** The workspace's clock: business time now, moved ahead or run fast. */

import { loadState } from "../app.js";
import { failure } from "../lib/act.js";
import { emit, on } from "../lib/bus.js";
import { now, rate } from "../lib/clock.js";
import { clockFace, isoDay, zoneName } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { post } from "../lib/http.js";
import { showPopup } from "../lib/popup.js";
import { refreshDates } from "../lib/text.js";
import { toast } from "../lib/toast.js";
import { session } from "../lib/session.js";
import { t } from "../lib/words.js";

const RATES = [1, 60, 3600];

export function startClock() {
  let shown = null;
  let day = null;
  setInterval(() => {
    const minute = Math.floor(now() / 60);
    if (minute === shown) return;
    shown = minute;
    tick();
    if (day !== isoDay(now())) emit("day");
    day = isoDay(now());
  }, 250);
  on("clock", tick);
  on("state", tick);
}

function tick() {
  refreshDates();
  for (const face of document.querySelectorAll("[data-clock]")) draw(face);
}

function draw(face) {
  const text = clockFace(now());
  if (face.textContent !== text) face.textContent = text;
  face.closest(".clock, .clock-panel")?.classList.toggle("fast", rate() > 1);
  for (const button of document.querySelectorAll("[data-rate]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.rate) === rate()));
  }
  for (const mark of document.querySelectorAll("[data-speed]")) mark.textContent = rate() > 1 ? `×${rate()}` : "";
}

async function move(change) {
  const answer = await post("clock", change);
  if (!answer.ok) toast(failure(answer.error), { bad: true });
  await loadState();
  emit("clock");
}

const hour = () => move({ advance_seconds: 3600 });
const aDay = () => move({ advance_seconds: 86400 });

function step(label, hint, run) {
  return h("button", { type: "button", class: "clock-step", "aria-label": hint, title: hint, on: { click: run } }, label);
}

const movable = () => session.state.clock.movable !== false;

export function clockBar() {
  const button = h("button", {
    type: "button", class: "clock-face", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": t("clock.label"), title: t("clock.label"),
    on: { click: () => showPopup(button, panel(), { align: "end", label: t("clock.label"), role: "dialog" }) },
  }, icon("clock"), h("span", { data: { clock: "" } }), h("b", { data: { speed: "" } }));
  const bar = h("div", { class: "clock", role: "group", "aria-label": t("clock.label") }, button,
    movable() && [step(t("clock.hour"), t("clock.advanceHour"), hour), step(t("clock.day"), t("clock.advanceDay"), aDay)]);
  draw(button.querySelector("[data-clock]"));
  queueMicrotask(tick);
  return bar;
}

function panel() {
  const box = h("div", { class: "clock-panel" },
    h("div", { class: "clock-big" }, h("span", { data: { clock: "" } }), " ", h("span", { class: "muted" }, zoneName(now()))),
    movable() && [h("p", { class: "muted" }, t("clock.note")), h("div", { class: "clock-row" },
      h("button", { type: "button", class: "button", on: { click: hour } }, t("clock.hour")),
      h("button", { type: "button", class: "button", on: { click: aDay } }, t("clock.day"))),
    h("div", { class: "clock-row", role: "group", "aria-label": t("clock.label") }, RATES.map((one) => h("button", {
      type: "button", class: "button toggle", data: { rate: one }, on: { click: () => move({ rate: one }) },
    }, one === 1 ? t("clock.real") : t("clock.fast", { rate: one }))))]);
  queueMicrotask(tick);
  return box;
}
